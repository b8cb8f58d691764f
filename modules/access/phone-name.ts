// What a session is called in "my phones": enough to tell one's own apart, not enough to follow anybody.
const systems: [RegExp, string][] = [
  [/Zalo/, 'Zalo'],
  [/FBAN|FBAV/, 'Facebook'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]
const browsers: [RegExp, string][] = [
  [/CocCoc|coc_coc/i, 'Cốc Cốc'],
  [/Edg\//, 'Edge'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const first = (from: [RegExp, string][], text: string) => from.find(([pattern]) => pattern.test(text))?.[1]

/** `Android, Chrome`. Empty when the browser says nothing known. */
export const phoneName = (userAgent: string | undefined): string =>
  [first(systems, userAgent ?? ''), first(browsers, userAgent ?? '')].filter(Boolean).join(', ')

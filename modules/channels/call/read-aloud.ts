// Written Vietnamese as a voice should say it: a machine that reads "19h30 ngày 25/11" or "UBND" as it stands is not understood.
// Decisions without I/O.

/** Read out whole; a voice would spell them in English. */
const short: Readonly<Record<string, string>> = {
  UBND: 'Ủy ban nhân dân',
  HĐND: 'Hội đồng nhân dân',
  MTTQ: 'Mặt trận Tổ quốc',
  NHCSXH: 'Ngân hàng Chính sách xã hội',
  BHYT: 'bảo hiểm y tế',
  BHXH: 'bảo hiểm xã hội',
  CCCD: 'căn cước công dân',
  THPT: 'trung học phổ thông',
  THCS: 'trung học cơ sở',
  NVH: 'nhà văn hóa',
  TDP: 'tổ dân phố',
  PCTT: 'phòng chống thiên tai',
  PCCC: 'phòng cháy chữa cháy',
  ANTT: 'an ninh trật tự',
  QĐ: 'quyết định',
  TB: 'thông báo',
  NQ: 'nghị quyết',
  KH: 'kế hoạch',
  'TP.': 'thành phố',
  TP: 'thành phố',
  SĐT: 'số điện thoại',
}

const units: Readonly<Record<string, string>> = {
  km: 'ki-lô-mét',
  kg: 'ki-lô-gam',
  g: 'gam',
  ha: 'héc-ta',
  m2: 'mét vuông',
  'm²': 'mét vuông',
  m3: 'mét khối',
  mm: 'mi-li-mét',
  cm: 'xăng-ti-mét',
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const anyOf = (words: Readonly<Record<string, string>>) =>
  Object.keys(words)
    .toSorted((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')

const shortOnes = new RegExp(`(?<![\\p{L}\\d])(${anyOf(short)})(?![\\p{L}\\d])`, 'gu')
const unitOnes = new RegExp(`(\\d)\\s?(${anyOf(units)})(?![\\p{L}\\d])`, 'gu')

const day = '(0?[1-9]|[12]\\d|3[01])'
const month = '(0?[1-9]|1[0-2])'
const notBefore = '(?<![\\d/.,:-])'
const wholeDate = new RegExp(`${notBefore}(?:ngày\\s+)?${day}[/.-]${month}[/.-](\\d{4})(?![\\d/])`, 'giu')
const days = new RegExp(`${notBefore}(?:ngày\\s+)?${day}\\s?[-–]\\s?${day}/${month}(?![\\d/])`, 'giu')
const shortDate = new RegExp(
  `${notBefore}(?:ngày\\s+)?${day}/${month}(?!\\d|[/.,:-]\\d|\\s*(?:số|phần|diện)\\s)`,
  'giu',
)
const monthOfYear = new RegExp(`tháng\\s+${month}[/-](\\d{4})(?!\\d)`, 'giu')

const plain = (number: string) => String(Number(number))
const onDay = (d: string, m: string) => `ngày ${plain(d)} tháng ${plain(m)}`

const dates = (text: string) =>
  text
    .replaceAll(monthOfYear, (_, m: string, y: string) => `tháng ${plain(m)} năm ${y}`)
    .replaceAll(wholeDate, (_, d: string, m: string, y: string) => `${onDay(d, m)} năm ${y}`)
    .replaceAll(days, (_, a: string, b: string, m: string) => `ngày ${plain(a)} đến ${onDay(b, m)}`)
    .replaceAll(shortDate, (_, d: string, m: string) => onDay(d, m))

/** `19 giờ 30`, `7 giờ`, `7 giờ 5 phút`. */
export const clockWords = (hours: number, minutes: number) =>
  minutes === 0 ? `${hours} giờ` : minutes < 10 ? `${hours} giờ ${minutes} phút` : `${hours} giờ ${minutes}`

const hours = '([01]?\\d|2[0-4])'
const timeOfDay = new RegExp(
  `(?<![\\d:.,/])${hours}\\s?(?:[hg:]|giờ)\\s?([0-5]\\d)(?:\\s?(?:p|phút|'))?(?![\\d:\\p{L}])`,
  'gu',
)
/** `7g` is an hour after a word of time or before a part of the day; else grams. */
const wholeHour = new RegExp(
  `(?<![\\d:.,/])${hours}(?:\\s?h|(?<=(?:lúc|từ|đến|tới|trước|sau|khoảng|hồi|vào) \\d{1,2})\\s?g|\\s?g(?=\\s+(?:sáng|trưa|chiều|tối|đêm|ngày|hôm)))(?![\\d\\p{L}])`,
  'giu',
)

const times = (text: string) =>
  text
    .replaceAll(timeOfDay, (_, h: string, m: string) => clockWords(Number(h), Number(m)))
    .replaceAll(wholeHour, (_, h: string) => clockWords(Number(h), 0))
    .replaceAll(/(giờ(?: \d+)?(?: phút)?)\s?[-–]\s?(\d+ giờ)/gu, '$1 đến $2')

/** One digit after the other, in threes. */
const digits = (text: string) =>
  text
    .replace(/^\+84/, '0')
    .replaceAll(/\D/g, '')
    .replaceAll(/(\d{3,4})(?=(?:\d{3})+$)/g, '$1,')
    .replaceAll(/\d(?=\d)/g, '$& ')
    .replaceAll(',', ', ')

const numbers = (text: string) =>
  text
    .replaceAll(/(?<![\d.])(?:\+84|0)\d(?:[\s.-]?\d){7,9}(?!\d)/g, digits)
    .replaceAll(
      /((?:gọi|số|đường dây nóng)\s+)(11\d)(?!\d)/giu,
      (_, before: string, n: string) => before + n.split('').join(' '),
    )
    .replaceAll(/(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d])/g, number => number.replaceAll('.', ''))

const signs = (text: string) =>
  text
    .replaceAll(/(\d)\s?(?:VNĐ|VND|vnđ|vnd|đồng|₫|đ)(?!\p{L})/gu, '$1 đồng')
    .replaceAll(unitOnes, (_, digit: string, unit: string) => `${digit} ${units[unit]}`)
    .replaceAll(/(\d)\s?%/g, '$1 phần trăm')
    .replaceAll(/(\d)\s?°C/g, '$1 độ')
    .replaceAll(/(\d)\/(\d+)(?=\s*(?:số|phần|diện)\s)/gu, '$1 phần $2')
    .replaceAll(/(đồng|ki-lô-gam|héc-ta)\s?\/\s?(?=\p{L})/gu, '$1 mỗi ')
    .replaceAll(/(\d),(\d)/g, '$1 phẩy $2')
    .replaceAll(/(\d)\s?[–-]\s?(\d)/g, '$1 đến $2')
    .replaceAll('&', ' và ')

/** Marks of Markdown, addresses of pages and what cannot be said. */
const bare = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll(/\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, '$1')
    .replaceAll(/(?:https?:\/\/|www\.)\S+/gi, '')
    .replaceAll(/^[ \t]*(?:[-*+>]|#{1,6}|\d{1,2}[.)])[ \t]+/gm, '')
    .replaceAll(/[*_`~#<>|"“”]+/g, '')
    .replaceAll(/\p{Extended_Pictographic}|\uFE0F/gu, '')

/** Every line is a sentence. */
const sentences = (text: string) =>
  text
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(Boolean)
    .map(line => (/[.!?…:;,]$/.test(line) ? line : `${line}.`))
    .join(' ')

const tidy = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}()[\]{}]+/gu, ' ')
    .replaceAll(/\s*\/\s*/g, ', ')
    .replaceAll(/(\p{L})-(?=\p{Lu})/gu, '$1 ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([.,;:!?])/g, '$1')
    .trim()

/** The words to give to a voice. */
export const readAloud = (text: string) =>
  tidy(signs(dates(times(numbers(sentences(bare(text)))))).replaceAll(shortOnes, (_, word: string) => short[word]!))

/** Syllables: a number has about as many as it has digits, and half as many again. */
const syllables = (word: string) => {
  const count = word.replaceAll(/\D/g, '').length
  return count ? Math.ceil(count * 1.5) : 1
}

/** Seconds that a slow voice takes. Rather too many: what was heard of it must not look like more than it was. */
export function secondsOf(text: string): number {
  const words = text.split(/\s+/).filter(Boolean)
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0) / 3
  const pauses = (text.match(/[.!?…]/g)?.length ?? 0) * 0.5 + (text.match(/[,;:]/g)?.length ?? 0) * 0.25
  return Math.ceil(spoken + pauses)
}

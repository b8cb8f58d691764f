// Figures as people here write them: 6.327 · 87,7% · 444.400 đ · 0900 000 123.

export const number = (n: number) => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, '.')

/** Both numbers of a fraction; nothing of nothing is a dash. */
export const fraction = (part: number | null, whole: number | null) =>
  whole && part !== null ? `${number(part)}/${number(whole)}` : '–'

/** Only after the fraction it belongs to. */
export const percent = (part: number, whole: number) =>
  whole ? `${((part / whole) * 100).toFixed(1).replace('.0', '').replace('.', ',')}%` : '–'

export const money = (dong: number) => `${number(dong)} đ`

/** A number as it is read out: `0900 000 123`. What is masked already stays masked. */
export const phone = (digits: string) => digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')

/** `180 KB`, `2,4 MB`. */
export const size = (bytes: number) =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.0', '').replace('.', ',')} MB`

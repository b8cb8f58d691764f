// Comma-separated text as RFC 4180 says it, and as Excel in Vietnam writes it: semicolons or tabs, any line end.

/** The separator that the first lines use most, outside quotes. */
function separatorOf(text: string): string {
  const head = text.slice(0, 4000).replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map(mark => ({ mark, count: head.split(mark).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]!.mark
}

/** Rows of fields; quoted fields may hold separators, quotes twice, and line ends. */
export function readCsv(text: string): string[][] {
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let isQuoted = false
  const endField = () => {
    row.push(field)
    field = ''
  }
  const endRow = () => {
    endField()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (isQuoted) {
      if (char !== '"') field += char
      else if (text[at + 1] === '"') field += text[++at]!
      else isQuoted = false
    } else if (char === '"' && field === '') isQuoted = true
    else if (char === separator) endField()
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++
      endRow()
    } else field += char
  }
  if (field !== '' || row.length) endRow()
  return rows
}

/** A field that a spreadsheet would take for a formula gets a sign before it that makes it text. */
export const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** A field of ours that comes back. */
export const unharmed = (text: string) => (/^'[=+\-@]/.test(text) ? text.slice(1) : text)

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** With a byte-order mark, so that Excel reads the marks of Vietnamese. */
export const writeCsv = (rows: readonly (readonly string[])[]) =>
  `\uFEFF${rows.map(row => row.map(field => quoted(harmless(field))).join(',')).join('\r\n')}\r\n`

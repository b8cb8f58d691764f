// Reads a letter as a mail program shows it: subject and plain text. Only what nodemailer writes (RFC 2047, 2045).

const quoted = (text: string) =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

const headerWords = (text: string) =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, way: string, word: string) =>
      way.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : quoted(word.replaceAll('_', ' ')),
    )

function decoded(part: string): string {
  const [head = '', ...rest] = part.split(/\r?\n\r?\n/)
  const body = rest.join('\n\n')
  if (/content-transfer-encoding: *quoted-printable/i.test(head)) return quoted(body)
  return /content-transfer-encoding: *base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : body
}

export function readLetter(raw: string): { subject: string; text: string } {
  const unfolded = raw.split(/\r?\n\r?\n/)[0]!.replaceAll(/\r?\n[ \t]+/g, ' ')
  const subject = headerWords(/^subject: (.*)$/im.exec(unfolded)?.[1] ?? '')
  const plain = raw
    .split(/\r?\n--[^\r\n]+\r?\n/)
    .find(part => /^content-type: *text\/plain/im.test(part.split(/\r?\n\r?\n/)[0]!))
  return { subject, text: decoded(plain ?? raw).trim() }
}

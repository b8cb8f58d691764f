// As much of the zip format as a spreadsheet needs: what is in it, and one file of it; never more than told.
import { inflateRawSync } from 'node:zlib'

export interface Zipped {
  name: string
  size: number
  read: (most: number) => Buffer
}

const endMark = 0x06_05_4b_50
const fileMark = 0x02_01_4b_50

function endOf(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--)
    if (bytes.readUInt32LE(at) === endMark) return at
  return undefined
}

function content(bytes: Buffer, at: number, packed: number, method: number, most: number): Buffer {
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const body = bytes.subarray(start, start + packed)
  return method === 0 ? body : inflateRawSync(body, { maxOutputLength: most })
}

/** The files of an archive, or undefined for a damaged one. Sizes are what the archive claims. */
export function openZip(bytes: Buffer): Zipped[] | undefined {
  const end = endOf(bytes)
  if (end === undefined) return undefined
  const files: Zipped[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== fileMark) return undefined
    const method = bytes.readUInt16LE(at + 10)
    const packed = bytes.readUInt32LE(at + 20)
    const size = bytes.readUInt32LE(at + 24)
    const length = bytes.readUInt16LE(at + 28)
    const local = bytes.readUInt32LE(at + 42)
    files.push({
      name: bytes.toString('utf8', at + 46, at + 46 + length),
      size,
      read: most => content(bytes, local, packed, method, most),
    })
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

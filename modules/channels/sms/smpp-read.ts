// What an SMSC delivers to us: receipts, and what people write. Decisions without I/O.
import { createHash } from 'node:crypto'
import type { Fields } from 'smpp'
import { fromGsm, toGsm, type DefaultAlphabet } from './gsm7.ts'
import { becameOf, plainId, type Became, type IdFormat } from './smpp-meaning.ts'

export interface Reading {
  alphabet: DefaultAlphabet
  idFormat: IdFormat
}

export interface Said {
  id: string
  from: string
  words: string
}

export type Delivered =
  | { is: 'receipt'; providerId: string; became: Became }
  | ({ is: 'said' } & Said)
  /** A piece of what somebody wrote: `of` pieces with the same `mark` are one message. */
  | ({ is: 'piece'; mark: string; of: number; n: number } & Said)
  /** Still on its way, or nothing for us. */
  | { is: 'nothing' }

const receiptBit = 0x04
const intermediateBit = 0x20
const kindBits = 0x3c

/** The package reads the default alphabet as GSM; what the SMSC meant otherwise is read again from the same bytes. */
function bytesBack(text: string) {
  return toGsm(text)?.toString('latin1') ?? text
}

interface Body {
  text: string
  udh: readonly Buffer[]
}

function bodyOf({ short_message: short, message_payload: payload }: Fields): Body {
  const read = [short, payload].find(one => one && typeof one === 'object' && 'message' in one && one.message.length)
  if (!read || typeof read !== 'object' || !('message' in read)) return { text: '', udh: [] }
  const { message, udh } = read
  return {
    text: typeof message === 'string' ? message : fromGsm(message),
    udh: Array.isArray(udh) ? udh : [],
  }
}

interface Place {
  ref: number
  of: number
  n: number
}

/** 3GPP TS 23.040 9.2.3.24.1 and 9.2.3.24.8, or SMPP's own parameters. */
function placeOf(udh: readonly Buffer[], fields: Fields): Place | undefined {
  for (const element of udh) {
    if (element[0] === 0x00 && element.length === 5) return { ref: element[2]!, of: element[3]!, n: element[4]! }
    if (element[0] === 0x08 && element.length === 6)
      return { ref: element.readUInt16BE(2), of: element[4]!, n: element[5]! }
  }
  const { sar_msg_ref_num: ref, sar_total_segments: of, sar_segment_seqnum: n } = fields
  return ref !== undefined && of !== undefined && n !== undefined ? { ref, of, n } : undefined
}

const isLong = (place: Place | undefined): place is Place =>
  place !== undefined && place.of > 1 && place.n >= 1 && place.n <= place.of

/** `+84…` for a number of Vietnam however the network wrote it; a short code or a name stays as it is. */
export function dialled(address: string, ton = 0): string {
  const digits = address.replace(/^\+|^00/, '')
  if (!/^\d{9,15}$/.test(digits)) return address
  if (address.startsWith('+') || address.startsWith('00') || ton === 1) return `+${digits}`
  if (/^84\d{9,10}$/.test(digits)) return `+${digits}`
  return digits.startsWith('0') ? `+84${digits.slice(1)}` : digits.length === 9 ? `+84${digits}` : address
}

/** An SMSC that missed our answer delivers again after a while, and has no id for it: the same words from the same number within five minutes are one. */
const againMs = 300_000
const digestOf = (...parts: (string | number)[]) =>
  createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, 32)

const receiptText = /\bid:(\S+)[\s\S]*?\bstat:([A-Z]+)/i

function receiptOf(fields: Fields, text: string, { idFormat }: Reading): Delivered {
  const [, idInText, stateInText] = receiptText.exec(bytesBack(text)) ?? []
  const id = fields.receipted_message_id ?? idInText
  const became = becameOf(fields.message_state ?? stateInText?.toUpperCase(), fields.network_error_code)
  if (!id || !became) return { is: 'nothing' }
  return { is: 'receipt', providerId: plainId(id, idFormat, 'receipt'), became }
}

/** @param fields of a deliver_sm @param at milliseconds of now */
export function readDelivered(fields: Fields, reading: Reading, at: number): Delivered {
  const { esm_class: kind = 0, source_addr: source = '', source_addr_ton: ton, destination_addr: to = '' } = fields
  const { text, udh } = bodyOf(fields)
  if ((kind & kindBits) === intermediateBit) return { is: 'nothing' }
  if ((kind & kindBits) === receiptBit || fields.receipted_message_id !== undefined)
    return receiptOf(fields, text, reading)
  const isDefault = ((fields.data_coding ?? 0) & 0x0f) === 0
  const said = isDefault && reading.alphabet === 'latin1' ? bytesBack(text) : text
  const words = said.normalize('NFC')
  const from = dialled(source, ton)
  const place = placeOf(udh, fields)
  const id = digestOf(source, to, words, place?.ref ?? '', Math.floor(at / againMs))
  if (!isLong(place)) return { is: 'said', id, from, words }
  return {
    is: 'piece',
    id,
    from,
    // Half of a letter may stand in the next piece: it is put together before its form is made one.
    words: said,
    mark: digestOf(source, to, place.ref, place.of),
    of: place.of,
    n: place.n,
  }
}

// What an SMSC's numbers mean in our words. Decisions without I/O.
import type { ChannelError } from '../channel-errors.ts'

/** SMPP 3.4 table 5-2, and what version 5.0 adds (table 4-45): what a command_status says of a message, a number or our account. */
export const statusMeans: Readonly<Record<number, ChannelError>> = {
  0x01: 'message_too_large', // ESME_RINVMSGLEN
  0x02: 'message_refused', // ESME_RINVCMDLEN
  0x03: 'message_refused', // ESME_RINVCMDID
  0x04: 'not_signed_in', // ESME_RINVBNDSTS
  0x05: 'slow_down', // ESME_RALYBND: an older connection of ours is not forgotten yet, or all that we may have are open
  0x06: 'message_refused', // ESME_RINVPRTFLG
  0x07: 'message_refused', // ESME_RINVREGDLVFLG
  0x08: 'provider_down', // ESME_RSYSERR
  0x0a: 'message_refused', // ESME_RINVSRCADR: the sender's name is not registered
  0x0b: 'address_wrong', // ESME_RINVDSTADR
  0x0c: 'message_refused', // ESME_RINVMSGID
  0x0d: 'not_signed_in', // ESME_RBINDFAIL
  0x0e: 'not_signed_in', // ESME_RINVPASWD
  0x0f: 'not_signed_in', // ESME_RINVSYSID
  0x11: 'message_refused', // ESME_RCANCELFAIL
  0x13: 'message_refused', // ESME_RREPLACEFAIL
  0x14: 'slow_down', // ESME_RMSGQFUL
  0x15: 'message_refused', // ESME_RINVSERTYP
  0x33: 'message_refused', // ESME_RINVNUMDESTS
  0x34: 'message_refused', // ESME_RINVDLNAME
  0x40: 'message_refused', // ESME_RINVDESTFLAG
  0x42: 'message_refused', // ESME_RINVSUBREP
  0x43: 'message_refused', // ESME_RINVESMCLASS
  0x44: 'message_refused', // ESME_RCNTSUBDL
  0x45: 'provider_down', // ESME_RSUBMITFAIL
  0x48: 'message_refused', // ESME_RINVSRCTON
  0x49: 'message_refused', // ESME_RINVSRCNPI
  0x50: 'address_wrong', // ESME_RINVDSTTON
  0x51: 'address_wrong', // ESME_RINVDSTNPI
  0x53: 'not_signed_in', // ESME_RINVSYSTYP
  0x54: 'message_refused', // ESME_RINVREPFLAG
  0x55: 'message_refused', // ESME_RINVNUMMSGS
  0x58: 'slow_down', // ESME_RTHROTTLED
  0x61: 'message_refused', // ESME_RINVSCHED
  0x62: 'message_refused', // ESME_RINVEXPIRY
  0x63: 'message_refused', // ESME_RINVDFTMSGID
  0x64: 'provider_down', // ESME_RX_T_APPN
  0x65: 'message_refused', // ESME_RX_P_APPN
  0x66: 'message_refused', // ESME_RX_R_APPN
  0x67: 'provider_down', // ESME_RQUERYFAIL
  0xc0: 'message_refused', // ESME_RINVOPTPARSTREAM
  0xc1: 'message_refused', // ESME_ROPTPARNOTALLWD
  0xc2: 'message_refused', // ESME_RINVPARLEN
  0xc3: 'message_refused', // ESME_RMISSINGOPTPARAM
  0xc4: 'message_refused', // ESME_RINVOPTPARAMVAL
  0xfe: 'provider_down', // ESME_RDELIVERYFAILURE
  0xff: 'provider_down', // ESME_RUNKNOWNERR
  0x100: 'not_signed_in', // ESME_RSERTYPUNAUTH
  0x101: 'not_signed_in', // ESME_RPROHIBITED
  0x102: 'provider_down', // ESME_RSERTYPUNAVAIL
  0x103: 'not_signed_in', // ESME_RSERTYPDENIED
  0x104: 'message_refused', // ESME_RINVDCS
  0x105: 'message_refused', // ESME_RINVSRCADDRSUBUNIT
  0x106: 'address_wrong', // ESME_RINVDSTADDRSUBUNIT
}

/** A provider's own number (0x400 and above) is a failure of its own. */
export const meaningOfStatus = (status: number): ChannelError => statusMeans[status] ?? 'provider_down'

/** Who may not sign in is not asked again at once; what only says something of one message says of the sign-in that it failed. */
export function meaningOfBind(status: number): ChannelError {
  const why = meaningOfStatus(status)
  return why === 'slow_down' || why === 'provider_down' ? why : 'not_signed_in'
}

export type Became = { state: 'delivered' } | { state: 'failed'; why?: ChannelError }

/** SMPP 3.4 chapter 5.2.28 and appendix B; undefined: it is still on its way. */
const states: Readonly<Record<number, Became | undefined>> = {
  2: { state: 'delivered' },
  3: { state: 'failed' }, // EXPIRED: the phone was off for too long
  4: { state: 'failed' }, // DELETED
  5: { state: 'failed' }, // UNDELIVERABLE
  7: { state: 'failed' }, // UNKNOWN
  8: { state: 'failed', why: 'message_refused' }, // REJECTED
}
const stateNumbers: Readonly<Record<string, number>> = {
  ENROUTE: 1,
  DELIVRD: 2,
  EXPIRED: 3,
  DELETED: 4,
  UNDELIV: 5,
  ACCEPTD: 6,
  UNKNOWN: 7,
  REJECTD: 8,
}

/** MAP errors of 3GPP TS 29.002 that are about the subscriber; one who is absent or whose phone is full is not dead. */
const networkErrors: Readonly<Record<number, ChannelError>> = {
  1: 'address_dead', // unknownSubscriber
  5: 'address_dead', // unidentifiedSubscriber
  9: 'address_dead', // illegalSubscriber
  11: 'address_refuses', // teleserviceNotProvisioned
  13: 'address_refuses', // callBarred
}
const gsmNetwork = 3

/** @param network the parameter network_error_code: one octet of the network's kind, two of its error */
export function becameOf(state: number | string | undefined, network?: Buffer): Became | undefined {
  const became = states[typeof state === 'string' ? (stateNumbers[state] ?? 0) : (state ?? 0)]
  if (became?.state !== 'failed' || became.why || network?.length !== 3 || network[0] !== gsmNetwork) return became
  const why = networkErrors[network.readUInt16BE(1)]
  return why ? { state: 'failed', why } : became
}

/** How an SMSC writes its ids: in its answers / in its receipts. */
export const idFormats = ['text', 'decimal', 'hex', 'hex_decimal', 'decimal_hex'] as const
export type IdFormat = (typeof idFormats)[number]

const isHex = {
  text: [],
  decimal: [false, false],
  hex: [true, true],
  hex_decimal: [true, false],
  decimal_hex: [false, true],
}

/** An id in one form, whichever way it was written; one that is not such a number stays as it is. Ids are longer than numbers of JavaScript. */
export function plainId(id: string, format: IdFormat, from: 'answer' | 'receipt'): string {
  const hex = isHex[format][from === 'answer' ? 0 : 1]
  if (hex === undefined) return id
  if (!(hex ? /^[\da-f]+$/i : /^\d+$/).test(id)) return id
  return BigInt(hex ? `0x${id}` : id).toString()
}

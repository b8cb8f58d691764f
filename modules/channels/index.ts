export { alertStaff, type Alert } from './alert.ts'
export type {
  Address,
  AddressKind,
  Channel,
  Declared,
  Found,
  HandedOver,
  Outgoing,
  PhoneKind,
  Piece,
  Proof,
} from './channel.ts'
export { findContacts } from './contacts.ts'
export { channelErrors, waitBeforeAgain, type ChannelError } from './channel-errors.ts'
export { kindsOf } from './store-accounts.ts'
export { giveBack, takeAccount } from './take-account.ts'
export { reportUse } from './report-use.ts'
export type { Account, AccountKind } from './account.ts'
export { addChannel, channelOf, contactKindsReached, phoneKindsReached } from './registry.ts'

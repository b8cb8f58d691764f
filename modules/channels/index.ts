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
export { addChannel, channelOf, phoneKindsReached } from './registry.ts'

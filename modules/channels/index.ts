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
  ShownAs,
  ShownText,
  ShowWarning,
} from './channel.ts'
export { firstAccount } from './first-account.ts'
export { channelHere } from './asking-again.ts'
export { findContacts, purposesAsked } from './contacts.ts'
export type { Heard, HeardBy } from './heard.ts'
export { channelErrors, waitBeforeAgain, type ChannelError } from './channel-errors.ts'
export { budgetAt, putAside, settleAside } from './store-budget.ts'
export { kindsOf } from './store-accounts.ts'
export { giveBack, takeAccount, type Waiting } from './take-account.ts'
export { reportUse } from './report-use.ts'
export type { Account, AccountKind } from './account.ts'
export { addChannel, channelOf, contactKindsReached, phoneKindsReached } from './registry.ts'
export { answerShort } from './sms/answer.ts'
export { whatContactLacks } from './webpush/contact.ts'

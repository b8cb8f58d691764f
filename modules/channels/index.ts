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
export { addressOfAccount, type Heard, type HeardBy } from './heard.ts'
export { channelErrors, waitBeforeAgain, type ChannelError } from './channel-errors.ts'
export { budgetAt, grantedOf, putAside, settleAside, spentIn } from './store-budget.ts'
export { accountKind, kindsOf } from './store-accounts.ts'
export { giveBack, roomOf, takeAccount, type Waiting } from './take-account.ts'
export { reportUse, stateAfter } from './report-use.ts'
export { addAdapter, type Account, type AccountKind, type Pace } from './account.ts'
export { addChannel, allChannels, channelOf, contactKindsReached, phoneKindsReached } from './registry.ts'
export { answerBack } from './answer-back.ts'
export { whatContactLacks } from './webpush/contact.ts'
export { eventUid } from './event-uid.ts'
export { actInOutlet, isKeyedAccount, outletsOf, type AccountOutlets } from './outlets.ts'
export type { Post, Poster, PostSaid } from './poster.ts'

import type { Language } from './words.ts'

/** Who asks. Staff act as one of their posts; a resident is a session bound to a home. */
export interface Caller {
  kind: 'anyone' | 'staff' | 'resident'
  /** Key of limits and of idempotency. */
  key: string
  language: Language
  address: string
  tenant?: number
  session?: string
  account?: string
  post?: string
  role?: string
  /** The unit of the post, and its path: the post reaches what lies below. */
  unit?: string
  path?: string
  group?: string
  household?: string
  /** Homes that this phone opens beside the one in use. */
  otherHomes?: readonly string[]
  /** Homes for whose elders somebody of this phone's homes reads: it shows "Đã rõ" for them and opens nothing there. */
  readsFor?: readonly string[]
  person?: string
  /** Set in an assisted session: who acts for the home, with its spoken consent. */
  helper?: Acting
}

/** A post-holder who acts for a home. */
export interface Acting {
  /** The assisted session's id. */
  assist: string
  account: string
  post: string
  role: string
  unit?: string
}

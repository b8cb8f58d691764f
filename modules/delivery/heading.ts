// Who speaks, to which account of whom.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { addressOfAccount, type AccountKind } from '#channels'
import { contactDigest, readPhone } from '#people'
import type { Answering } from './answer-reply.ts'

export interface Hearing {
  app: App
  tx: Tx
  tenant: number
  account: string
  kind: AccountKind
}

export interface Heading extends Hearing {
  addressKind: (typeof addressOfAccount)[AccountKind]
  /** As contacts keep it. */
  value: string
  /** Its digest. */
  address: string
}

/** What came of what was said; `sealedTo` where no home names the address yet. */
export interface Became {
  says: Answering['says']
  household?: string
  publishedId?: string
  isShared?: boolean
  sealedTo?: string
}

const international = (from: string) => (from.startsWith('84') ? `+${from}` : from)

/** Undefined for what is no address: a brand's name as the sender of a short message. */
export function headingOf(hearing: Hearing, from: string): Heading | undefined {
  const addressKind = addressOfAccount[hearing.kind]
  const value = addressKind === 'phone' ? readPhone(international(from)) : from.trim().slice(0, 200)
  if (!value) return undefined
  return { ...hearing, addressKind, value, address: contactDigest(addressKind, value).toString('hex') }
}

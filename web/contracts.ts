// The contracts a browser may call: one line a module. Only their types and, at build time, method and path go into the app.
import { contract as access } from '#access/contract'
import { contract as channels } from '#channels/contract'
import { contract as delivery } from '#delivery/contract'
import { contract as groups } from '#groups/contract'
import { notices } from '#notices/contract'
import { contract as people } from '#people/contract'
import { contract as units } from '#units/contract'

export const contracts = { units, people, groups, access, channels, delivery, notices }
export type Contracts = typeof contracts

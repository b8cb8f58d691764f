// The list of modules, in level order.
import type { Module } from '#core/module'
import { access } from './modules/access/module.ts'
import { channels } from './modules/channels/module.ts'
import { delivery } from './modules/delivery/module.ts'
import { notices } from './modules/notices/module.ts'
import { groups } from './modules/groups/module.ts'
import { people } from './modules/people/module.ts'
import { units } from './modules/units/module.ts'
import { web } from './web/module.ts'

export const modules: readonly Module[] = [units, people, groups, access, channels, delivery, notices, web]

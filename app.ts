// The list of modules, in level order.
import type { Module } from '#core/module'
import { units } from './modules/units/module.ts'

export const modules: readonly Module[] = [units]

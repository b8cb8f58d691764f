// The list of modules, in level order.
import type { Module } from '#core/module'

export const modules: readonly Module[] = []

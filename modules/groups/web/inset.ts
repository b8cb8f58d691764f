import { isDesk } from '#web/me.ts'

/** A desk's page has its margins already; a phone's runs from edge to edge. */
export const inset = (also = '') => [isDesk() ? '' : 'pad', also].filter(Boolean).join(' ') || undefined

// What a module tells the shell about its screens. The lists are small; the screens themselves load when opened.
import type { ComponentType } from 'preact'
import type { Role } from '#access'
import type { IconName } from './icons.ts'

export interface Tab {
  /** Lowest first. */
  order: number
  icon: IconName
  vi: string
  en: string
}

export interface Screen {
  /** From the root, parameters named for their thing: `/doors/:doorId`. `/` is the home of the roles named. */
  path: string
  /** Who may open it: roles, `staff` for every role but the resident, or `anyone`, signed in or not. */
  for: readonly (Role | 'staff' | 'anyone')[]
  /** `() => import('./Doors.tsx').then(m => m.Doors)` */
  load: () => Promise<ComponentType>
  /** Stands among the tabs of a phone, or in the rail of a desk. */
  tab?: Tab
}

export type { Role }

/** Roles that work at a desk: a rail beside a wide page. Everybody else has the phone's tabs. */
export const deskRoles: readonly string[] = [
  'province_officer',
  'commune_chair',
  'commune_officer',
  'bank_officer',
] satisfies Role[]

export const isFor = (screen: Screen, role: string | null | undefined) =>
  screen.for.some(who => who === 'anyone' || who === role || (who === 'staff' && role && role !== 'resident'))

/** `/doors/new` before `/doors/:doorId`. */
const openness = (path: string) =>
  path
    .split('/')
    .map(part => (part.startsWith(':') ? '~' : part))
    .join('/')
export const bySpecificity = (a: Screen, b: Screen) => (openness(a.path) < openness(b.path) ? -1 : 1)

const escaped = (part: string) => (part.startsWith(':') ? '[^/?#]+' : part.replace(/[^\w-]/g, '\\$&'))

/** Matches the addresses that are screens of the app; everything else the server answers with a page of its own. */
export const pathsOf = (screens: readonly Pick<Screen, 'path'>[]) => {
  const paths = [...new Set(screens.map(screen => screen.path.split('/').map(escaped).join('/')))]
  return `^(?:${paths.join('|')})/?(?:[?#].*)?$`
}

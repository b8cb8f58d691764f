// Every screen of every role, as the people who need it most would see it.
import { describe, expect, inject, test } from 'vitest'
import { roles, type Role } from '#access'
import { deskRoles, isFor, type Screen } from '#web/screen.ts'
import { screens } from '#web/screens.ts'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, desk, open, phone, smallPhone, type Look } from './screen.ts'

interface Case {
  name: string
  look: Look
  hasAxe: boolean
}

const onPhones: Case[] = [
  { name: '360 px', look: phone, hasAxe: true },
  { name: '320 px', look: smallPhone, hasAxe: false },
  { name: 'dark', look: { ...phone, isDark: true }, hasAxe: true },
  { name: 'elder', look: { ...phone, size: 'elder' }, hasAxe: false },
  { name: '200 %', look: { ...phone, letters: 200 }, hasAxe: false },
  { name: 'English', look: { ...smallPhone, language: 'en' }, hasAxe: false },
]
const atDesks: Case[] = [
  { name: '1366 px', look: desk, hasAxe: true },
  { name: '320 px', look: smallPhone, hasAxe: true },
  { name: 'dark', look: { ...desk, isDark: true }, hasAxe: true },
  { name: '200 %', look: { ...desk, letters: 200 }, hasAxe: false },
]

/** A screen is tried as the first role that may open it; the first screen of each role is tried for all. */
function roleOf(screen: Screen): Role[] {
  if (screen.for.includes('anyone')) return []
  const may = roles.filter(role => isFor(screen, role))
  return screen.path === '/' ? may.slice(0, 1) : may.filter(role => role === (preferred(may) ?? may[0]))
}
const preferred = (may: readonly Role[]) =>
  (['resident', 'village_head', 'commune_officer', 'commune_chair'] as const).find(role => may.includes(role))

/** Fills an address with things that the commune has. @throws Error where no example is known: give one */
function filled(path: string): string {
  const { homes, villages, unit } = inject('known')
  const examples: Record<string, string> = { householdId: homes[0]!, unit, unitId: villages[0]!.id }
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const example = examples[name]
    if (!example) throw new Error(`no example of ${name} for ${path}`)
    return example
  })
}

for (const screen of screens) {
  const whos: (Role | undefined)[] = screen.for.includes('anyone') ? [undefined] : roleOf(screen)
  for (const who of whos) {
    const isDesk = who !== undefined && deskRoles.includes(who)
    describe(`${screen.path} for ${who ?? 'anyone'}`, () => {
      test.each(isDesk ? atDesks : onPhones)('$name', async ({ look, hasAxe }) => {
        const context = await browse(who, look)
        const page = await open(context, filled(screen.path))
        const found = await layoutFindings(page, isDesk && look.width > 900 ? 24 : 48)
        if (hasAxe) found.push(...(await axeFindings(page)))
        await context.close()
        expect(found).toEqual([])
      })
    })
  }
}

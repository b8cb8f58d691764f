// Every screen of every role, as the people who need it most would see it.
import { beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { roles, type Role } from '#access'
import { deskRoles, isFor, type Screen } from '#web/screen.ts'
import { screens } from '#web/screens.ts'
import { makeDay, type Day } from './day.ts'
import { axeFindings, layoutFindings, refusalFindings } from './look.ts'
import { browse, desk, known, open, phone, smallPhone, type Look } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

const preferred: readonly Role[] = ['resident', 'village_head', 'commune_officer', 'commune_chair']

/** Screens are tried as one of the roles that may open them; the phone's face and the desk's both where both may. */
function whoTries(screen: Screen): (Role | undefined)[] {
  if (screen.for.includes('anyone')) return [undefined]
  const may = roles.filter(role => isFor(screen, role))
  const first = (some: Role[]) => preferred.find(role => some.includes(role)) ?? some[0]
  const onPhone = first(may.filter(role => !deskRoles.includes(role)))
  const atDesk = first(may.filter(role => deskRoles.includes(role)))
  return [onPhone, atDesk].filter(role => role !== undefined)
}

/** Fills an address with things that this role may see. @throws Error where no example is known: give one */
function filled(path: string, who: Role | undefined): string {
  const { homes, villages, group, cell } = known()
  const draft = who === 'village_head' ? day.headDraft : day.draft
  const noticeId = path.endsWith('/edit') ? draft : day.emergency
  const examples: Record<string, string> = {
    noticeId,
    householdId: homes[0]!,
    unit: villages[0]!.id,
    unitId: villages[0]!.id,
    groupId: who === 'party_secretary' ? cell : group,
  }
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const example = examples[name]
    if (!example) throw new Error(`no example of ${name} for ${path}: give one in e2e/sweep.e2e.ts`)
    return example
  })
}

const named = (look: string, sentences: string[]) => sentences.map(sentence => `${look}: ${sentence}`)
const elder = (page: Page, isOn: boolean) =>
  page.evaluate(on => {
    if (on) document.documentElement.dataset['size'] = 'elder'
    else delete document.documentElement.dataset['size']
  }, isOn)

/** One load, looked at in several ways; only the browser's own text size needs a second. */
async function findings(who: Role | undefined, path: string): Promise<string[]> {
  const isDesk = who !== undefined && deskRoles.includes(who)
  const look: Look = isDesk ? desk : phone
  const smallest = isDesk ? 24 : 48
  const context = await browse(who, look)
  const page = await open(context, path)
  const found = [
    ...(await refusalFindings(page)),
    ...named(`${look.width} px`, [...(await layoutFindings(page, smallest)), ...(await axeFindings(page))]),
  ]
  await page.emulateMedia({ colorScheme: 'dark' })
  found.push(...named('dark', await axeFindings(page, ['color-contrast'])))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(smallPhone)
  found.push(...named('320 px', await layoutFindings(page, 48)))
  if (!isDesk) {
    await page.setViewportSize(phone)
    await elder(page, true)
    found.push(...named('elder', await layoutFindings(page, 48)))
    await elder(page, false)
  }
  await context.close()
  const large = await browse(who, { ...look, letters: 200, language: 'en' })
  found.push(...named('200 %, English', await layoutFindings(await open(large, path), smallest)))
  await large.close()
  return found
}

for (const screen of screens)
  for (const who of whoTries(screen))
    test.concurrent(`${screen.path} for ${who ?? 'anyone'}`, async () => {
      expect(await findings(who, filled(screen.path, who))).toEqual([])
    })

for (const role of roles)
  test.concurrent(`no screen that ${role} is offered opens on a refusal`, async () => {
    const context = await browse(role, deskRoles.includes(role) ? desk : phone)
    const found: string[] = []
    // What an address names may be another's: who is refused there is for the tests of permissions.
    for (const { path } of screens.filter(screen => isFor(screen, role) && !screen.path.includes(':')))
      found.push(...named(path, await refusalFindings(await open(context, path))))
    await context.close()
    expect(found).toEqual([])
  })

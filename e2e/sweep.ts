// Every screen of every role, as the people who need it most would see it. Phones' screens stand in one file of tests, desks' in another.
import { beforeAll, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { roles, type Role } from '#access'
import { deskRoles, isFor, type Screen } from '#web/screen.ts'
import { screens } from '#web/screens.ts'
import { makeDay, type Day } from './day.ts'
import { axeFindings, layoutFindings, refusalFindings } from './look.ts'
import { browse, desk, known, openIn, phone, smallPhone } from './screen.ts'

type Who = Role | undefined

const isAtDesk = (who: Who) => who !== undefined && deskRoles.includes(who)

const preferred: readonly Role[] = ['resident', 'village_head', 'commune_officer', 'commune_chair']

/** Screens are tried as one of the roles that may open them; the phone's face and the desk's both where both may. */
function whoTries(screen: Screen, isDesk: boolean): Who[] {
  if (screen.for.includes('anyone')) return isDesk ? [] : [undefined]
  const may = roles.filter(role => isFor(screen, role) && isAtDesk(role) === isDesk)
  const first = preferred.find(role => may.includes(role)) ?? may[0]
  return first ? [first] : []
}

/** Fills an address with things that this role may see. @throws Error where no example is known: give one */
function filled(path: string, who: Who, day: Day): string {
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
    if (!example) throw new Error(`no example of ${name} for ${path}: give one in e2e/sweep.ts`)
    return example
  })
}

const contexts = new Map<string, Promise<BrowserContext>>()

/** One sign-in for all screens of a role. Each is looked at as the server gives it: no list is kept that another screen has fetched. */
function contextOf(who: Who, language: 'vi' | 'en'): Promise<BrowserContext> {
  const key = `${who} ${language}`
  const make = async () => {
    const context = await browse(who, { ...(isAtDesk(who) ? desk : phone), language })
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new Error('nothing is kept here')
      }
    })
    return context
  }
  const found = contexts.get(key) ?? make()
  contexts.set(key, found)
  return found
}

const named = (look: string, sentences: string[]) => sentences.map(sentence => `${look}: ${sentence}`)

const elder = (page: Page, isOn: boolean) =>
  page.evaluate(on => {
    if (on) document.documentElement.dataset['size'] = 'elder'
    else delete document.documentElement.dataset['size']
  }, isOn)

/** One load, looked at in several ways. */
async function findings(who: Who, path: string): Promise<string[]> {
  const isDesk = isAtDesk(who)
  const look = isDesk ? desk : phone
  const page = await openIn(await (await contextOf(who, 'vi')).newPage(), path)
  const found = [
    ...(await refusalFindings(page)),
    ...named(`${look.width} px`, [...(await layoutFindings(page, isDesk ? 24 : 48)), ...(await axeFindings(page))]),
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
  }
  await page.close()
  return found
}

/** Letters as a person sets them in the phone's settings, here twice as large. */
async function enlarge(page: Page) {
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
  const before = await size()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
  expect(await size()).toBe(2 * before)
}

async function findingsInEnglish(who: Who, path: string): Promise<string[]> {
  const page = await openIn(await (await contextOf(who, 'en')).newPage(), path)
  await enlarge(page)
  const found = named('200 %, English', await layoutFindings(page, isAtDesk(who) ? 24 : 48))
  await page.close()
  return found
}

/** What an address names may be another's: who is refused there is for the tests of permissions. */
const offered = (role: Role) =>
  screens.filter(
    screen => isFor(screen, role) && !screen.path.includes(':') && !whoTries(screen, isAtDesk(role)).includes(role),
  )

export function sweep(isDesk: boolean) {
  let day: Day
  beforeAll(async () => {
    day = await makeDay()
  })
  for (const screen of screens)
    for (const who of whoTries(screen, isDesk))
      test.concurrent(`${screen.path} for ${who ?? 'anyone'}`, async () => {
        const path = filled(screen.path, who, day)
        expect([...(await findings(who, path)), ...(await findingsInEnglish(who, path))]).toEqual([])
      })
  for (const role of roles.filter(one => isAtDesk(one) === isDesk))
    test.concurrent(`no other screen that ${role} is offered opens on a refusal`, async () => {
      const context = await contextOf(role, 'vi')
      const page = await context.newPage()
      const found: string[] = []
      for (const { path } of offered(role)) {
        await openIn(page, path)
        found.push(...named(path, await refusalFindings(page)))
      }
      await page.close()
      expect(found).toEqual([])
    })
}

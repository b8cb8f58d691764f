// The people with posts: they come in by invitations, as on their first day.
import { together } from './agenda.ts'
import type { Network } from './http.ts'

export interface Walker {
  role: 'village_head' | 'front_head' | 'digital_team_member'
  name: string
  account: string
  cookie: string
}

export interface Village {
  id: string
  name: string
  kind: string
  head: Walker
  /** Who can walk to doors: the head first. */
  walkers: Walker[]
  homes: RegisterLine[]
}

/** What the head's register says of a home; no story knows more of it than that. */
export interface RegisterLine {
  id: string
  no: number
  alley: string
  phoneKind: 'app' | 'voice' | 'none'
  languages: string[]
}

interface PostLine {
  id: string
  role: Walker['role']
  unit: { id: string; name: string; kind: string }
  people: { account: string; name: string; part: string }[]
}

/** Opens a link as a browser does: a press, then the cookie. */
export async function enter(net: Network, address: string, from?: string): Promise<string> {
  const { status, cookie, body } = await net.ask('POST', new URL(address).pathname, { body: '', ...(from && { from }) })
  if (!cookie)
    throw new Error(`${new URL(address).pathname.slice(0, 12)}… let nobody in: ${status} ${String(body).slice(0, 300)}`)
  return cookie
}

async function invite(net: Network, officer: string, post: PostLine): Promise<Walker> {
  const holder = post.people.find(person => person.part === 'holder')!
  const { address } = await net.get<{ address: string }>(
    'POST',
    `/api/v1/posts/${post.id}/people/${holder.account}/invitation`,
    { cookie: officer, body: {} },
  )
  return { role: post.role, name: holder.name, account: holder.account, cookie: await enter(net, address) }
}

/** The villages with everybody who will work in them, signed in; the order is the commune's. */
export async function callStaff(net: Network, officer: string, commune: string): Promise<Village[]> {
  const posts: PostLine[] = []
  for (const role of ['village_head', 'front_head', 'digital_team_member'])
    posts.push(...(await net.list<PostLine>(`/api/v1/posts?unit=${commune}&role=${role}`, { cookie: officer })))
  const walkers = new Map<string, Walker[]>()
  await together(posts, 8, async post => {
    const walker = await invite(net, officer, post)
    walkers.set(post.unit.id, [...(walkers.get(post.unit.id) ?? []), walker])
  })
  const order = await net.list<{ id: string }>(`/api/v1/units?parent=${commune}`, {})
  const place = new Map(order.map(({ id }, n) => [id, n]))
  const heads = posts
    .filter(post => post.role === 'village_head')
    .toSorted((a, b) => place.get(a.unit.id)! - place.get(b.unit.id)!)
  return heads.map(({ unit }) => {
    const mine = walkers.get(unit.id)!.toSorted((a, b) => (a.role < b.role ? 1 : -1))
    return { ...unit, head: mine[0]!, walkers: mine, homes: [] }
  })
}

/** Each head reads his own register. */
export async function readRegisters(net: Network, villages: readonly Village[]) {
  await together(villages, 8, async village => {
    village.homes = await net.list<RegisterLine>(`/api/v1/households?unit=${village.id}`, {
      cookie: village.head.cookie,
    })
  })
}

interface Card {
  household: string
  address: string
}

/** Each head prints his village's cards. @returns home → the address in the card's code */
export async function printCards(net: Network, villages: readonly Village[]): Promise<Map<string, string>> {
  const cards = new Map<string, string>()
  await together(villages, 8, async village => {
    for (let after: number | null = 0; after !== null;) {
      const page: { items: Card[]; next: number | null } = await net.get('POST', `/api/v1/units/${village.id}/cards`, {
        cookie: village.head.cookie,
        body: { after, limit: '100' },
      })
      for (const card of page.items) cards.set(card.household, card.address)
      after = page.next
    }
  })
  return cards
}

// Groups that the Official Account owns (GMF): it posts in them by itself, day and night, without a template and without a window.
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import type { ChannelError } from '../channel-errors.ts'
import { at } from '../http-profile.ts'
import type { Outlet, Post, Posted, Poster } from '../poster.ts'
import { ask } from './api.ts'
import { takenAs } from './consult.ts'
import { cutTo } from './words.ts'

const most = 2000
const pageOf = 50
const mostGroups = 500

function groupsIn(data: unknown): Outlet[] {
  const groups: Outlet[] = []
  for (let n = 0; n < pageOf; n++) {
    const word = (name: string) => at(data, `groups.${n}.${name}`)
    const id = word('group_id')
    if (id === undefined) return groups
    const [members, url] = [word('total_member'), word('group_link')]
    groups.push({
      id,
      name: word('name') ?? id,
      ...(members && /^\d{1,6}$/.test(members) ? { members: Number(members) } : {}),
      ...(url?.startsWith('https://') ? { url } : {}),
    })
  }
  return groups
}

async function outlets(app: App, account: Account): Promise<readonly Outlet[] | ChannelError> {
  const all: Outlet[] = []
  for (let offset = 0; offset < mostGroups; offset += pageOf) {
    const path = `/v3.0/oa/group/getgroupsofoa?offset=${offset}&count=${pageOf}`
    const said = await ask(app, account, { door: 'api', path })
    if (said.is === 'refused') return said.why
    const some = groupsIn(said.data)
    all.push(...some)
    if (some.length < pageOf) break
  }
  return all
}

/** Zalo reads `[@…]` as calling a member, or everybody: nobody is called by what somebody wrote. */
const withoutCalls = (text: string) => text.replaceAll(/\[@[^\]]*\]/g, '')

/** The whole text where it fits, else its beginning and the link. */
export function groupText({ text, link }: Pick<Post, 'text' | 'link'>): string {
  const whole = withoutCalls(text).normalize('NFC')
  if (Array.from(whole).length <= most) return whole
  return `${cutTo(whole.replaceAll(link, '').trim(), most - Array.from(link).length - 1)}\n${link}`
}

async function post(app: App, account: Account, outlet: string, what: Post): Promise<Posted> {
  const body = { recipient: { group_id: outlet }, message: { text: groupText(what) } }
  return takenAs(await ask(app, account, { door: 'api', path: '/v3.0/oa/group/message', body }), 'message_id', 0)
}

/** What stands in a group is changed and taken away by a person there. */
export const groups: Poster = { platform: 'zalo', takesKey: false, outlets, post }

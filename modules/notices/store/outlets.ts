// What accounts post by themselves: outlets, and each act in one of them.
import { machineNow, now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { ChannelError } from '#channels'
import type { OutletAct } from '../chat-rules.ts'
import type { ActState } from '../outlet-rules.ts'

export interface ActOf {
  tenant: number
  publishedId: string
  chat: string
  act: OutletAct
}

/** The chat group becomes an outlet of an account. @returns false where another open one is */
export async function tie(
  tx: Tx,
  tenant: number,
  chat: string,
  to: { account: string; outlet: string; link: string | null },
) {
  const rows = await tx`
    update loa.chat c set account_id = ${to.account}, outlet = ${to.outlet}, tied_at = ${now()}, link = coalesce(c.link, ${to.link})
    where c.commune_id = ${tenant} and c.id = ${chat} and not exists (
      select 1 from loa.chat o where o.commune_id = ${tenant} and o.account_id = ${to.account} and o.outlet = ${to.outlet}
        and o.closed_at is null and o.id <> ${chat})
    returning 1`
  return rows.length > 0
}

export async function untie(tx: Tx, tenant: number, chat: string) {
  await tx`
    update loa.chat set account_id = null, outlet = null, tied_at = null where commune_id = ${tenant} and id = ${chat}`
}

/** While it was closed another became the outlet. */
export async function untieIfTaken(tx: Tx, tenant: number, chat: string) {
  await tx`
    update loa.chat c set account_id = null, outlet = null, tied_at = null
    where c.commune_id = ${tenant} and c.id = ${chat} and exists (
      select 1 from loa.chat o where o.commune_id = ${tenant} and o.account_id = c.account_id and o.outlet = c.outlet
        and o.closed_at is null and o.id <> c.id)`
}

/** Open chat groups that are outlets. */
export const tiedChats = (db: Db, tenant: number) => db<{ id: string; account: string; outlet: string }[]>`
  select id, account_id as account, outlet from loa.chat
  where commune_id = ${tenant} and account_id is not null and closed_at is null`

/** Has the tenant an outlet, or a post that stands in one? */
export async function hasOutlets(db: Db, tenant: number): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.chat c where c.commune_id = ${tenant} and (c.account_id is not null and c.closed_at is null
      or exists (select 1 from loa.posting o where o.commune_id = ${tenant} and o.chat_id = c.id and o.provider_id is not null
        and o.down_at is null)) limit 1`
  return Boolean(row)
}

export interface Try {
  /** Of all tries of the act: no two have the same. */
  no: number
  /** Of those that count: of these words, and since a person let it be tried again. */
  count: number
}

/**
 * Somebody takes it on him: written before the provider is called. An act that ended is begun again for newer words alone.
 * @returns undefined where it is another's, or done
 */
export async function beginAct(
  tx: Tx,
  { tenant, publishedId, chat, act }: ActOf,
  of: { version: number; account: string; leaseUntil: Date },
): Promise<Try | undefined> {
  const at = now()
  const [row] = await tx<Try[]>`
    insert into loa.outlet_act as a (commune_id, published_id, chat_id, act, state, version, account_id, tries, lease_until, at)
    values (${tenant}, ${publishedId}, ${chat}, ${act}, 'begun', ${of.version}, ${of.account}, 1, ${of.leaseUntil}, ${at})
    on conflict (commune_id, published_id, chat_id, act) do update set state = 'begun', version = excluded.version,
      account_id = excluded.account_id, tries = a.tries + 1, why = null, due_at = null,
      tries_before = case when a.version = excluded.version then a.tries_before else a.tries end, lease_until = excluded.lease_until, at = excluded.at
      where a.state = 'waiting' and a.due_at <= ${at}
        or a.act = 'change' and a.state in ('done', 'refused') and a.version < excluded.version
    returning tries as no, tries - tries_before as count`
  return row
}

/** @param no of the try @returns false where it is no longer the newest; that it was done is heard of as long as no other was begun */
export async function endAct(
  tx: Tx,
  { tenant, publishedId, chat, act }: ActOf,
  no: number,
  end: { state: ActState; why?: ChannelError; dueAt?: Date },
): Promise<boolean> {
  const rows = await tx`
    update loa.outlet_act set state = ${end.state}, why = ${end.why ?? null}, due_at = ${end.dueAt ?? null}, lease_until = null, at = ${now()}
    where commune_id = ${tenant} and published_id = ${publishedId} and chat_id = ${chat} and act = ${act} and tries = ${no}
      and (state in ('begun', 'unsure') or state = 'waiting' and ${end.state === 'done'})
    returning 1`
  return rows.length > 0
}

/** A person lets it be tried again. @returns how many acts */
export async function reopenActs(tx: Tx, tenant: number, publishedId: string, chat: string): Promise<number> {
  const rows = await tx`
    update loa.outlet_act set state = 'waiting', due_at = ${now()}, tries_before = tries, why = null
    where commune_id = ${tenant} and published_id = ${publishedId} and chat_id = ${chat} and state in ('refused', 'unsure')
    returning 1`
  return rows.length
}

export interface LostAct extends ActOf {
  account: string
  tries: number
}

/** Begun by somebody who is dead. */
export const lostActs = (db: Db) => db<LostAct[]>`
  select commune_id as tenant, published_id as "publishedId", chat_id as chat, act, account_id as account, tries from loa.outlet_act
  where state = 'begun' and lease_until < ${machineNow()} limit 100`

export const tenantsWaiting = (db: Db) => db<{ tenant: number }[]>`
  select distinct commune_id as tenant from loa.outlet_act where state = 'waiting' and due_at <= ${now()} limit 100`

export interface Leftover extends LostAct {
  outlet: string
  /** Tries that count. */
  count: number
  /** Not looked at since: its tries are the post's. */
  isNew: boolean
}

/** Posts that were begun and never ended, of what was withdrawn or replaced meanwhile. What a person posted is a person's. */
export const leftovers = (db: Db, tenant: number) => db<Leftover[]>`
  select a.commune_id as tenant, a.published_id as "publishedId", a.chat_id as chat, a.act, a.account_id as account, a.tries, a.tries - a.tries_before as count, c.outlet,
    a.state <> 'waiting' or a.why is not null as "isNew"
  from loa.outlet_act a
  join loa.chat c on c.commune_id = ${tenant} and c.id = a.chat_id and c.account_id = a.account_id
  join loa.publication p on p.commune_id = ${tenant} and p.published_id = a.published_id
  where a.commune_id = ${tenant} and a.act = 'post' and (p.withdrawn_at is not null or p.replaced_by is not null)
    and (a.state in ('refused', 'unsure') or a.state = 'waiting' and (a.why is not null or a.due_at <= ${now()}))
    and not exists (select 1 from loa.posting o where o.commune_id = ${tenant} and o.published_id = a.published_id and o.chat_id = a.chat_id)
  limit 100`

/** Nothing of it is left, or it is tried again from `dueAt`. */
export async function endLeftover(db: Db, { tenant, publishedId, chat, act, tries, isNew }: Leftover, dueAt?: Date) {
  await db`
    update loa.outlet_act set state = ${dueAt ? 'waiting' : 'done'}, due_at = ${dueAt ?? null}, why = null, tries = tries + 1,
      tries_before = case when ${isNew} then tries else tries_before end, at = ${now()}
    where commune_id = ${tenant} and published_id = ${publishedId} and chat_id = ${chat} and act = ${act} and tries = ${tries}
      and state in ('waiting', 'refused', 'unsure')`
}

/** The words that stand there now. */
export async function setVersion(tx: Tx, tenant: number, publishedId: string, chat: string, version: number) {
  await tx`
    update loa.posting set version = ${version} where commune_id = ${tenant} and published_id = ${publishedId} and chat_id = ${chat}`
}

/** This round no longer stands there. */
export async function setGone(tx: Tx, tenant: number, publishedId: string, chat: string) {
  await tx`
    update loa.posting set down_at = ${now()}
    where commune_id = ${tenant} and published_id = ${publishedId} and chat_id = ${chat} and down_at is null`
}

/** The notice of a post, as the provider names it. */
export async function noticeOfPost(db: Db, tenant: number, account: string, providerId: string) {
  const [row] = await db<{ notice: string }[]>`
    select notice_id as notice from loa.posting
    where commune_id = ${tenant} and account_id = ${account} and provider_id = ${providerId} limit 1`
  return row?.notice
}

import type { Db, Tx } from '#core/db'
import type { ChannelError } from './channel-errors.ts'
import type { AccountKind } from './account.ts'
import type { Settings } from './account-field.ts'

export interface AccountRow {
  id: string
  kind: AccountKind
  adapter: string
  name: string
  settings: Settings
  sealed: string | null
  rank: number
  isOn: boolean
  version: number
  testedAt: Date | null
  tokens: number
  filledAt: Date | null
  pausedUntil: Date | null
  failures: number
  trouble: ChannelError | null
  troubleSince: Date | null
}

const columns = (db: Db) => db`
  id, kind, adapter, name, settings, sealed, rank, is_on as "isOn", version, tested_at as "testedAt", tokens, filled_at as "filledAt",
  paused_until as "pausedUntil", failures, trouble, trouble_since as "troubleSince"`

export async function listAccounts(db: Db, tenant: number): Promise<AccountRow[]> {
  return db<AccountRow[]>`
    select ${columns(db)} from loa.channel_account where commune_id = ${tenant} and removed_at is null order by kind, rank, id`
}

export async function findAccount(db: Db, tenant: number, id: string): Promise<AccountRow | undefined> {
  const [row] = await db<AccountRow[]>`
    select ${columns(db)} from loa.channel_account where commune_id = ${tenant} and id = ${id} and removed_at is null`
  return row
}

export const accountKind = async (db: Db, tenant: number, id: string) => (await findAccount(db, tenant, id))?.kind

/** Accounts of a kind that may be asked, first to last, held until the transaction ends. */
export async function holdAccounts(tx: Tx, tenant: number, kind: AccountKind): Promise<AccountRow[]> {
  return tx<AccountRow[]>`
    select ${columns(tx)} from loa.channel_account
    where commune_id = ${tenant} and kind = ${kind} and is_on and removed_at is null order by rank, id for update`
}

/** May another of the tenant's accounts of its kind send now? */
export async function canAnother(
  tx: Tx,
  { tenant, id, kind }: { tenant: number; id: string; kind: AccountKind },
  at: Date,
) {
  const rows = await tx`
    select 1 from loa.channel_account where commune_id = ${tenant} and kind = ${kind} and id <> ${id} and is_on
      and removed_at is null and (paused_until is null or paused_until <= ${at}) limit 1`
  return rows.length > 0
}

/** Every commune's accounts that speak this way and are switched on: who keeps a line open keeps it for them. */
export async function accountsOfAdapter(db: Db, adapter: string): Promise<(AccountRow & { tenant: number })[]> {
  return db<(AccountRow & { tenant: number })[]>`
    select commune_id as tenant, ${columns(db)} from loa.channel_account
    where adapter = ${adapter} and is_on and removed_at is null order by commune_id, id`
}

/** Kinds for which the tenant has an account that is switched on. */
export async function kindsOf(db: Db, tenant: number): Promise<AccountKind[]> {
  const rows = await db<{ kind: AccountKind }[]>`
    select distinct kind from loa.channel_account where commune_id = ${tenant} and is_on and removed_at is null`
  return rows.map(row => row.kind)
}

export interface NewAccount {
  tenant: number
  id: string
  kind: AccountKind
  adapter: string
  name: string
  settings: Settings
  sealed: string | null
  at: Date
}

/** The newest of its kind comes last. */
export async function insertAccount(tx: Tx, a: NewAccount) {
  await tx`
    insert into loa.channel_account (commune_id, id, kind, adapter, name, settings, sealed, rank, changed_at)
    select ${a.tenant}::int, ${a.id}::uuid, ${a.kind}, ${a.adapter}, ${a.name}, ${tx.json(a.settings)}, ${a.sealed},
      coalesce(max(rank), 0) + 1, ${a.at}::timestamptz
    from loa.channel_account where commune_id = ${a.tenant} and kind = ${a.kind} and removed_at is null`
}

export interface AccountChange {
  name: string
  settings: Settings
  sealed: string | null
  rank: number
  isOn: boolean
  at: Date
}

/** A change lets it be asked again at once. @returns false when somebody else changed it first */
export async function updateAccount(tx: Tx, tenant: number, id: string, version: number, a: AccountChange) {
  const rows = await tx`
    update loa.channel_account set name = ${a.name}, settings = ${tx.json(a.settings)}, sealed = ${a.sealed}, rank = ${a.rank},
      is_on = ${a.isOn}, version = version + 1, changed_at = ${a.at}, paused_until = null, failures = 0, trouble = null,
      trouble_since = null
    where commune_id = ${tenant} and id = ${id} and version = ${version} and removed_at is null`
  return rows.count > 0
}

/** Its secrets are erased; what it was used for stays. */
export async function removeAccount(tx: Tx, tenant: number, id: string, at: Date) {
  await tx`
    update loa.channel_account set removed_at = ${at}, is_on = false, sealed = null
    where commune_id = ${tenant} and id = ${id} and removed_at is null`
}

export async function setTokens(tx: Tx, tenant: number, id: string, tokens: number, at: Date) {
  await tx`
    update loa.channel_account set tokens = ${tokens}, filled_at = ${at} where commune_id = ${tenant} and id = ${id}`
}

export async function returnTokens(tx: Tx, tenant: number, id: string, count: number) {
  await tx`
    update loa.channel_account set tokens = tokens + ${count} where commune_id = ${tenant} and id = ${id}`
}

export interface Use {
  messages: number
  accepted: number
  refused: number
  parts: number
  dong: number
}

/** When it last did what it was asked for, and its last trouble. */
export interface LastUse {
  acceptedAt: Date | null
  troubledAt: Date | null
  trouble: ChannelError | null
}

export async function addUse(tx: Tx, tenant: number, id: string, day: string, use: Partial<Use & LastUse>) {
  const { messages = 0, accepted = 0, refused = 0, parts = 0, dong = 0 } = use
  const { acceptedAt = null, troubledAt = null, trouble = null } = use
  await tx`
    insert into loa.channel_use as u (commune_id, account_id, day, messages, accepted, refused, parts, dong, accepted_at, troubled_at, trouble)
    values (${tenant}, ${id}, ${day}, ${messages}, ${accepted}, ${refused}, ${parts}, ${dong}, ${acceptedAt}, ${troubledAt}, ${trouble})
    on conflict (commune_id, account_id, day) do update set messages = u.messages + excluded.messages,
      accepted = u.accepted + excluded.accepted, refused = u.refused + excluded.refused, parts = u.parts + excluded.parts,
      dong = u.dong + excluded.dong, accepted_at = coalesce(excluded.accepted_at, u.accepted_at),
      troubled_at = coalesce(excluded.troubled_at, u.troubled_at), trouble = coalesce(excluded.trouble, u.trouble)`
}

/** Of each account of the tenant, over all its days. */
async function lastUses(db: Db, tenant: number): Promise<Map<string, LastUse>> {
  const rows = await db<(LastUse & { id: string })[]>`
    select a.id, g.accepted_at as "acceptedAt", b.troubled_at as "troubledAt", b.trouble
    from loa.channel_account a
    left join lateral (
      select u.accepted_at from loa.channel_use u
      where u.commune_id = ${tenant} and u.account_id = a.id and u.accepted_at is not null order by u.day desc limit 1) g on true
    left join lateral (
      select u.troubled_at, u.trouble from loa.channel_use u
      where u.commune_id = ${tenant} and u.account_id = a.id and u.troubled_at is not null order by u.day desc limit 1) b on true
    where a.commune_id = ${tenant} and a.removed_at is null`
  return new Map(rows.map(({ id, ...last }) => [id, last]))
}

export async function usesOn(db: Db, tenant: number, day: string): Promise<Map<string, Use>> {
  const rows = await db<(Use & { id: string })[]>`
    select account_id as id, messages, accepted, refused, parts, dong from loa.channel_use
    where commune_id = ${tenant} and day = ${day}`
  return new Map(rows.map(({ id, ...use }) => [id, use]))
}

export type UseNow = Use & LastUse

/** A day's counts of each account, and when it was last well and last in trouble on whatever day. */
export async function usesNow(db: Db, tenant: number, day: string): Promise<Map<string, UseNow>> {
  const [uses, lasts] = await Promise.all([usesOn(db, tenant, day), lastUses(db, tenant)])
  const none = { messages: 0, accepted: 0, refused: 0, parts: 0, dong: 0 }
  return new Map([...lasts].map(([id, last]) => [id, { ...none, ...uses.get(id), ...last }]))
}

/** The account answered: whatever was wrong is over. */
export async function setWell(tx: Tx, tenant: number, id: string) {
  await tx`
    update loa.channel_account set failures = 0, trouble = null, trouble_since = null, paused_until = null
    where commune_id = ${tenant} and id = ${id} and (failures > 0 or trouble is not null or paused_until is not null)`
}

/** @param until nothing goes out before; undefined leaves it as it is */
export async function setTrouble(
  tx: Tx,
  tenant: number,
  id: string,
  t: { why: ChannelError; at: Date; until: Date | undefined; failures: number },
) {
  await tx`
    update loa.channel_account set failures = ${t.failures}, trouble = ${t.why}, trouble_since = coalesce(trouble_since, ${t.at}),
      paused_until = coalesce(${t.until ?? null}, paused_until)
    where commune_id = ${tenant} and id = ${id}`
}

export async function setTested(tx: Tx, tenant: number, id: string, at: Date) {
  await tx`
    update loa.channel_account set tested_at = ${at} where commune_id = ${tenant} and id = ${id}`
}

export interface Untold {
  tenant: number
  id: string
  name: string
  since: Date
}

/** Accounts of all communes that wait for a person who was not told yet; of a lost grant Zalo’s own part tells. */
export const untoldTroubles = (db: Db) => db<Untold[]>`
  select commune_id as tenant, id, name, trouble_since as since from loa.channel_account
  where trouble in ('not_signed_in', 'account_blocked', 'held_back', 'no_money') and told_of is distinct from trouble_since
    and is_on and removed_at is null and not (kind = 'zalo' and trouble = 'not_signed_in') limit 100`

/** @returns false when another did, or it is over */
export async function markTold(tx: Tx, tenant: number, id: string, since: Date): Promise<boolean> {
  const rows = await tx`
    update loa.channel_account set told_of = trouble_since
    where commune_id = ${tenant} and id = ${id} and trouble_since = ${since} and told_of is distinct from trouble_since
    returning 1`
  return rows.length > 0
}

/** The accounts of a kind in the order in which they are asked. @returns whether these were all of them */
export async function setOrder(tx: Tx, tenant: number, kind: string, ids: readonly string[]): Promise<boolean> {
  const rows = await tx`
    update loa.channel_account a set rank = o.rank
    from unnest(${[...ids]}::uuid[]) with ordinality as o(id, rank)
    where a.commune_id = ${tenant} and a.id = o.id and a.kind = ${kind} and a.removed_at is null
      and (select count(*) from loa.channel_account x where x.commune_id = ${tenant} and x.kind = ${kind} and x.removed_at is null)
        = cardinality(${[...ids]}::uuid[])`
  return rows.count === ids.length
}

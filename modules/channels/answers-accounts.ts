import { dayOf, iso, now } from '#core/clock'
import { inTransaction, type Db, type Tx } from '#core/db'
import { insideOf, newId, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import { record } from '#core/trail'
import { say, type Language } from '#core/words'
import * as v from 'valibot'
import { adapterOf, allAdapters, type Account, type Adapter } from './account.ts'
import type { HandedOver } from './channel.ts'
import type { AccountShown, accountsContract } from './contract-accounts.ts'
import { formOf, type Settings } from './account-field.ts'
import { healthOf } from './health.ts'
import { enterLater } from './enter-account.ts'
import { hookAddress } from './hooks.ts'
import { accountsToFollow } from './follow-page.ts'
import { reportUse, restsUntil } from './report-use.ts'
import { safetyOfHost } from './safe-host.ts'
import * as store from './store-accounts.ts'
import { settleAside } from './store-budget.ts'
import { accountFrom } from './take-account.ts'

const secretNames = ({ fields }: Adapter) => fields.filter(field => field.type === 'secret').map(field => field.name)
const sealing = 'channel-account'

const keptIn = (app: App, row: store.AccountRow) =>
  row.sealed ? Object.keys(JSON.parse(app.keys.unseal(sealing, row.sealed)) as object) : []

interface Showing {
  app: App
  tenant: number
  language: Language
}

const lastOf = (use: store.UseNow | undefined, language: Language) => ({
  lastSentAt: use?.acceptedAt ? iso(use.acceptedAt) : null,
  lastTrouble:
    use?.troubledAt && use.trouble ? { at: iso(use.troubledAt), words: say(language, `channel.${use.trouble}`) } : null,
})

async function shown(
  { app, tenant, language }: Showing,
  db: Db,
  row: store.AccountRow,
  use: store.UseNow | undefined,
): Promise<AccountShown> {
  const at = now()
  const { messages = 0, accepted = 0, refused = 0, parts = 0, dong = 0 } = use ?? {}
  const adapter = adapterOf(row.adapter)
  const { settings } = row
  const grant = await adapter?.granting?.shown(db, tenant, row.id)
  const resting = restsUntil(row.pausedUntil, at)
  return {
    id: outside(tenant, row.id),
    kind: row.kind,
    adapter: row.adapter,
    name: row.name,
    settings,
    secretsKept: keptIn(app, row),
    rank: row.rank,
    isOn: row.isOn,
    version: row.version,
    health: healthOf(row, at, Boolean(use?.acceptedAt)),
    trouble: row.trouble ? say(language, `channel.${row.trouble}`) : null,
    troubleSince: row.troubleSince && iso(row.troubleSince),
    restsUntil: resting ? iso(resting) : null,
    testedAt: row.testedAt && iso(row.testedAt),
    ...lastOf(use, language),
    hook: adapter?.hear ? hookAddress(app, tenant, row.id) : null,
    grant: grant ? { ...grant, at: grant.at && iso(grant.at), callback: hookAddress(app, tenant, row.id) } : null,
    facts: (await adapter?.facts?.(db, tenant, row.id, { language, settings })) ?? [],
    today: { messages, accepted, refused, parts, dong, most: adapter?.pace(settings).perDay ?? null },
  }
}

async function shownAll(showing: Showing, db: Db): Promise<AccountShown[]> {
  const { tenant } = showing
  const [rows, uses] = await Promise.all([store.listAccounts(db, tenant), store.usesNow(db, tenant, dayOf(now()))])
  return Promise.all(rows.map(row => shown(showing, db, row, uses.get(row.id))))
}

async function shownOne(showing: Showing, db: Db, id: string): Promise<AccountShown> {
  const row = await store.findAccount(db, showing.tenant, id)
  if (!row) throw new Problem('not_found')
  return shown(showing, db, row, (await store.usesNow(db, showing.tenant, dayOf(now()))).get(id))
}

/** @throws Problem account_settings_wrong, account_host_unsafe or account_demo_only */
function checked(app: App, adapter: Adapter, settings: Settings, secrets: Record<string, string>) {
  const result = v.safeParse(formOf(adapter.fields), { ...settings, ...secrets })
  if (!result.success) {
    const names = [...new Set(result.issues.map(issue => v.getDotPath(issue) ?? ''))]
    throw new Problem('account_settings_wrong', {
      fields: Object.fromEntries(names.map(name => [name, [{ code: 'wrong' }]])),
    })
  }
  const mine = secretNames(adapter)
  const all = Object.entries(result.output as Settings).filter(([, value]) => value !== undefined)
  const plain = Object.fromEntries(all.filter(([name]) => !mine.includes(name)))
  for (const host of adapter.hosts(plain)) {
    const safety = safetyOfHost(app, host)
    if (safety !== 'safe') throw new Problem(safety, { host: host.host })
  }
  return {
    settings: plain,
    secrets: Object.fromEntries(all.filter(([name]) => mine.includes(name))) as Record<string, string>,
  }
}

const whereOf = (adapter: Adapter, settings: Settings) =>
  JSON.stringify(adapter.hosts(settings).map(({ host, isEncrypted }) => [host, isEncrypted]))

/** A key that is kept goes nowhere else than to whom it was entered for: who leads an account elsewhere enters it again. @throws Problem account_settings_wrong */
function mustNameSecrets(adapter: Adapter, was: Settings, next: Settings, kept: object, named: object) {
  if (whereOf(adapter, was) === whereOf(adapter, next)) return
  const left = Object.keys(kept).filter(name => !Object.hasOwn(named, name))
  if (left.length)
    throw new Problem('account_settings_wrong', {
      fields: Object.fromEntries(left.map(name => [name, [{ code: 'again' }]])),
    })
}

const seal = (app: App, secrets: Record<string, string>) =>
  Object.keys(secrets).length ? app.keys.seal(sealing, JSON.stringify(secrets)) : null

/** A trial costs the commune what any message does. */
async function spendTrial(tx: Tx, { tenant }: Account, said: HandedOver) {
  if (said.is === 'refused' || !said.dong) return
  const { parts = 1, dong } = said
  await settleAside(tx, { tenant, at: now(), aside: 0, messages: 1, parts, dong })
}

const acceptedBy = ({ testsWithoutAddress }: Adapter) =>
  testsWithoutAddress ? 'channel.tried_itself' : 'channel.test_accepted'

export const accountAnswers = {
  adapters: () => ({
    items: allAdapters().map(({ kind, name, fields, testsWithoutAddress }) => ({
      kind,
      name,
      fields: fields.map(field => ({
        name: field.name,
        type: field.type,
        isOptional: Boolean(field.isOptional),
        options: [...(field.options ?? [])],
        initial: field.initial ?? null,
        min: field.min ?? null,
        max: field.max ?? null,
      })),
      testsToAddress: !testsWithoutAddress,
    })),
  }),

  async accounts(_, { app, db, caller }) {
    const tenant = caller.tenant!
    return { items: await shownAll({ app, tenant, language: caller.language }, db) }
  },

  async toFollow(_, { db, caller }) {
    return { items: await accountsToFollow(db, caller.tenant!) }
  },

  async addAccount({ adapter: name, name: called, settings, secrets }, { app, db, caller }) {
    const adapter = adapterOf(name)
    if (!adapter) throw new Problem('adapter_unknown')
    const tenant = caller.tenant!
    const good = checked(app, adapter, settings, secrets)
    const id = newId()
    await store.insertAccount(db, {
      tenant,
      id,
      kind: adapter.kind,
      adapter: name,
      name: called,
      settings: good.settings,
      sealed: seal(app, good.secrets),
      at: now(),
    })
    await record(db, { tenant, what: 'channel.account_added', by: caller, about: { kind: 'channel_account', id } })
    await enterLater(app, db, name, { tenant, account: id })
    return shownOne({ app, tenant, language: caller.language }, db, id)
  },

  async changeAccount({ accountId, version, ...change }, { app, db, caller }) {
    const tenant = caller.tenant!
    const id = insideOf(tenant, accountId)
    const row = await store.findAccount(db, tenant, id)
    const adapter = row && adapterOf(row.adapter)
    if (!row || !adapter) throw new Problem('not_found')
    const kept = accountFrom(app, tenant, row).secrets
    const good = checked(app, adapter, change.settings ?? row.settings, { ...kept, ...change.secrets })
    mustNameSecrets(adapter, row.settings, good.settings, kept, change.secrets)
    const isDone = await store.updateAccount(db, tenant, id, version, {
      name: change.name ?? row.name,
      settings: good.settings,
      sealed: seal(app, good.secrets),
      rank: change.rank ?? row.rank,
      isOn: change.isOn ?? row.isOn,
      at: now(),
    })
    const showing = { app, tenant, language: caller.language }
    if (!isDone) throw new Problem('version_conflict', { current: await shownOne(showing, db, id) })
    await record(db, { tenant, what: 'channel.account_changed', by: caller, about: { kind: 'channel_account', id } })
    await enterLater(app, db, row.adapter, { tenant, account: id })
    return shownOne(showing, db, id)
  },

  async grantAccount({ accountId, granted }, { app, db, caller }) {
    const tenant = caller.tenant!
    const id = insideOf(tenant, accountId)
    const row = await store.findAccount(db, tenant, id)
    const granting = row && adapterOf(row.adapter)?.granting
    if (!row) throw new Problem('not_found')
    if (!granting) throw new Problem('account_grant_none')
    const said = await granting.grant(app, accountFrom(app, tenant, row), granted)
    await inTransaction(app.sql, tx =>
      record(tx, { tenant, what: 'channel.account_granted', by: caller, about: { kind: 'channel_account', id } }),
    )
    const { language } = caller
    return {
      isAccepted: said.is === 'accepted',
      words: say(language, said.is === 'accepted' ? 'channel.grant_accepted' : `channel.${said.why}`),
      account: await shownOne({ app, tenant, language }, db, id),
    }
  },

  async orderAccounts({ kind, accountIds }, { app, db, caller }) {
    const tenant = caller.tenant!
    const ids = accountIds.map(id => insideOf(tenant, id))
    if (!(await store.setOrder(db, tenant, kind, [...new Set(ids)]))) throw new Problem('accounts_changed')
    await record(db, { tenant, what: 'channel.accounts_ordered', by: caller, data: { kind } })
    return { items: await shownAll({ app, tenant, language: caller.language }, db) }
  },

  async removeAccount({ accountId }, { db, caller }) {
    const tenant = caller.tenant!
    const id = insideOf(tenant, accountId)
    const row = await store.findAccount(db, tenant, id)
    await store.removeAccount(db, tenant, id, now())
    if (row) await adapterOf(row.adapter)?.granting?.forget(db, tenant, id)
    await record(db, { tenant, what: 'channel.account_removed', by: caller, about: { kind: 'channel_account', id } })
    return { done: true as const }
  },

  async testAccount({ accountId, to }, { app, db, caller }) {
    const tenant = caller.tenant!
    const id = insideOf(tenant, accountId)
    const row = await store.findAccount(db, tenant, id)
    const adapter = row && adapterOf(row.adapter)
    if (!row || !adapter) throw new Problem('not_found')
    if (!adapter.testsWithoutAddress && !adapter.isAddress(to)) throw new Problem('account_test_address')
    const account = accountFrom(app, tenant, row)
    const said = await adapter.test(app, account, to)
    await inTransaction(app.sql, async tx => {
      await reportUse(tx, account, [said])
      await spendTrial(tx, account, said)
      if (said.is === 'accepted') await store.setTested(tx, tenant, id, now())
    })
    const { language } = caller
    return {
      isAccepted: said.is === 'accepted',
      words: say(language, said.is === 'refused' ? `channel.${said.why}` : acceptedBy(adapter)),
      account: await shownOne({ app, tenant, language }, db, id),
    }
  },
} satisfies Answers<typeof accountsContract>

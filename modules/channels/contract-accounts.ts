// A commune's accounts at providers: entered, tried, switched off. Runs in a browser.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Done, Id, line, Ordinal, text, Whole } from '#core/shapes'

const Value = v.union([v.string(), v.number(), v.boolean()])
const Settings = v.record(v.string(), Value)

const FieldShown = v.object({
  name: v.string(),
  type: v.picklist(['text', 'host', 'email', 'whole', 'secret', 'choice', 'flag']),
  isOptional: v.boolean(),
  options: v.array(v.string()),
  initial: v.nullable(Value),
  min: v.nullable(v.number()),
  max: v.nullable(v.number()),
})

/**
 * `well`: it did what it was last asked for · `untried` · `slow`: it waits for the provider's pace or the next day's quota ·
 * `resting`: it refused so often in a row that it is left alone for a while · `refused`: a person has to put it right ·
 * `troubled`: it failed last · `off`
 */
const healths = ['well', 'untried', 'slow', 'resting', 'refused', 'troubled', 'off'] as const

export const AccountShown = v.object({
  id: v.string(),
  kind: v.string(),
  adapter: v.string(),
  name: v.string(),
  settings: Settings,
  /** Names of the secrets that are kept; never what they are. */
  secretsKept: v.array(v.string()),
  rank: v.number(),
  isOn: v.boolean(),
  version: v.number(),
  health: v.picklist(healths),
  /** What is wrong, in words; null when nothing is. */
  trouble: v.nullable(v.string()),
  troubleSince: v.nullable(v.string()),
  restsUntil: v.nullable(v.string()),
  testedAt: v.nullable(v.string()),
  /** When it last did what it was asked for. */
  lastSentAt: v.nullable(v.string()),
  /** Its last trouble, be it over or not. */
  lastTrouble: v.nullable(v.object({ at: v.string(), words: v.string() })),
  /** Where the provider calls back; null where it does not. */
  hook: v.nullable(v.string()),
  /** Access that its owner grants at the provider's page; null where there is none to grant. */
  grant: v.nullable(
    v.object({
      challenge: v.string(),
      callback: v.string(),
      state: v.picklist(['none', 'granted', 'lost']),
      at: v.nullable(v.string()),
    }),
  ),
  /** What the provider says of it, in words. */
  facts: v.array(v.object({ title: v.string(), words: v.string() })),
  today: v.object({
    messages: v.number(),
    accepted: v.number(),
    refused: v.number(),
    parts: v.number(),
    dong: v.number(),
    /** Null: no limit a day. */
    most: v.nullable(v.number()),
  }),
})
export type AccountShown = v.InferOutput<typeof AccountShown>

const Granted = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(4000))
const typed = { settings: Settings, secrets: v.optional(v.record(v.string(), v.string()), {}) }
const problems = ['account_settings_wrong', 'account_host_unsafe', 'account_demo_only']

export const accountsContract = {
  adapters: operation({
    method: 'GET',
    path: '/channel-adapters',
    summary: 'Ways of speaking to providers, each with what has to be filled in',
    who: 'channel.manage',
    takes: v.object({}),
    gives: v.object({
      items: v.array(
        v.object({
          kind: v.string(),
          name: v.string(),
          fields: v.array(FieldShown),
          /** Its test needs somebody to send to. */
          testsToAddress: v.boolean(),
        }),
      ),
    }),
  }),
  accounts: operation({
    method: 'GET',
    path: '/channel-accounts',
    summary: 'The commune’s accounts at providers: how each is, and what it was asked for today',
    who: 'channel.manage',
    takes: v.object({}),
    gives: v.object({ items: v.array(AccountShown) }),
  }),
  toFollow: operation({
    method: 'GET',
    path: '/home/pages',
    summary: 'The commune’s accounts that a home may write to with its code; `{code}` in an address stands for it',
    who: 'home.own',
    takes: v.object({}),
    gives: v.object({ items: v.array(v.object({ kind: v.string(), name: v.string(), url: v.string() })) }),
  }),
  addAccount: operation({
    method: 'POST',
    path: '/channel-accounts',
    summary: 'Enter an account; its secrets are sealed and never shown again',
    who: 'channel.manage',
    takes: v.object({ adapter: v.string(), name: line(80), ...typed }),
    gives: AccountShown,
    status: 201,
    problems: ['adapter_unknown', ...problems],
  }),
  changeAccount: operation({
    method: 'PATCH',
    path: '/channel-accounts/:accountId',
    summary: 'Change an account; a secret that is not named stays',
    who: 'channel.manage',
    at: 'accountId',
    takes: v.object({
      accountId: Id,
      version: Ordinal,
      name: v.optional(line(80)),
      settings: v.optional(Settings),
      secrets: v.optional(v.record(v.string(), v.string()), {}),
      rank: v.optional(Whole),
      isOn: v.optional(v.boolean()),
    }),
    gives: AccountShown,
    problems: ['version_conflict', ...problems],
  }),
  grantAccount: operation({
    method: 'POST',
    path: '/channel-accounts/:accountId/grant',
    summary:
      'Hand over what the provider’s page gave: its code, or a pair of tokens from its console; they are sealed and never shown again',
    who: 'channel.manage',
    at: 'accountId',
    transaction: false,
    limit: { calls: 10, seconds: 600 },
    takes: v.object({
      accountId: Id,
      granted: v.union([
        v.strictObject({ code: Granted }),
        v.strictObject({ accessToken: Granted, refreshToken: Granted }),
      ]),
    }),
    gives: v.object({ isAccepted: v.boolean(), words: v.string(), account: AccountShown }),
    problems: ['account_grant_none'],
  }),
  orderAccounts: operation({
    method: 'PUT',
    path: '/channel-accounts/order',
    summary:
      'In which order the accounts of a kind are asked: the next one takes over while those before it may not send',
    who: 'channel.manage',
    takes: v.object({ kind: line(20), accountIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(50)) }),
    gives: v.object({ items: v.array(AccountShown) }),
    problems: ['accounts_changed'],
  }),
  removeAccount: operation({
    method: 'DELETE',
    path: '/channel-accounts/:accountId',
    summary: 'Take an account away; its secrets are erased, what was sent stays counted',
    who: 'channel.manage',
    at: 'accountId',
    takes: v.object({ accountId: Id }),
    gives: Done,
  }),
  testAccount: operation({
    method: 'POST',
    path: '/channel-accounts/:accountId/test',
    summary: 'Send a test to an address of one’s own',
    who: 'channel.manage',
    at: 'accountId',
    transaction: false,
    limit: { calls: 10, seconds: 600 },
    takes: v.object({ accountId: Id, to: v.optional(text(254), '') }),
    gives: v.object({ isAccepted: v.boolean(), words: v.string(), account: AccountShown }),
    problems: ['account_test_address'],
  }),
}

const Budget = v.object({
  /** Đồng a month; null: no limit. */
  dong: v.nullable(v.number()),
  version: v.number(),
  /** `2026-11` */
  month: v.string(),
  /** This month, with what is put aside for messages in hand. */
  spent: v.object({ messages: v.number(), parts: v.number(), dong: v.number() }),
})

export const budgetContract = {
  budget: operation({
    method: 'GET',
    path: '/channel-budget',
    summary: 'What messages may cost the commune in a month, and what they have cost so far',
    who: 'channel.manage',
    takes: v.object({}),
    gives: Budget,
  }),
  setBudget: operation({
    method: 'PUT',
    path: '/channel-budget',
    summary:
      'Set what messages may cost in a month; at its end nothing that costs goes out, but an emergency that a second person approved',
    who: 'channel.manage',
    takes: v.object({ dong: v.nullable(Whole), version: Whole }),
    gives: Budget,
    problems: ['version_conflict'],
  }),
}

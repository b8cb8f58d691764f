import { expect, test } from 'vitest'
import { statements, statementsIn, type Statement } from './sql-text.ts'
import { referenceTables, tablesOfCommunes } from './tables.ts'

const ofCommunes = new Set((await tablesOfCommunes()).filter(table => !referenceTables.has(table)))

/** Where the parenthesis around a spot opens and closes; the whole text outside of any. */
function around(text: string, spot: number): [number, number] {
  let from = 0
  for (let at = spot, open = 0; at >= 0; at--) {
    if (text[at] === ')') open++
    else if (text[at] === '(' && open-- === 0) {
      from = at + 1
      break
    }
  }
  let to = text.length
  for (let at = spot, open = 0; at < text.length; at++) {
    if (text[at] === '(') open++
    else if (text[at] === ')' && open-- === 0) {
      to = at
      break
    }
  }
  return [from, to]
}

/** A select without the selects inside it. */
function ownWords(text: string): string {
  let own = text
  for (;;) {
    const inner = [...own.matchAll(/\(\s*(?:select|with|update|insert|delete)\b/g)].at(-1)
    if (!inner) return own
    const [from, to] = around(own, inner.index + 1)
    own = `${own.slice(0, from - 1)}[]${own.slice(to + 1)}`
  }
}

const words = new Set([
  'set',
  'where',
  'on',
  'using',
  'order',
  'group',
  'left',
  'cross',
  'join',
  'for',
  'values',
  'limit',
  'union',
  'returning',
  'as',
  'inner',
  'natural',
  'having',
  'select',
])

/** Is a commune asked for by this name of the table: `h.commune_id = `, `= h.commune_id`, `(h.commune_id, …) = `? */
const asksBy = (name: string, text: string) =>
  new RegExp(
    String.raw`(?<![\w.])${name}commune_id\s*(=|in\b|is not distinct)|=\s*(any\()?${name}commune_id\b|(where|and|or|on|using|not)\s*\(\s*${name}commune_id\b`,
  ).test(text)

/** The tables of communes that a statement touches without naming the commune. */
function loose({ text }: Pick<Statement, 'text'>): string[] {
  const found: string[] = []
  for (const match of text.matchAll(/\b(into|from|join|update)\s+(?:only\s+)?loa\.(\w+)(?:\s+(?:as\s+)?(\w+))?/g)) {
    const [, verb, table, next] = match as unknown as [string, string, string, string | undefined]
    if (!ofCommunes.has(table)) continue
    if (verb === 'into') {
      const columns = /^\s*(?:as\s+)?\w*\s*\(([^)]*)\)/.exec(
        text.slice(match.index + verb.length).replace(/^\s*loa\.\w+/, ''),
      )
      if (!columns?.[1]!.trim().startsWith('commune_id')) found.push(table)
      continue
    }
    const [from, to] = around(text, match.index)
    const scope = text.slice(from, to)
    const alias = next && !words.has(next) ? next : table
    if (!asksBy(String.raw`${alias}\.`, scope) && !asksBy('', ownWords(scope))) found.push(table)
  }
  return found
}

/** What sweeps all communes at once, each with its reason: nobody's request runs one of these. */
const sweeps: [start: string, why: string][] = [
  ['delete from loa.once where at <', 'answers kept for repetitions are forgotten by age'],
  [
    'select distinct commune_id from loa.trail where no is null',
    'the sealer finds the communes that have entries to seal',
  ],
  ['update loa.import_run set bytes = null', 'uploaded sheets are forgotten by age'],
  ["update loa.import_run set summary = summary - 'refused'", 'refused rows are forgotten by age'],
  ['delete from loa.heard_last where at <', 'when somebody last spoke is forgotten by age'],
  ['delete from loa.sent_to where at <', 'what went to whom is forgotten by age'],
  [
    'select commune_id as tenant, id, name, trouble_since as since from loa.channel_account',
    'a worker finds accounts that wait for a person: a few rows a commune',
  ],
  ['delete from loa.part_heard where heard_at <', 'what providers told of nothing of ours is forgotten by age'],
  ['delete from loa.talk where at <', 'which message went to a number last is forgotten by age'],
  ['delete from loa.reply_heard where at <', 'that somebody answered is forgotten by age'],
  [
    'delete from loa.link_code where ends_at <',
    'codes that link an account to a home are forgotten a day after their end',
  ],
  ['delete from loa.delivery_address where published_id <', 'addresses go with the month that is dropped'],
  [
    'select commune_id as tenant, published_id as "publishedId", chat_id as chat, act, account_id as account, tries from loa.outlet_act',
    'a worker finds posts that a dead one began, by an index of their own',
  ],
  [
    "select distinct commune_id as tenant from loa.outlet_act where state = 'waiting'",
    'a worker finds the communes with posts that are due, by an index of their own',
  ],
  [
    "select commune_id as tenant, id from loa.arrival where state = 'waiting'",
    'offers that nobody took are ended by age',
  ],
  ['delete from loa.look where at <', 'looks are forgotten by age'],
  ['update loa.invitation set ends_at =', 'an account is no commune’s: all its invitations die together'],
  [
    'select commune_id as tenant, channel, is_emergency as "isEmergency" from loa.delivery_lane',
    'a worker finds the lanes that wait, by an index of its own',
  ],
  [
    'select channel, is_emergency as "isEmergency", count(*)::int as communes, min(due_at) as "dueAt" from loa.delivery_lane',
    'figures for a monitoring system: a row a commune and channel, no home',
  ],
  [
    'select commune_id as tenant, published_id as "publishedId", step, channel from loa.ladder_step',
    'a worker finds the steps that are due, by an index of its own',
  ],
  [
    'select commune_id as tenant, published_id as "publishedId" from loa.publication where households is null',
    'a worker finds homes that were not written after a crash',
  ],
  [
    'select commune_id as tenant, $ from loa.channel_account where adapter =',
    'a worker keeps a line open for every account that speaks so',
  ],
  ["select commune_id, id from loa.notice where state = 'scheduled'", 'a worker finds notices whose hour has come'],
  [
    'select commune_id as tenant, id from loa.question where answered_at is null and late_told_at is null',
    'a worker finds questions that are past their time, by an index of its own',
  ],
  [
    'select commune_id, published_id, notice_id, array_agg(unit_id) as unit_ids from loa.relay',
    'a worker finds relays that are past their time',
  ],
]
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const isSweep = (text: string) => sweeps.some(([start]) => plain(text).startsWith(start))

test('every statement that touches a commune’s rows names the commune', () => {
  expect(ofCommunes.size).toBeGreaterThan(40)
  const breaches = statements.flatMap(({ file, text }) =>
    isSweep(text) ? [] : loose({ text }).map(table => `${file}: ${table} in ${plain(text).slice(0, 120)}`),
  )
  expect(breaches).toEqual([])
})

test('every sweep over all communes is still there', () => {
  const gone = sweeps.filter(([start]) => !statements.some(({ text }) => plain(text).startsWith(start)))
  expect(gone).toEqual([])
})

test('a statement that forgets the commune is seen, in a join, a subselect, a row comparison and a list of columns too', () => {
  const planted = (sql: string) =>
    statementsIn({ part: 'people', file: 'planted.ts', text: `db\`${sql}\`` }).flatMap(loose)
  for (const sql of [
    'select 1 from loa.household where id = ${id}',
    'select commune_id from loa.household where id = ${id} order by commune_id, id',
    'update loa.household set say = null where id = ${id}',
    'delete from loa.household where id = ${id}',
    'select 1 from loa.notice n join loa.household h on h.id = n.home_id where n.commune_id = ${tenant}',
    'select 1 from loa.notice n where n.commune_id = ${tenant} and exists (select 1 from loa.household h where h.id = n.home)',
    'select 1 from loa.household where id in (select id from loa.notice where commune_id = ${tenant})',
    'insert into loa.household (id, commune_id) values (${id}, ${tenant})',
  ])
    expect([sql, planted(sql).length]).toEqual([sql, 1])
  for (const sql of [
    'select 1 from loa.household where commune_id = ${tenant} and id = ${id}',
    'select 1 from loa.notice n join loa.household h on h.commune_id = n.commune_id and h.id = n.home where n.commune_id = ${tenant}',
    'select 1 from loa.household h where (h.commune_id, h.id) in (select 1, 2)',
    'insert into loa.household as h (commune_id, id) values (${tenant}, ${id})',
    'select 1 from loa.setting where key = ${key}',
  ])
    expect([sql, planted(sql)]).toEqual([sql, []])
})

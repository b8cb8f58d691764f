import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { addChannel, purposesAsked, type Channel } from '#channels'
import { send, type Message } from '#delivery'
import { homesThatRefuse } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { levels } from './levels.ts'
import { defaultTopics, isOptional } from './optional.ts'

const { app, ask, settle } = await testApp()
await settle()

const heard: string[] = []
const channel: Channel = {
  kind: 'optional',
  declares: {
    takesKey: true,
    replacesByTopic: false,
    isAskable: false,
    address: 'device',
    cost: 0,
    proves: ['sent'],
    phoneKinds: ['app'],
    batch: 50,
    parallel: 5,
  },
  async find({ sql }, tenant, ids, about) {
    const refused = await homesThatRefuse(sql, tenant, ids, purposesAsked(about))
    return new Map(ids.map(id => [id, refused.has(id) ? { optedOut: true } : { addresses: [{ id, value: id }] }]))
  },
  handOver(_app, _message, { householdId }) {
    heard.push(householdId)
    return Promise.resolve({ is: 'accepted' })
  },
}
addChannel(channel)

const c = await testCommune(app.sql, [2])
const [home, neighbour] = c.villages[0]!.homes as [string, string]

/** Noon, so that no quiet hours hold it back. */
const noon = new Date(`${new Date().toISOString().slice(0, 10)}T05:00:00Z`)

/** @returns homes that were told */
async function told(topic: string, changes: Partial<Message> = {}) {
  heard.length = 0
  const message = testMessage(c.tenant, [c.unit], { class: 'normal', ask: 'delivered', publishedAt: noon, ...changes })
  await inTransaction(app.sql, tx => send(app, tx, { ...message, content: { ...message.content, topic } }))
  await app.sql`
    update loa.ladder_step set due_at = ${new Date(0)}, channel = 'optional'
    where commune_id = ${c.tenant} and channel = 'push'`
  await settle()
  return new Set(heard)
}

test('a home that stops optional topics gets no more of them, and still all that is a duty, until it says otherwise', async () => {
  expect(await told('livelihood')).toEqual(new Set([home, neighbour]))
  const asked = await ask('POST', 'home/requests', { token: await c.resident(home), body: { kind: 'stop' } })
  expect(asked.status).toBe(201)
  expect(await told('livelihood')).toEqual(new Set([neighbour]))
  const [row] = await app.sql<{ state: string }[]>`
    select state from loa.delivery where commune_id = ${c.tenant} and household_id = ${home}
    order by published_id desc limit 1`
  expect(row!.state).toBe('opted_out')
  for (const duty of ['disease', 'policy', 'a topic of its own']) expect(await told(duty)).toContain(home)
  expect(await told('livelihood', { ask: 'acknowledged' })).toContain(home)
  expect(await told('livelihood', { class: 'priority' })).toContain(home)
  const body = { purpose: 'optional_topics', said: 'yes', basis: 'consent', how: 'spoken', wording: 'Nhắn lại cho tôi' }
  const token = await c.staff('commune_officer')
  expect((await ask('POST', `households/${c.out(home)}/consents`, { token, body })).status).toBe(201)
  expect(await told('livelihood')).toContain(home)
})

test('nothing urgent and nothing that asks for an answer is ever optional', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('normal', 'priority', 'emergency'),
      fc.constantFrom(...levels),
      fc.oneof(fc.constantFrom(...defaultTopics.body.optional), fc.string()),
      (is, asks, topic) => {
        const message = testMessage(1, [], { class: is, ask: asks })
        const can = isOptional({ ...message, content: { ...message.content, topic } }, defaultTopics.body)
        if (can) expect([is, ['acknowledged', 'acted'].includes(asks)]).toEqual(['normal', false])
        if (!defaultTopics.body.optional.includes(topic)) expect(can).toBe(false)
      },
    ),
  )
})

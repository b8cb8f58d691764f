// A channel that renders, takes and does nothing: what is left is our own cost.
import type { Channel } from '#channels'

export const taken = { count: 0, bytes: 0, firstAt: new Map<string, number>() }

export const nothing: Channel = {
  kind: 'nothing',
  declares: {
    takesKey: true,
    replacesByTopic: false,
    isAskable: false,
    address: 'device',
    cost: 0,
    proves: [],
    phoneKinds: ['app', 'voice'],
    batch: 500,
    parallel: 1,
  },
  find: (_app, _tenant, householdIds) =>
    Promise.resolve(new Map(householdIds.map(id => [id, { addresses: [{ id, value: id }] }]))),
  handOver(_app, message, piece) {
    const body = JSON.stringify({
      key: piece.key,
      to: piece.addresses[0]!.value,
      title: message.title,
      words: message.words,
    })
    taken.count++
    taken.bytes += body.length
    if (message.class === 'emergency' && !taken.firstAt.has(message.publishedId))
      taken.firstAt.set(message.publishedId, performance.now())
    return Promise.resolve({ is: 'accepted' })
  },
}

/** The same, where the provider's acceptance is written into the reach of every home. */
export const nothingProven: Channel = {
  ...nothing,
  kind: 'nothing-proven',
  declares: { ...nothing.declares, proves: ['sent'] },
}

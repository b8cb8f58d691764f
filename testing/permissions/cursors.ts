// Every list of every contract, gone on with by what no list ever gave.
import type { Operation } from '#core/operation'
import type { Module } from '#core/module'
import type { TestApp } from '#testing/app'
import { namesOf, operationsOf, requestOf, subjectOf } from './walk.ts'
import type { World } from './world.ts'

const id = '01939a51-0000-7000-8000-000000000000'
const coded = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')

/** In the form of a place, with something that no column holds. */
const strange = ['+010000-01-01T00:00:00.000Z', '\0', '-'.repeat(36), 2 ** 31]
export const garbage = [
  'x',
  ...[null, {}, { at: 'x', id }, [id, id, id, id, id]].map(coded),
  ...strange.flatMap(one => [[one], [1, one], [1, 'Lò', one], [id, 1, one, one], [one, one]].map(coded)),
  ...['\0', '-'.repeat(36)].map(text => coded([text, text])),
  ...['\0', 2 ** 31].map(one => coded([one, id])),
]
/** A place in a list by names, perhaps; in one by time it is none. */
export const tooLate = coded([strange[0], id])

const isList = ({ method, takes }: Operation) =>
  method === 'GET' && 'entries' in takes && 'cursor' in (takes.entries as object)

export const listsOf = (modules: readonly Module[]) => operationsOf(modules).filter(({ op }) => isList(op))

/** Asks as somebody whom it answers. @returns one answer for each cursor */
export async function goOn(loa: TestApp, world: World, op: Operation, cursors: readonly string[]) {
  const subject = subjectOf(op, namesOf(world))
  for (const { token, spots } of world.actors)
    for (const spot of Object.values(spots)) {
      if (subject && spot[subject] === undefined) continue
      const { url } = requestOf(op, subject, spot, world.madeUp)
      if ((await loa.ask('GET', url, { token })).status !== 200) continue
      const sign = url.includes('?') ? '&' : '?'
      return Promise.all(cursors.map(cursor => loa.ask('GET', `${url}${sign}cursor=${cursor}`, { token })))
    }
  throw new Error(`${op.path} opens to nobody`)
}

import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Day, Done, Id, Limit, line, page, text, UnitRef, Uuid } from '#core/shapes'
import { ownerOperations } from './contract-owners.ts'
import { levels } from './names.ts'

export { levels, unitTitle, type Level } from './names.ts'

const Link = v.object({ id: Uuid, code: v.nullable(v.string()), title: v.string() })

/** A unit as it stands on a day. */
export const Unit = v.object({
  id: Uuid,
  /** Small number of its commune or province, the same on every installation. */
  communeId: v.number(),
  level: v.picklist(levels),
  no: v.number(),
  /** Official units only. The same code may have meant another unit on another day. */
  code: v.nullable(v.string()),
  name: v.string(),
  /** The word before the name: xã, phường, thôn, bản, tổ dân phố… It is data. */
  kind: v.string(),
  /** `Xã Sơn Động`. */
  title: v.string(),
  parent: v.nullable(Link),
})
export type Unit = v.InferOutput<typeof Unit>

/** A unit found by a name; `formerly` when the name is not the one it bears on the day asked. */
export const FoundUnit = v.object({
  ...Unit.entries,
  formerly: v.optional(
    v.object({
      title: v.string(),
      /** The old district and province, as people still say them. */
      district: v.string(),
      /** The first day without that name. */
      until: v.nullable(Day),
    }),
  ),
  /** The old name may mean several units of the day: what to ask the person, and the possible answers. */
  question: v.optional(v.string()),
  choices: v.optional(v.array(Link)),
})
export type FoundUnit = v.InferOutput<typeof FoundUnit>

/** What a village is called: the kind is a word of the place, not one of a list. */
const Naming = { name: line(80), kind: line(30) }
/** The paper that decided it: number and date, or a sentence. */
const source = v.optional(text(200), '')

export const contract = {
  ...ownerOperations,
  list: operation({
    method: 'GET',
    path: '/units',
    summary: 'Units by code, by name (old names too, with or without marks) or by parent, as of a day',
    who: 'anyone',
    takes: v.object({
      /** An official code as it was used on the day asked. */
      code: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(10))),
      /** The beginning of a name, with its kind and what it lies in or not: `An Châu`, `xã An Châu, huyện Sơn Động`. */
      name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200))),
      /** Its children; with a name everything below it. */
      parent: v.optional(UnitRef),
      asOf: v.optional(Day),
      cursor: Cursor,
      limit: Limit,
    }),
    gives: page(FoundUnit),
    problems: ['unit_unknown', 'unit_code_ended', 'bad_cursor'],
  }),
  get: operation({
    method: 'GET',
    path: '/units/:unit',
    summary: 'A unit with everything it has been, what happened to it, and its old names',
    who: 'anyone',
    takes: v.object({ unit: UnitRef, asOf: v.optional(Day) }),
    gives: v.object({
      ...Unit.entries,
      /** The first day on which it stood no more; null while it stands. A closed unit is shown as it was at last. */
      closedOn: v.nullable(Day),
      above: v.array(Link),
      versions: v.array(
        v.object({
          validFrom: Day,
          validTo: v.nullable(Day),
          code: v.nullable(v.string()),
          name: v.string(),
          kind: v.string(),
          title: v.string(),
        }),
      ),
      changes: v.array(
        v.object({
          kind: v.string(),
          on: Day,
          /** Taken back: from that day it holds no more. */
          undoneOn: v.nullable(Day),
          source: v.string(),
          from: v.nullable(v.object({ id: Uuid, title: v.string() })),
          to: v.nullable(v.object({ id: Uuid, title: v.string() })),
        }),
      ),
      aliases: v.array(v.object({ name: v.string(), source: v.string() })),
      /** The merger or split that made it, while it may still be taken back. */
      undoable: v.nullable(v.object({ kind: v.picklist(['merge', 'split']), at: v.string(), until: v.string() })),
    }),
    problems: ['unit_unknown', 'unit_code_ended'],
  }),
  create: operation({
    method: 'POST',
    path: '/units/:unit/villages',
    summary: 'Makes a village of a commune, or the level below a village',
    who: 'unit.manage',
    at: 'unit',
    takes: v.object({ unit: UnitRef, ...Naming, source }),
    gives: Unit,
    problems: ['unit_unknown', 'unit_name_taken', 'unit_too_deep'],
    status: 201,
  }),
  rename: operation({
    method: 'POST',
    path: '/units/:unit/rename',
    summary: 'Another name or kind for a village; the old one stays in its history and is still found',
    who: 'unit.manage',
    at: 'unit',
    takes: v.object({ unit: UnitRef, ...Naming, source }),
    gives: Unit,
    problems: ['unit_unknown', 'unit_official', 'unit_name_taken'],
  }),
  merge: operation({
    method: 'POST',
    path: '/units/:unit/merge',
    summary: 'Villages of a commune (or units below a village) become a new one; their homes go with them',
    who: 'unit.manage',
    at: 'unit',
    takes: v.object({ unit: UnitRef, from: v.pipe(v.array(Uuid), v.maxLength(50)), ...Naming, source }),
    gives: Unit,
    problems: ['unit_unknown', 'not_found', 'unit_merge_needs_two', 'unit_too_deep', 'unit_name_taken'],
    status: 201,
  }),
  split: operation({
    method: 'POST',
    path: '/units/:unit/split',
    summary: 'A village becomes two or more; homes named go to their part, the rest to the part without a list',
    who: 'unit.manage',
    at: 'unit',
    takes: v.object({
      unit: UnitRef,
      parts: v.pipe(
        v.array(
          v.object({
            ...Naming,
            households: v.optional(v.pipe(v.array(Id), v.maxLength(5000))),
            hamlets: v.optional(v.pipe(v.array(Uuid), v.maxLength(100))),
          }),
        ),
        v.maxLength(20),
      ),
      source,
    }),
    gives: v.object({ units: v.array(Unit) }),
    problems: ['unit_unknown', 'not_found', 'unit_official', 'unit_split_parts', 'unit_split_twice', 'unit_name_taken'],
    status: 201,
  }),
  undo: operation({
    method: 'POST',
    path: '/units/:unit/undo',
    summary:
      'Takes back the merger or split that made this unit: what it closed stands again from today, homes and posts return',
    who: 'unit.manage',
    at: 'unit',
    takes: v.object({ unit: UnitRef, source }),
    gives: v.object({ units: v.array(Unit) }),
    problems: [
      'unit_unknown',
      'unit_undo_none',
      'unit_undo_late',
      'unit_undo_changed',
      'unit_undo_below',
      'unit_undo_homes',
      'unit_undo_groups',
      'unit_name_taken',
    ],
  }),
  close: operation({
    method: 'POST',
    path: '/units/:unit/close',
    summary: 'Closes a village made by mistake: only one where no home is left',
    who: 'unit.manage',
    at: 'unit',
    takes: v.object({ unit: UnitRef, source }),
    gives: Done,
    problems: ['unit_unknown', 'unit_official', 'unit_has_homes', 'unit_has_units'],
  }),
}

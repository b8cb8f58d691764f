// Owners beside the administration: banks' branches. They serve communes and belong to none.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { line, UnitRef, Uuid } from '#core/shapes'

const Owner = v.object({
  /** Its number, 100000 and up: what posts name as their unit. */
  id: v.string(),
  name: v.string(),
  communes: v.array(v.object({ id: Uuid, code: v.nullable(v.string()), title: v.string() })),
})

const communes = v.pipe(v.array(UnitRef), v.nonEmpty(), v.maxLength(500))

export const ownerOperations = {
  owners: operation({
    method: 'GET',
    path: '/owners',
    summary: 'Owners beside the administration (banks’ branches) that serve only communes below the caller',
    who: 'owner.manage',
    takes: v.object({}),
    gives: v.object({ items: v.array(Owner) }),
  }),
  makeOwner: operation({
    method: 'POST',
    path: '/owners',
    summary: 'Makes an owner that serves these communes; its posts are made at `unit` = its number',
    who: 'owner.manage',
    at: 'communes',
    takes: v.object({ name: line(120), communes }),
    gives: Owner,
    status: 201,
    problems: ['unit_unknown', 'owner_communes'],
  }),
  changeOwner: operation({
    method: 'PATCH',
    path: '/owners/:ownerId',
    summary: 'Which communes it serves from today',
    who: 'owner.manage',
    at: 'ownerId',
    takes: v.object({ ownerId: v.pipe(v.string(), v.regex(/^\d{6,9}$/)), communes }),
    gives: Owner,
    problems: ['unit_unknown', 'owner_communes', 'owner_unknown'],
  }),
}

import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Day, Done, Flag, Id, Limit, line, Ordinal, page, text, UnitRef, Uuid } from '#core/shapes'
import { groupKinds } from './kinds.ts'

export { groupKinds, isConfidential, type GroupKind } from './kinds.ts'

export const Group = v.object({
  id: Id,
  kind: v.picklist(groupKinds),
  name: v.string(),
  /** The group it is a branch of. */
  parentId: v.nullable(Id),
  /** The commune, or the village of a branch; null when it belongs to an organisation outside. */
  unit: v.nullable(v.object({ id: Uuid, title: v.string() })),
  owner: v.nullable(v.string()),
  isConfidential: v.boolean(),
  /** People who are members of it or of its branches, each once; null for who may not know. */
  members: v.nullable(v.number()),
  /** Homes of its members and of its branches' members: a message to it reaches these. Null in lists. */
  homes: v.nullable(v.number()),
  branches: v.number(),
  closedAt: v.nullable(v.string()),
})
export type Group = v.InferOutput<typeof Group>

export const Member = v.object({
  personId: Id,
  name: v.string(),
  birthYear: v.nullable(v.number()),
  householdId: Id,
  unitTitle: v.string(),
  /** What the member does there: `chi hội phó`. */
  part: v.string(),
  since: v.string(),
  /** The branch, when it is not this group's own member. */
  group: v.object({ id: Id, name: v.string() }),
})
export type Member = v.InferOutput<typeof Member>

export const contract = {
  list: operation({
    method: 'GET',
    path: '/groups',
    summary: 'Groups the caller may see: all of the commune, or the post’s own with its branches',
    who: 'group.see',
    takes: v.object({
      parent: v.optional(Id),
      kind: v.optional(v.picklist(groupKinds)),
      closed: v.optional(Flag),
      cursor: Cursor,
      limit: Limit,
    }),
    gives: page(Group),
    problems: ['bad_cursor'],
  }),
  mine: operation({
    method: 'GET',
    path: '/groups/mine',
    summary: 'Groups in which people of my home are; a confidential one only for the person alone',
    who: 'home.own',
    takes: v.object({}),
    gives: v.object({
      items: v.array(
        v.object({ id: Id, kind: v.picklist(groupKinds), name: v.string(), person: v.string(), part: v.string() }),
      ),
    }),
  }),
  get: operation({
    method: 'GET',
    path: '/groups/:groupId',
    summary: 'One group with its counts',
    who: 'group.see',
    at: 'groupId',
    takes: v.object({ groupId: Id }),
    gives: Group,
  }),
  create: operation({
    method: 'POST',
    path: '/groups',
    summary: 'Makes an association, a cell or a credit group of the commune or of a village',
    who: 'group.manage',
    at: 'unit',
    takes: v.object({
      unit: UnitRef,
      kind: v.picklist(groupKinds),
      name: line(120),
      owner: v.optional(text(120)),
    }),
    gives: Group,
    problems: ['unit_unknown', 'group_name_taken', 'group_needs_commune'],
    status: 201,
  }),
  addBranch: operation({
    method: 'POST',
    path: '/groups/:groupId/branches',
    summary: 'Makes a branch: of a village, or crossing the villages',
    who: 'group.manage',
    at: 'groupId',
    takes: v.object({ groupId: Id, name: line(120), unit: v.optional(UnitRef) }),
    gives: Group,
    problems: ['unit_unknown', 'group_name_taken', 'group_closed', 'group_too_deep'],
    status: 201,
  }),
  rename: operation({
    method: 'POST',
    path: '/groups/:groupId/rename',
    summary: 'Another name',
    who: 'group.manage',
    at: 'groupId',
    takes: v.object({ groupId: Id, name: line(120) }),
    gives: Group,
    problems: ['group_name_taken', 'group_closed'],
  }),
  close: operation({
    method: 'POST',
    path: '/groups/:groupId/close',
    summary: 'Closes a group and its branches today; memberships end, what was sent stays',
    who: 'group.manage',
    at: 'groupId',
    takes: v.object({ groupId: Id }),
    gives: Group,
    problems: ['group_closed'],
  }),
  reopen: operation({
    method: 'POST',
    path: '/groups/:groupId/reopen',
    summary: 'Undoes a closing of the last 30 days: the group, its branches and the memberships that ended with it',
    who: 'group.manage',
    at: 'groupId',
    takes: v.object({ groupId: Id }),
    gives: Group,
    problems: ['group_not_closed', 'group_closed_long_ago', 'group_closed', 'group_name_taken'],
  }),
  members: operation({
    method: 'GET',
    path: '/groups/:groupId/members',
    summary: 'Members by given name, with those of the branches; the look is noted for each home',
    who: 'group.members',
    at: 'groupId',
    takes: v.object({ groupId: Id, q: v.optional(text(100)), cursor: Cursor, limit: Limit }),
    gives: page(Member),
    problems: ['bad_cursor'],
  }),
  addMember: operation({
    method: 'POST',
    path: '/groups/:groupId/members',
    summary: 'A person joins: by id, or by the home’s number and the name as it is written there',
    who: 'group.manage',
    at: 'groupId',
    takes: v.object({
      groupId: Id,
      personId: v.optional(Id),
      householdNo: v.optional(Ordinal),
      name: v.optional(line(100)),
      part: v.optional(text(60), ''),
      from: v.optional(Day),
    }),
    gives: v.object({ personId: Id, name: v.string() }),
    problems: ['group_closed', 'person_not_there', 'person_gone', 'member_already', 'date_ahead'],
    status: 201,
    // Somebody who tries numbers and names one after the other shall not get far.
    limit: { calls: 60, seconds: 60 },
  }),
  endMember: operation({
    method: 'POST',
    path: '/groups/:groupId/members/:personId/end',
    summary: 'A membership ends today; what the home was sent before stays in its feed',
    who: 'group.manage',
    at: 'groupId',
    takes: v.object({ groupId: Id, personId: Id }),
    gives: Done,
    problems: ['not_found'],
  }),
}

// Assisted sessions: a post-holder acts for a home, with its consent by word of mouth, for a limited time.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Done, Id, Limit, page, Uuid } from '#core/shapes'

/** A home's id, the address or token of its card, or the 8 digits under the code. */
const HomeMeant = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(300))

const HomeToHelp = v.object({
  id: Id,
  headName: v.string(),
  unitName: v.string(),
  /** Who may say yes. */
  adults: v.array(v.object({ id: Id, name: v.string() })),
  minutes: v.number(),
  /** What is read aloud to the home and kept with its yes; Vietnamese in every language. */
  words: v.string(),
  /** The home has said that nobody shall act for it. */
  isForbidden: v.boolean(),
})
export type HomeToHelp = v.InferOutput<typeof HomeToHelp>

/** One assisted session as the home reads it: by post, never by the helper's name. */
const Assist = v.object({
  id: Id,
  title: v.string(),
  /** Who of the home said yes; null: somebody of the home. */
  agreedBy: v.nullable(v.string()),
  begunAt: v.string(),
  endsAt: v.string(),
  isOpen: v.boolean(),
  endedAt: v.nullable(v.string()),
  endedBy: v.nullable(v.picklist(['helper', 'home', 'post', 'time'])),
  acts: v.array(
    v.object({
      what: v.picklist(['acknowledged', 'asked', 'requested']),
      at: v.string(),
      noticeId: v.nullable(Id),
      /** Of a request: `correct`, `stop`. */
      kind: v.nullable(v.string()),
    }),
  ),
})
export type Assist = v.InferOutput<typeof Assist>

export const assistContract = {
  homeToHelp: operation({
    method: 'POST',
    path: '/assisted-sessions/home',
    summary: 'The home to act for: a door given to me, one of my village, or the one whose card I was handed; noted',
    who: 'home.assist',
    at: 'home',
    takes: v.object({ home: HomeMeant }),
    gives: HomeToHelp,
    problems: ['digits_unknown', 'card_ended', 'no_post'],
    limit: { calls: 30, seconds: 600 },
  }),
  beginAssist: operation({
    method: 'POST',
    path: '/assisted-sessions',
    summary: 'Notes the home’s spoken consent, then opens its own app for a while; idempotent by its id',
    who: 'home.assist',
    at: 'home',
    transaction: false,
    takes: v.object({
      id: Uuid,
      home: HomeMeant,
      /** Who said yes; null: somebody of the home. */
      person: v.optional(v.nullable(Id), null),
      /** Asked and answered aloud. */
      agreed: v.boolean(),
    }),
    gives: v.object({ id: Id, endsAt: v.string() }),
    status: 201,
    problems: [
      'consent_needed',
      'assist_forbidden',
      'assist_ended',
      'key_reused',
      'digits_unknown',
      'card_ended',
      'no_post',
    ],
    limit: { calls: 30, seconds: 600 },
  }),
  endAssist: operation({
    method: 'POST',
    path: '/assisted-sessions/:assistId/end',
    summary: 'Ends an assisted session: by the helper, or by the home; it dies at once',
    who: 'signed_in',
    assisted: true,
    takes: v.object({ assistId: Id }),
    gives: Done,
  }),
  myAssists: operation({
    method: 'GET',
    path: '/home/assisted-sessions',
    summary: 'Who acted for this home, as which post, what was done, and whether it allows more',
    who: 'home.own',
    assisted: true,
    takes: v.object({ cursor: Cursor, limit: Limit }),
    gives: v.object({ ...page(Assist).entries, isAllowed: v.boolean() }),
    problems: ['bad_cursor'],
  }),
  allowAssists: operation({
    method: 'POST',
    path: '/home/assisted-sessions/allow',
    summary: 'Forbids that anybody acts for this home, which ends what is open; or allows it again',
    who: 'home.own',
    assisted: true,
    takes: v.object({ allowed: v.boolean() }),
    gives: Done,
    problems: ['not_for_helper'],
  }),
}

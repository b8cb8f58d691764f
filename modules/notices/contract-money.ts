// An emergency for which the month's money did not do. Runs in a browser.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Done, Id } from '#core/shapes'

export const moneyOperations = {
  moneyWaiting: operation({
    method: 'GET',
    path: '/approvals/money',
    summary: 'Emergencies whose paid messages stopped at the month’s budget and wait for a second person’s yes',
    who: 'notice.approve',
    takes: v.object({}),
    gives: v.object({
      items: v.array(
        v.object({
          noticeId: v.string(),
          title: v.string(),
          author: v.string(),
          /** Homes not reached whose message waits. */
          homes: v.number(),
          askedAt: v.string(),
          /** One's own text needs another person. */
          isMine: v.boolean(),
        }),
      ),
    }),
  }),
  approveMoney: operation({
    method: 'POST',
    path: '/notices/:noticeId/approve-money',
    summary: 'A second person lets the paid messages of an emergency go on above the month’s budget',
    who: 'notice.approve',
    at: 'noticeId',
    takes: v.object({ noticeId: Id }),
    gives: Done,
    problems: ['nothing_to_approve', 'approver_same'],
  }),
}

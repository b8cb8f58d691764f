// The month's money did not do for an emergency: the chair lets its messages go on, or leaves it to the doors.
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api, type Refusal } from '../api.ts'
import type { Contracts } from '../contracts.ts'
import { Act, Acts, ClassTag, Sheet, toast } from '../kit.tsx'
import { linkTo } from '../links.ts'
import { number } from '../numbers.ts'
import { near } from '../time.ts'
import { say } from './say.ts'

export type MoneyAsked = Answer<Contracts['notices']['moneyWaiting']>['items'][number]

async function approve(noticeId: string) {
  try {
    await api.notices.approveMoney({ noticeId })
    toast(say('money_approved'))
  } catch (error) {
    toast((error as Refusal).message)
  }
}

export function MoneyCard({ of, onDone }: { of: MoneyAsked; onDone: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const read = linkTo('/notices/:noticeId', { noticeId: of.noticeId })
  return (
    <article class="notice stack">
      <p class="by">
        <ClassTag of="emergency" /> {say('by_author', { author: of.author, time: near(of.askedAt) })}
      </p>
      <h2>{read ? <a href={read}>{of.title}</a> : of.title}</h2>
      <p>{say('money_words', { n: number(of.homes) })}</p>
      <Acts isLeft>
        <Act
          kind="alarm"
          icon="khan"
          disabledBecause={of.isMine && say('own_needs_other')}
          onClick={() => setAsking(true)}
        >
          {say('money_approve')}
        </Act>
      </Acts>
      <Sheet title={say('money_sure', { n: number(of.homes) })} isOpen={isAsking} onClose={() => setAsking(false)}>
        <div class="stack">
          <p>{say('money_sure_words')}</p>
          <Act
            kind="alarm"
            icon="khan"
            onClick={async () => {
              await approve(of.noticeId)
              setAsking(false)
              onDone()
            }}
          >
            {say('money_approve')}
          </Act>
        </div>
      </Sheet>
    </article>
  )
}

import type { Answer } from '#core/operation'
import type { Contracts } from '../contracts.ts'
import { ClassTag, Said, Tag } from '../kit.tsx'
import { linkTo } from '../links.ts'
import { near } from '../time.ts'
import { say } from './say.ts'

export type Alone = Answer<Contracts['notices']['sentAlone']>['items'][number]

/** An emergency that left without a second person: who sent it, and the reason written for whoever was not asked. */
export function SentAlone({ of }: { of: Alone }) {
  const read = linkTo('/notices/:noticeId', { noticeId: of.noticeId })
  return (
    <article class="notice stack">
      <p>
        <ClassTag of={of.class} /> {of.isCorrection && <Tag>{say('correction')}</Tag>}
      </p>
      <h3>{read ? <a href={read}>{of.title}</a> : of.title}</h3>
      <Said by={say('alone_by', { by: of.by, time: near(of.sentAt) })}>
        <p>{of.reason}</p>
      </Said>
    </article>
  )
}

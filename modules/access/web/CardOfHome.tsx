import type { Answer } from '#core/operation'
import type { Contracts } from '#web/contracts.ts'
import { Qr } from './Code.tsx'
import { say } from './say.ts'

export type Card = Answer<Contracts['access']['issueCard']>

/** What a home keeps: the code opens it, the digits only name it. */
export const CardOfHome = ({ card, place }: { card: Card; place: string }) => (
  <div class="card-of-home">
    <Qr qr={card.qr} label={say('card_label', { name: card.headName })} />
    <b>{say('join_home', { name: card.headName })}</b>
    <br />
    <span class="s">
      {say('home_no', { no: card.no })}, {place}
    </span>
    <br />
    <span class="code">
      {card.village}-{card.digits}
    </span>
    <p class="s">
      {say('card_words')} {card.follows.length > 0 && `${say('card_follows', { names: card.follows.join(', ') })} `}
      {say('card_page', { page: card.page.replace(/^https?:\/\//, '') })}
    </p>
  </div>
)

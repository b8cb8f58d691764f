import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Failed, Lines, Sheet } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { date, near } from '#web/time.ts'
import { CardOfHome, type Card } from './CardOfHome.tsx'
import { CodeToScan, type Code } from './Code.tsx'
import type { HomeLine } from './Phones.tsx'
import { doing, say } from './say.ts'

type Phones = Answer<Contracts['access']['homePhones']>

const PhonesNow = ({ phones }: { phones: Phones }) => (
  <>
    <p>
      {phones.cardMadeAt ? say('card_since', { day: date(phones.cardMadeAt) }) : say('card_none')}
      <br />
      {phones.phones.length ? say('phones_n', { n: phones.phones.length }) : say('phones_none')}
    </p>
    <ul>
      {phones.phones.map(phone => (
        <li key={phone.id} class="by">
          {phone.name || say('phone_unknown')}, {say('seen_at', { time: near(phone.seenAt) })}
        </li>
      ))}
    </ul>
  </>
)

const NewCard = ({ card, place, isFirst }: { card: Card; place: string; isFirst: boolean }) => (
  <div class="stack to-print">
    <CardOfHome card={card} place={place} />
    {!isFirst && <p class="by no-print">{say('card_dead')}</p>}
    <p class="no-print">
      <Act icon="in" onClick={() => print()}>
        {say('print')}
      </Act>
    </p>
  </div>
)

/** A first card is given at once; a new one is asked for twice, since the old one and its phones die. */
function IssueCard({ hasCard, onIssue }: { hasCard: boolean; onIssue: () => unknown }) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Act kind="quiet-main" onClick={hasCard ? () => setAsked(true) : onIssue}>
        {say(hasCard ? 'card_again' : 'card_first')}
      </Act>
    )
  return (
    <div class="stack" role="alert">
      <p>{say('card_sure')}</p>
      <Acts isLeft>
        <Act onClick={onIssue}>{say('card_again')}</Act>
        <Act kind="quiet" onClick={() => setAsked(false)}>
          {say('stay')}
        </Act>
      </Acts>
    </div>
  )
}

/** After the head has looked at the name: a code for the phone in front of him, or a new card. */
export function HomePhones({ home, onClose }: { home: HomeLine; onClose: () => void }) {
  const householdId = home.id
  const now = useLoaded(() => api.access.homePhones({ householdId }), [householdId])
  const [code, setCode] = useState<Code>()
  const [card, setCard] = useState<Card>()
  return (
    <Sheet title={say('join_home', { name: home.headName })} isOpen onClose={onClose}>
      {code && <CodeToScan words={say('code_home', { name: home.headName })} code={code} />}
      {card && <NewCard card={card} place={home.unitName} isFirst={now.value?.cardMadeAt === null} />}
      {!code && !card && (
        <div class="stack-l stack">
          {now.refusal && <Failed refusal={now.refusal} retry={now.reload} />}
          {now.isLoading && <Lines />}
          {now.value && <PhonesNow phones={now.value} />}
          <Act kind="main" icon="qr" onClick={async () => setCode(await doing(api.access.linkPhone({ householdId })))}>
            {say('link_phone')}
          </Act>
          {now.value && (
            <IssueCard
              hasCard={now.value.cardMadeAt !== null}
              onIssue={async () => setCard(await doing(api.access.issueCard({ householdId })))}
            />
          )}
        </div>
      )}
    </Sheet>
  )
}

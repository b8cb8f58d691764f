// All cards of a village on paper, to be cut out.
import './access.css'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { unitsBelow } from '#web/units-below.ts'
import { Act, Empty, Page, Pick, Progress } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { CardOfHome, type Card } from './CardOfHome.tsx'
import { doing, say } from './say.ts'

const isVillage = () => me.value?.unit?.level === 'village'

/** A chair chooses the village; a head has one. */
const villages = async () => {
  const unit = me.value?.unit
  if (!unit) return []
  if (isVillage()) return [{ value: unit.id, label: unit.title }]
  return unitsBelow(unit.id)
}

export function PrintCards() {
  const units = useLoaded(villages, [])
  const [chosen, setChosen] = useState(isVillage() ? (me.value?.unit?.id ?? '') : '')
  const [cards, setCards] = useState<Card[]>([])
  const [isMaking, setMaking] = useState(false)
  const place = units.value?.find(unit => unit.value === chosen)?.label ?? ''
  const make = async () => {
    setMaking(true)
    const made: Card[] = []
    for (let after: number | null = 0; after !== null;) {
      const page: { items: Card[]; next: number | null } | undefined = await doing(
        api.access.printCards({ unit: chosen, after, limit: 100 }),
      )
      made.push(...(page?.items ?? []))
      setCards([...made])
      after = page?.next ?? null
    }
    setMaking(false)
  }
  return (
    <Page title={say('print_title')} back="/phones">
      <div class="pad stack no-print">
        <p class="soft">{say('print_words')}</p>
        {!isVillage() && (
          <Pick
            label={say('where')}
            value={chosen}
            options={[{ value: '', label: say('choose') }, ...(units.value ?? [])]}
            onChange={to => {
              setChosen(to)
              setCards([])
            }}
          />
        )}
        {!cards.length && (
          <Act kind="main" onClick={make} disabledBecause={!chosen && say('choose_place')}>
            {say('print_make')}
          </Act>
        )}
        {isMaking && <Progress value={cards.length} max={cards.length + 100} label={say('print_making')} />}
        {!isMaking && cards.length > 0 && (
          <Act kind="main" icon="in" onClick={() => print()}>
            {say('print_n', { n: cards.length })}
          </Act>
        )}
      </div>
      {!isMaking && !cards.length && !chosen && <Empty title={say('choose_place')} icon="qr" />}
      <div class="cards">
        {cards.map(card => (
          <CardOfHome key={card.household} card={card} place={place} />
        ))}
      </div>
    </Page>
  )
}

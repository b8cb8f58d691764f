// One home: what is known of it, who lives there, how it is reached, what happened to it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useRoute } from '#web/router.tsx'
import { api, type Refusal } from '#web/api.ts'
import { Act, Acts, Facts, Failed, Form, Group, Lines, Page, Sheet, Tag, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { linkTo } from '#web/links.ts'
import { number } from '#web/numbers.ts'
import { date, near } from '#web/time.ts'
import type { HomeAnswer } from '../shapes.ts'
import { languageName, type Need } from '../words-of-homes.ts'
import { ContactsPart } from './ContactsPart.tsx'
import { asFields, HomeForm, isPinBad, type HomeDraft } from './HomeForm.tsx'
import { LifePart } from './LifePart.tsx'
import { PeoplePart } from './PeoplePart.tsx'
import { say, term } from './say.ts'
import './people.css'

export interface PartProps {
  home: HomeAnswer
  /** Puts in what an act has changed. */
  set: (home: HomeAnswer) => void
}

const draftOf = (home: HomeAnswer): HomeDraft => ({
  sheetNo: home.sheetNo ?? '',
  alley: home.alley,
  landmark: home.landmark,
  way: home.way,
  pin: home.pin ? `${home.pin.lat}, ${home.pin.lng}` : '',
  language: home.languages[0] ?? 'vi',
  listener: home.listener ?? '',
  needs: home.needs as Need[],
  phoneKind: home.phoneKind,
  say: home.say,
})

/** Of two editors the second sees both versions, and nothing he typed is lost. */
function Edit({ home, set, close }: PartProps & { close: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(home))
  const [theirs, setTheirs] = useState<HomeAnswer>()
  const base = theirs ?? home
  const conflict = useRef<HTMLElement>(null)
  // The button pressed stands at the foot of a long form, the other version at its head.
  useEffect(() => conflict.current?.focus(), [theirs])
  const save = async () => {
    try {
      set(await api.people.change({ householdId: home.id, version: base.version, ...asFields(draft, base.languages) }))
      toast(say('saved'))
      close()
    } catch (error) {
      const refusal = error as Refusal & { theirs?: HomeAnswer }
      if (refusal.code === 'version_conflict' && refusal.theirs) setTheirs(refusal.theirs)
      toast(refusal.message)
    }
  }
  return (
    <Form onSubmit={save}>
      {theirs && (
        <section class="band pad stack" role="status" tabIndex={-1} ref={conflict}>
          <p>{say('conflict')}</p>
          <HomeFacts home={theirs} />
          <Acts isLeft>
            <Act kind="quiet" onClick={() => setDraft(draftOf(theirs))}>
              {say('take_theirs')}
            </Act>
          </Acts>
        </section>
      )}
      <HomeForm draft={draft} change={setDraft} isOpen />
      <Act kind="main" submit disabledBecause={isPinBad(draft) && say('pin_bad')}>
        {say(theirs ? 'keep_mine' : 'save')}
      </Act>
    </Form>
  )
}

function HomeFacts({ home }: { home: HomeAnswer }) {
  const heard = home.languages.map(tag => languageName(tag)).join(', ')
  const rows: (readonly [string, string])[] = [
    [say('village'), home.unitName],
    [say('sheet_no'), home.sheetNo ?? ''],
    [say('alley'), home.alley],
    [say('landmark'), home.landmark],
    [say('way'), home.way],
    [say('language'), home.listener ? `${heard} (${home.listener})` : heard],
    [say('phone_kind'), term('kind', home.phoneKind)],
    [say('needs'), home.needs.map(need => term('need', need)).join(', ')],
    [say('saying'), home.say],
  ]
  return <Facts rows={rows.filter(([, value]) => value)} />
}

/** Where it went and what that commune says; where it came from and what is still to be asked. */
function Ways({ home }: { home: HomeAnswer }) {
  const { departure, cameFrom } = home
  return (
    <>
      {departure && (
        <p>
          {say(`departure_${departure.state}`, { to: departure.to, words: departure.words })}
          {departure.answeredAt && ` (${near(departure.answeredAt)})`}
          {!home.closedAt && departure.state === 'received' && <b> {say('departure_both')}</b>}
        </p>
      )}
      {cameFrom && (
        <p>
          {say('came_from', { from: cameFrom.from })}{' '}
          {cameFrom.toAsk > 0 && <b>{say('came_to_ask', { n: number(cameFrom.toAsk) })}</b>}
        </p>
      )}
    </>
  )
}

export function HomePage() {
  const { params } = useRoute()
  const householdId = params['householdId']!
  const loaded = useLoaded(() => api.people.get({ householdId }), [householdId])
  const [isEditing, setEditing] = useState(false)
  const home = loaded.value
  if (!home)
    return (
      <Page title={say('one_home')} back="/homes">
        {loaded.isLoading && <Lines retry={loaded.reload} />}
        {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      </Page>
    )
  const assist = linkTo('/assist')
  const part = { home, set: loaded.set }
  return (
    <Page title={say('home_of', { name: home.headName })} sub={home.unitName} back={`/homes?unit=${home.unitId}`}>
      <section class="pad stack">
        {home.closedAt && (
          <p>
            <Tag kind="prio">
              {term('closed', home.closedReason ?? 'moved')} {date(home.closedAt)}
            </Tag>{' '}
            {home.movedTo}
            {home.mergedInto && <a href={`/homes/${encodeURIComponent(home.mergedInto)}`}>{say('the_other_home')}</a>}
          </p>
        )}
        <Ways home={home} />
        {home.absentUntil && (
          <p>
            <Tag>{say('away_until', { day: date(home.absentUntil) })}</Tag>
          </p>
        )}
        <HomeFacts home={home} />
        {!home.closedAt && (
          <Acts isLeft>
            <Act kind="quiet" icon="sua" onClick={() => setEditing(true)}>
              {say('edit_home')}
            </Act>
            {assist && (
              <Act kind="quiet" icon="nhom" href={`${assist}?home=${encodeURIComponent(home.id)}`}>
                {say('act_for')}
              </Act>
            )}
          </Acts>
        )}
      </section>
      <Group title={say('people_n', { n: number(home.persons) })}>
        <PeoplePart {...part} />
      </Group>
      <Group title={say('contacts')}>
        <ContactsPart {...part} />
      </Group>
      <Group title={say('life')}>
        <LifePart {...part} />
      </Group>
      <Sheet title={say('edit_home')} isOpen={isEditing} onClose={() => setEditing(false)}>
        <Edit {...part} close={() => setEditing(false)} />
      </Sheet>
    </Page>
  )
}

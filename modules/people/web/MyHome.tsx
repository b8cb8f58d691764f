// "Nhà tôi": what is stored of us, on what basis, who looked, and what we may ask for.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Facts, Failed, Field, Form, Group, Lines, Page, Row, Rows, Sheet } from '#web/kit.tsx'
import { linkTo } from '#web/links.ts'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { date, lastDay, near } from '#web/time.ts'
import type { OwnHome } from '../contract-own.ts'
import { languageName, requestKinds } from '../words-of-homes.ts'
import { attemptNow, useAttempt } from './act.ts'
import { isLinked, LinksPart } from './LinksPart.tsx'
import { Readers } from './ReadsFor.tsx'
import { say, saidWords, term } from './say.ts'

type Kind = (typeof requestKinds)[number]

function Stored({ home }: { home: OwnHome }) {
  const rows: (readonly [string, string])[] = [
    [say('village'), home.unitName],
    [say('sheet_no'), home.sheetNo ?? ''],
    [say('alley'), home.alley],
    [say('landmark'), home.landmark],
    [say('way'), home.way],
    [say('language'), home.languages.map(tag => languageName(tag)).join(', ')],
    [say('listener'), home.listener ?? ''],
    [say('needs'), home.needs.map(need => term('need', need)).join(', ')],
    [say('phone_kind'), term('kind', home.phoneKind)],
    [say('pin'), home.pin ? say('pin_kept') : ''],
    [say('saying'), home.say],
  ]
  return (
    <div class="pad">
      <Facts rows={rows.filter(([, value]) => value)} />
    </div>
  )
}

type Consent = OwnHome['consents'][number]

/** What was said last of each purpose of a number; a stop of one purpose leaves the other's basis. */
const lastSaid = (home: OwnHome, contact: string) => {
  const all = home.consents.filter(one => one.contactId === contact)
  return all.filter((one, n) => all.findIndex(other => other.purpose === one.purpose) === n)
}

const useOf = (one: Consent) =>
  `${saidWords(one)}: ${term('purpose', one.purpose)}${one.said === 'yes' && one.basis !== 'consent' ? ` (${term('basis', one.basis)})` : ''}, ${date(one.at)}`

function Basis({ home }: { home: OwnHome }) {
  return (
    <Rows>
      {home.contacts
        .filter(one => !isLinked(one))
        .map(contact => {
          const said = lastSaid(home, contact.id)
          return (
            <Row
              key={contact.id}
              icon="goi"
              title={contact.value}
              note={said.map(one => useOf(one)).join(' · ') || term('contact', contact.kind)}
            />
          )
        })}
    </Rows>
  )
}

/** The way back from a stop, whichever way it was said. */
function Optional({ home, set }: { home: OwnHome; set: (home: OwnHome) => unknown }) {
  const attempt = useAttempt()
  if (!home.isOptionalStopped) return null
  const again = async () => {
    const next = await attempt(how => api.people.hearAgain({}, how), say('optional_again'))
    if (next) set(next)
  }
  return (
    <div class="pad split">
      <span>{say('optional_stopped')}</span>
      {!isHelped() && (
        <Act kind="quiet" onClick={again}>
          {say('optional_resume')}
        </Act>
      )}
    </div>
  )
}

const Looks = ({ home }: { home: OwnHome }) =>
  home.looks.length ? (
    <Rows>
      {home.looks.map(look => (
        <Row
          key={`${look.day} ${look.what} ${look.role} ${look.unitName}`}
          icon="mat"
          title={[term('role', look.role ?? ''), look.unitName].filter(Boolean).join(', ')}
          note={`${date(look.day)} · ${term('look', look.what)}${look.times > 1 ? ` · ${say('times', { n: number(look.times) })}` : ''}`}
        />
      ))}
    </Rows>
  ) : (
    <p class="pad soft">{say('nobody_looked')}</p>
  )

function Ask({ kind, close, done }: { kind: Kind; close: () => void; done: () => unknown }) {
  const attempt = useAttempt()
  const [words, setWords] = useState('')
  const send = async () => {
    const made = await attempt(how => api.people.request({ kind, words }, how), say('asked'))
    if (!made) return
    close()
    await done()
  }
  return (
    <Form onSubmit={send}>
      <p>{term('ask', kind)}</p>
      {kind !== 'stop' && <Field label={say('ask_words')} rows={3} value={words} onInput={setWords} maxLength={1000} />}
      <Act kind="main" submit disabledBecause={kind === 'correct' && !words.trim() && say('ask_first')}>
        {say('send_request')}
      </Act>
    </Form>
  )
}

function Requests({ home }: { home: OwnHome }) {
  return (
    <Rows>
      {home.requests.map(one => (
        <Row
          key={one.id}
          icon={one.answeredAt ? 'ro' : 'gio'}
          title={term('request', one.kind)}
          note={one.answer ?? one.words}
          state={
            one.answeredAt
              ? say('answered_at', { time: near(one.answeredAt) })
              : say('answer_by', { day: lastDay(one.answerBy) })
          }
          isNotYet={!one.answeredAt}
        />
      ))}
    </Rows>
  )
}

/** A copy and an erasure are the home's own to ask for. */
const isHelped = () => Boolean(me.value?.assist)
const mayAsk = (kind: Kind) => !isHelped() || kind === 'correct' || kind === 'stop'

/** People of ours who read for another home. */
const ReadingFor = ({ home, end }: { home: OwnHome; end: (personId: string) => unknown }) => (
  <>
    {home.people
      .filter(one => one.readsFor && !one.leftAt && !one.diedOn)
      .map(one => (
        <div class="pad split" key={one.id}>
          <span>
            <b>{one.name}</b> <span class="by">{say('reads_now')}</span>
          </span>
          <Act kind="quiet" onClick={() => end(one.id)}>
            {say('reads_end')}
          </Act>
        </div>
      ))}
  </>
)

export function MyHome() {
  const loaded = useLoaded(() => api.people.myHome({}), [])
  const [open, setOpen] = useState<Kind>()
  const close = () => setOpen(undefined)
  const helped = linkTo('/my-home/help')
  const end = async (personId: string) => {
    const next = await attemptNow(how => api.people.endReader({ personId }, how), say('saved'))
    if (next) loaded.set(next)
  }
  const home = loaded.value
  if (!home)
    return (
      <Page title={say('my_home')}>
        {loaded.isLoading && <Lines retry={loaded.reload} />}
        {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      </Page>
    )
  return (
    <Page title={say('home_of', { name: home.headName })} sub={home.unitName}>
      <Group title={say('stored')}>
        <Stored home={home} />
        <Rows>
          {home.people
            .filter(one => !one.leftAt)
            .map(one => (
              <Row
                key={one.id}
                icon="nguoi"
                title={one.name}
                note={[
                  one.isHead ? say('is_head') : one.relation,
                  one.birthYear && say('born', { year: one.birthYear }),
                  one.diedOn && say('died_on', { day: date(one.diedOn) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
        </Rows>
        <Readers readers={home.readers} end={end} />
        <ReadingFor home={home} end={end} />
      </Group>
      <Group title={say('on_what_basis')}>
        <p class="pad soft pad-b0">{say('basis_words')}</p>
        <Basis home={home} />
        <Optional home={home} set={loaded.set} />
      </Group>
      {!isHelped() && <LinksPart home={home} onChange={loaded.set} />}
      <Group title={say('who_looked')}>
        <Looks home={home} />
        {helped && (
          <Rows>
            <Row icon="nhom" title={say('who_helped')} note={say('who_helped_words')} href={helped} />
          </Rows>
        )}
      </Group>
      <Group title={say('your_rights')}>
        <div class="pad stack">
          <p class="soft">{say('clock_words', { days: home.clock.workingDays, source: home.clock.source ?? '' })}</p>
          <Acts isLeft>
            {requestKinds
              .filter(kind => mayAsk(kind) && !(kind === 'stop' && home.isOptionalStopped))
              .map(kind => (
                <Act key={kind} kind="quiet" onClick={() => setOpen(kind)}>
                  {term('request', kind)}
                </Act>
              ))}
            {!isHelped() && (
              <Act kind="quiet" icon="xuong" href="/api/v1/home/copy">
                {say('copy_now')}
              </Act>
            )}
          </Acts>
        </div>
        <Requests home={home} />
      </Group>
      <Sheet title={open ? term('request', open) : ''} isOpen={Boolean(open)} onClose={close}>
        {open && <Ask kind={open} close={close} done={loaded.reload} />}
      </Sheet>
    </Page>
  )
}

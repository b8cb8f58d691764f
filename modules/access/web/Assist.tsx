// "Thao tác hộ": find the home that sits in front of me, ask it, note its yes, open its app.
import './access.css'
import { useEffect, useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api, type Refusal } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { newId } from '#web/id.ts'
import { Act, Choice, Empty, Field, Form, Lines, Page, Row, Rows, Tick } from '#web/kit.tsx'
import { linkTo } from '#web/links.ts'
import { loadMe } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { useLocation } from '#web/router.tsx'
import { say } from './help-say.ts'
import { cardNumber } from '../card-number.ts'
import { doing } from './say.ts'

type HomeToHelp = Answer<Contracts['access']['homeToHelp']>

const somebody = 'somebody'

/** The card's page hands its code over behind the `#`, which no server and no log sees. */
function cardOfAddress(): string | undefined {
  const token = location.hash.slice(1)
  if (!token) return undefined
  history.replaceState(null, '', location.pathname)
  return `${location.origin}/card/${token}`
}

function FindHome({ onFind, refusal }: { onFind: (home: string) => unknown; refusal: Refusal | undefined }) {
  const [digits, setDigits] = useState('')
  const [doors, register] = [linkTo('/doors') ?? '/', linkTo('/homes')]
  const isWhole = cardNumber(digits) !== undefined
  return (
    <>
      <div class="pad stack">
        <p>{say('assist_lead')}</p>
        <Form onSubmit={() => isWhole && onFind(digits)}>
          <Field
            label={say('assist_digits')}
            hint={say('assist_digits_hint')}
            type="tel"
            value={digits}
            onInput={setDigits}
            error={refusal?.message}
            maxLength={11}
            autocomplete="off"
          />
          <Act kind="main" submit disabledBecause={!isWhole && say('assist_digits_first')}>
            {say('assist_find')}
          </Act>
        </Form>
      </div>
      <Rows>
        <Row icon="cua" title={say('assist_doors')} href={doors} />
        {register && <Row icon="so" title={say('assist_register')} href={register} />}
      </Rows>
    </>
  )
}

/** Every screen begins anew: what is shown from here on is the home's. */
async function enter() {
  await loadMe()
  location.assign('/')
}

function AskHome({ home, by, onOther }: { home: HomeToHelp; by: string; onOther: () => void }) {
  const [id] = useState(newId)
  const [who, setWho] = useState('')
  const [isAgreed, setAgreed] = useState(false)
  const minutes = number(home.minutes)
  const begin = async () => {
    const person = who === somebody ? null : who
    if (await doing(api.access.beginAssist({ id, home: by, person, agreed: isAgreed }))) await enter()
  }
  const people = home.adults.map(one => ({ value: one.id, label: one.name }))
  return (
    <div class="pad stack">
      <h2>{say('assist_home', { name: home.headName })}</h2>
      <p class="by">{home.unitName}</p>
      <Form onSubmit={begin}>
        <section class="out band pad stack">
          <h3>{say('assist_ask')}</h3>
          <p lang="vi">{home.words}</p>
        </section>
        <Choice
          label={say('assist_who')}
          value={who}
          options={[...people, { value: somebody, label: say('assist_somebody') }]}
          onChange={setWho}
        />
        <Tick label={say('assist_agreed')} isOn={isAgreed} onChange={setAgreed} />
        <Act
          kind="main"
          submit
          disabledBecause={(!who && say('assist_who_first')) || (!isAgreed && say('assist_agreed_first'))}
        >
          {say('assist_begin', { minutes })}
        </Act>
        <Act kind="plain" onClick={onOther}>
          {say('assist_other')}
        </Act>
      </Form>
    </div>
  )
}

export function Assist() {
  const { query } = useLocation()
  const [by, setBy] = useState(() => query['home'] ?? cardOfAddress())
  const [home, setHome] = useState<HomeToHelp>()
  const [refusal, setRefusal] = useState<Refusal>()
  useEffect(() => {
    setHome(undefined)
    if (!by) return undefined
    setRefusal(undefined)
    let isOld = false
    api.access.homeToHelp({ home: by }).then(
      found => !isOld && setHome(found),
      (error: unknown) => {
        if (isOld) return
        setRefusal(error as Refusal)
        setBy(undefined)
      },
    )
    return () => void (isOld = true)
  }, [by])
  const other = () => setBy(undefined)
  return (
    <Page title={say('assist_title')}>
      {'ended' in query && !by && (
        <p class="pad band" role="status">
          {say('assist_ended')}
        </p>
      )}
      {!by && <FindHome onFind={setBy} refusal={refusal} />}
      {by && !home && <Lines retry={other} />}
      {by && home && !home.isForbidden && <AskHome home={home} by={by} onOther={other} />}
      {home?.isForbidden && (
        <Empty
          title={say('assist_forbidden')}
          words={say('assist_forbidden_words')}
          icon="chan"
          act={<Act onClick={other}>{say('assist_other')}</Act>}
        />
      )}
    </Page>
  )
}

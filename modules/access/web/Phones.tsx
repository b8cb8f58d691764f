// Cards and phones of a village: who waits for a yes, and a way in for the phone in front of the head.
import './access.css'
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Empty, Failed, Field, Group, Lines, Page, Row, Rows } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { near } from '#web/time.ts'
import { HomePhones } from './HomePhones.tsx'
import { doing, say } from './say.ts'

export type HomeLine = Answer<Contracts['people']['list']>['items'][number]
type Join = Answer<Contracts['access']['joinRequests']>['items'][number]

function JoinCard({ join, onAnswered }: { join: Join; onAnswered: () => void }) {
  const answer = (said: 'yes' | 'no') => async () => {
    const done = say(said === 'yes' ? 'joined' : 'not_joined')
    if (await doing(api.access.answerJoin({ joinId: join.id, answer: said }), done)) onAnswered()
  }
  return (
    <li class="pad stack">
      <p>
        <b>{say('join_home', { name: join.headName })}</b>
        <br />
        <span class="by">
          {say('join_words', { device: join.device || say('phone_unknown'), time: near(join.at) })}
        </span>
      </p>
      <Acts>
        <Act onClick={answer('yes')}>{say('join_yes')}</Act>
        <Act kind="quiet" onClick={answer('no')}>
          {say('join_no')}
        </Act>
      </Acts>
    </li>
  )
}

function Waiting({ unit }: { unit: string }) {
  const joins = useLoaded(() => api.access.joinRequests({ unit, limit: 50 }), [unit], { every: 20_000 })
  const items = joins.value?.items ?? []
  if (!items.length) return null
  return (
    <Group title={say('joins', { n: items.length })}>
      <ul class="rows">
        {items.map(join => (
          <JoinCard key={join.id} join={join} onAnswered={() => void joins.reload()} />
        ))}
      </ul>
    </Group>
  )
}

export function Phones() {
  const unit = me.value?.unit?.id ?? ''
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [home, setHome] = useState<HomeLine>()
  const homes = useLoaded(() => api.people.list({ unit, limit: 30, ...(asked && { q: asked }) }), [unit, asked])
  return (
    <Page title={say('phones_title')}>
      <Waiting unit={unit} />
      <form
        class="pad stack"
        role="search"
        onSubmit={event => {
          event.preventDefault()
          setAsked(typed.trim())
        }}
      >
        <Field label={say('find_home')} hint={say('find_home_hint')} type="search" value={typed} onInput={setTyped} />
        <Acts isLeft>
          <Act submit icon="tim">
            {say('find')}
          </Act>
          <Act kind="quiet" icon="in" href="/phones/print">
            {say('print_all')}
          </Act>
        </Acts>
      </form>
      {homes.refusal && <Failed refusal={homes.refusal} retry={homes.reload} />}
      {homes.isLoading && <Lines retry={homes.reload} />}
      {homes.value && !homes.value.items.length && <Empty title={say('no_home')} words={say('no_home_words')} />}
      <Rows label={say('homes')}>
        {homes.value?.items.map(line => (
          <Row
            key={line.id}
            icon="nha"
            title={line.headName}
            note={[line.alley, line.landmark].filter(Boolean).join(', ')}
            onClick={() => setHome(line)}
          />
        ))}
      </Rows>
      {home && <HomePhones home={home} onClose={() => setHome(undefined)} />}
    </Page>
  )
}

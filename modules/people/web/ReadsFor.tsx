// Who reads for an elder: named with the reader, shown in both homes.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Field, Form, Row, Rows } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import type { HomeAnswer, Person } from '../shapes.ts'
import { useAttempt } from './act.ts'
import type { PartProps } from './HomePage.tsx'
import { say } from './say.ts'

function Find({ unit, choose }: { unit: string; choose: (home: string) => unknown }) {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const found = useLoaded(
    () => (asked ? api.people.list({ unit, q: asked, limit: 8 }) : Promise.resolve(undefined)),
    [asked],
  )
  return (
    <Form onSubmit={() => setAsked(typed.trim())}>
      <Field label={say('reads_find')} hint={say('reads_for_words')} type="search" value={typed} onInput={setTyped} />
      <Act kind="quiet" icon="tim" submit>
        {say('reads_find')}
      </Act>
      <Rows label={say('reads_for')}>
        {found.value?.items.map(home => (
          <Row
            key={home.id}
            icon="nha"
            title={home.headName}
            note={[say('reader_home', { no: home.no }), home.alley].filter(Boolean).join(', ')}
            onClick={() => void choose(home.id)}
          />
        ))}
      </Rows>
    </Form>
  )
}

export function ReadsFor({ home, set, person }: PartProps & { person: Person }) {
  const attempt = useAttempt()
  const change = async (readsFor: string | null) => {
    const next = await attempt(
      () => api.people.changePerson({ personId: person.id, version: person.version, readsFor }),
      say('saved'),
    )
    if (next) set(next)
  }
  return (
    <section class="stack">
      <h3>{say('reads_for')}</h3>
      {person.readsFor ? (
        <Acts isLeft>
          <Act kind="quiet" href={`/homes/${encodeURIComponent(person.readsFor)}`}>
            {say('reads_now')}
          </Act>
          <Act kind="quiet" onClick={() => change(null)}>
            {say('reads_end')}
          </Act>
        </Acts>
      ) : (
        <Find unit={home.unitId} choose={change} />
      )}
    </section>
  )
}

/** @param end who takes it back here, if anybody may */
export const Readers = ({ readers, end }: { readers: HomeAnswer['readers']; end?: (personId: string) => unknown }) =>
  readers.length ? (
    <div class="pad stack">
      <h3>{say('readers')}</h3>
      <p class="by">{say('readers_words')}</p>
      {readers.map(reader => (
        <div class="split" key={reader.personId}>
          <span>
            <b>{reader.name}</b> <span class="by">{say('reader_home', { no: reader.no })}</span>
          </span>
          {end && (
            <Act kind="quiet" onClick={() => end(reader.personId)}>
              {say('reads_end')}
            </Act>
          )}
        </div>
      ))}
    </div>
  ) : null

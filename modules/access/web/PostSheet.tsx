import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Choice, Field, Form, Sheet } from '#web/kit.tsx'
import { date } from '#web/time.ts'
import { CodeToScan, type Code } from './Code.tsx'
import type { Post } from './Posts.tsx'
import { doing, say, useDoing } from './say.ts'

type Person = Post['people'][number]
interface Handed {
  name: string
  code: Code
}

interface PersonProps {
  post: Post
  person: Person
  onCode: (handed: Handed) => void
  onChanged: () => void
}

function PersonRow({ post, person, onCode, onChanged }: PersonProps) {
  const [asking, setAsking] = useState<'invite' | 'end'>()
  const where = { postId: post.id, accountId: person.account }
  const inviting = useDoing()
  const invite = async () => {
    setAsking(undefined)
    const code = await inviting(how => api.access.invite(where, how))
    if (code) onCode({ name: person.name, code })
  }
  const end = async () => {
    setAsking(undefined)
    if (await doing(api.access.endTerm(where), say('term_ended'))) onChanged()
  }
  return (
    <li class="stack person">
      <p>
        <b>{person.name}</b>
        <br />
        <span class="by">
          {say(`part_${person.part}`)}, {say('since', { day: date(person.from) })}
          {person.to && `, ${say('until', { day: date(person.to) })}`}
          {person.isInvited && `, ${say('invited')}`}
        </span>
      </p>
      {!asking && (
        <Acts isLeft>
          <Act kind="quiet" icon="qr" onClick={person.isInvited ? invite : () => setAsking('invite')}>
            {say(person.isInvited ? 'invite_again' : 'invite_new')}
          </Act>
          <Act kind="quiet" onClick={() => setAsking('end')}>
            {say('end_term')}
          </Act>
        </Acts>
      )}
      {asking && (
        <div class="stack" role="alert">
          <p>{say(asking === 'invite' ? 'invite_sure' : 'end_sure', { name: person.name })}</p>
          <Acts isLeft>
            <Act onClick={asking === 'invite' ? invite : end}>
              {say(asking === 'invite' ? 'invite_new' : 'end_term')}
            </Act>
            <Act kind="quiet" onClick={() => setAsking(undefined)}>
              {say('stay')}
            </Act>
          </Acts>
        </div>
      )}
    </li>
  )
}

/** Midnight at the end of a day in Vietnam, as the API reads it. */
const endOf = (day: string) => `${day}T23:59:59+07:00`

function Appoint({ post, onCode }: { post: Post; onCode: (handed: Handed) => void }) {
  const [name, setName] = useState('')
  const [part, setPart] = useState(post.people.some(person => person.part === 'holder') ? 'deputy' : 'holder')
  const [until, setUntil] = useState('')
  const appointing = useDoing()
  const appoint = async () => {
    const to = until ? { to: endOf(until) } : {}
    const input = { postId: post.id, name: name.trim(), part: part as Person['part'], ...to }
    const made = await appointing(how => api.access.appoint(input, how), say('appointed'))
    if (made?.invitation) onCode({ name: name.trim(), code: made.invitation })
  }
  return (
    <Form onSubmit={appoint}>
      <h3>{say('appoint')}</h3>
      <Field label={say('full_name')} value={name} onInput={setName} maxLength={80} />
      <Choice
        label={say('as')}
        value={part}
        options={(['holder', 'deputy', 'stand_in'] as const).map(value => ({ value, label: say(`part_${value}`) }))}
        onChange={setPart}
      />
      <Field
        label={say('last_day')}
        hint={say(part === 'stand_in' ? 'last_day_needed' : 'last_day_hint')}
        type="date"
        value={until}
        onInput={setUntil}
      />
      <Act
        kind="main"
        submit
        disabledBecause={
          (!name.trim() && say('name_first')) || (part === 'stand_in' && !until && say('last_day_needed'))
        }
      >
        {say('appoint_it')}
      </Act>
    </Form>
  )
}

function ClosePost({ post, onClosed }: { post: Post; onClosed: () => void }) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Act kind="plain" also="act-flush" onClick={() => setAsked(true)}>
        {say('close_post')}
      </Act>
    )
  const close = async () => {
    if (await doing(api.access.closePost({ postId: post.id }), say('post_closed'))) onClosed()
  }
  return (
    <div class="stack" role="alert">
      <p>{say('close_sure')}</p>
      <Acts isLeft>
        <Act onClick={close}>{say('close_post')}</Act>
        <Act kind="quiet" onClick={() => setAsked(false)}>
          {say('stay')}
        </Act>
      </Acts>
    </div>
  )
}

/** One post: its people, a new way in for each, somebody new, and its end. A code takes the sheet's place until it is closed. */
export function PostSheet({ post, onChanged, onClose }: { post: Post; onChanged: () => void; onClose: () => void }) {
  const [handed, setHanded] = useState<Handed>()
  const leave = () => {
    if (handed) onChanged()
    onClose()
  }
  return (
    <Sheet title={handed?.name ?? post.title} isOpen onClose={leave}>
      {handed ? (
        <CodeToScan words={say('code_staff', { name: handed.name })} code={handed.code} />
      ) : (
        <div class="stack-l stack">
          <ul class="stack">
            {post.people.map(person => (
              <PersonRow
                key={person.account + person.from}
                post={post}
                person={person}
                onCode={setHanded}
                onChanged={onChanged}
              />
            ))}
          </ul>
          <Appoint post={post} onCode={setHanded} />
          <ClosePost
            post={post}
            onClosed={() => {
              onChanged()
              onClose()
            }}
          />
        </div>
      )}
    </Sheet>
  )
}

// Owners beside the administration: banks' branches of the province, which communes they serve and who sits at their desks.
import { useState } from 'preact/hooks'
import { fold } from '#core/fold'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Empty, Failed, Field, Form, Lines, Page, Row, Rows, Sheet, Tick, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { useSubmit } from '#web/submit.ts'
import { PostSheet } from './PostSheet.tsx'
import { say as sayPosts, useDoing } from './say.ts'
import { say } from './owner-say.ts'

type Owner = Answer<Contracts['units']['owners']>['items'][number]

const communesBelow = (unit: string) =>
  everyPage(cursor => api.units.list({ parent: unit, limit: 100, ...cursor })).then(units =>
    units.map(({ id, title }) => ({ id, title, folded: fold(title) })),
  )

interface Choosing {
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** The communes of the province, those chosen always in sight. */
function ChooseCommunes({ chosen, onChange }: Choosing) {
  const unit = me.value?.unit?.id ?? ''
  const { value, refusal, reload } = useLoaded(() => communesBelow(unit), [unit])
  const [words, setWords] = useState('')
  const sought = fold(words.trim())
  const shown = (value ?? []).filter(one => chosen.includes(one.id) || (sought && one.folded.includes(sought)))
  return (
    <fieldset class="stack">
      <legend>{say('serves', { n: number(chosen.length) })}</legend>
      <Field label={say('find')} hint={say('find_hint')} value={words} onInput={setWords} />
      {refusal && <Failed refusal={refusal} retry={reload} />}
      {shown.map(({ id, title }) => (
        <Tick
          key={id}
          label={title}
          isOn={chosen.includes(id)}
          onChange={isOn => onChange(isOn ? [...chosen, id] : chosen.filter(one => one !== id))}
        />
      ))}
      {sought && !shown.length && value && <p class="by">{say('none_so')}</p>}
    </fieldset>
  )
}

function MakeOwner({ onMade, onClose }: { onMade: () => unknown; onClose: () => void }) {
  const [name, setName] = useState('')
  const [communes, setCommunes] = useState<string[]>([])
  const { refusal, errorOf, submit } = useSubmit()
  const make = async () => {
    const isDone = await submit(how => api.units.makeOwner({ name: name.trim(), communes }, how))
    if (!isDone) return
    toast(say('made', { name: name.trim() }))
    onMade()
  }
  return (
    <Sheet title={say('make')} isOpen onClose={onClose}>
      <Form onSubmit={make}>
        <Field
          label={say('name')}
          hint={say('name_hint')}
          value={name}
          onInput={setName}
          maxLength={120}
          error={errorOf('name')}
        />
        <ChooseCommunes chosen={communes} onChange={setCommunes} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act
          kind="main"
          submit
          disabledBecause={(!name.trim() && say('name_first')) || (!communes.length && say('commune_first'))}
        >
          {say('make')}
        </Act>
      </Form>
    </Sheet>
  )
}

/** Who sits at the branch's desks: a post for each, filled by invitation. */
function Desks({ owner }: { owner: Owner }) {
  const posts = useLoaded(() => everyPage(cursor => api.access.posts({ unit: owner.id, ...cursor })), [owner.id])
  const [opened, setOpened] = useState<string>()
  const doing = useDoing()
  const found = posts.value?.find(post => post.id === opened)
  const add = async () => {
    const made = await doing(how => api.access.makePost({ unit: owner.id, role: 'bank_officer' }, how))
    if (!made) return
    await posts.reload()
    setOpened(made.id)
  }
  return (
    <>
      <h3>{say('desks')}</h3>
      {posts.refusal && <Failed refusal={posts.refusal} retry={posts.reload} />}
      <Rows label={say('desks')}>
        {posts.value?.map(post => (
          <Row
            key={post.id}
            icon="nguoi"
            title={post.title}
            note={post.people.map(person => person.name).join(', ')}
            {...(!post.people.length && { state: sayPosts('vacant'), isNotYet: true })}
            onClick={() => setOpened(post.id)}
          />
        ))}
      </Rows>
      <Act kind="quiet" icon="cong" onClick={add}>
        {say('add_desk')}
      </Act>
      {found && <PostSheet post={found} onChanged={() => void posts.reload()} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function OwnerSheet({ owner, onChanged, onClose }: { owner: Owner; onChanged: () => unknown; onClose: () => void }) {
  const [communes, setCommunes] = useState(owner.communes.map(one => one.id))
  const { refusal, submit } = useSubmit()
  const was = owner.communes.map(one => one.id)
  const isSame = was.length === communes.length && was.every(id => communes.includes(id))
  const change = async () => {
    const isDone = await submit(how => api.units.changeOwner({ ownerId: owner.id, communes }, how))
    if (!isDone) return
    toast(say('changed'))
    onChanged()
  }
  return (
    <Sheet title={owner.name} isOpen onClose={onClose}>
      <div class="stack">
        <Desks owner={owner} />
        <Form onSubmit={change}>
          <ChooseCommunes chosen={communes} onChange={setCommunes} />
          {refusal && <Failed refusal={refusal} />}
          <Act
            submit
            disabledBecause={(!communes.length && say('commune_first')) || (isSame && say('nothing_changed'))}
          >
            {say('change')}
          </Act>
        </Form>
      </div>
    </Sheet>
  )
}

const servesWords = ({ communes }: Owner) =>
  communes.length
    ? say('serves_who', { n: number(communes.length), who: communes.map(one => one.title).join(', ') })
    : say('serves_none')

export function Owners() {
  const owners = useLoaded(() => api.units.owners({}), [])
  const [isMaking, setMaking] = useState(false)
  const [opened, setOpened] = useState<string>()
  const items = owners.value?.items ?? []
  const found = items.find(one => one.id === opened)
  const reload = () => {
    setMaking(false)
    void owners.reload()
  }
  return (
    <Page title={items.length ? say('title_some', { n: number(items.length) }) : say('title')}>
      {owners.refusal && <Failed refusal={owners.refusal} retry={owners.reload} />}
      {owners.isLoading && !owners.value && <Lines retry={owners.reload} />}
      <div class="stack">
        <p>{say('words')}</p>
        <Act icon="cong" onClick={() => setMaking(true)}>
          {say('make')}
        </Act>
        {owners.value && !items.length && <Empty title={say('none')} words={say('none_words')} />}
      </div>
      {items.length > 0 && (
        <Rows label={say('title')}>
          {items.map(owner => (
            <Row
              key={owner.id}
              icon="nhom"
              title={owner.name}
              note={servesWords(owner)}
              onClick={() => setOpened(owner.id)}
            />
          ))}
        </Rows>
      )}
      {isMaking && <MakeOwner onMade={reload} onClose={() => setMaking(false)} />}
      {found && <OwnerSheet key={found.id} owner={found} onChanged={reload} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

// The commune's ladder: seen in plain words, changed step by step, tried with a notice, and set from a day on.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import type { Answer } from '#core/operation'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Failed, Field, Form, Group, Lines, Page, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { useSubmit } from '#web/submit.ts'
import { date, dayOf } from '#web/time.ts'
import type { LadderPack, Rung } from '../ladder.ts'
import { classes, type MessageClass } from '../levels.ts'
import { ladderWords, say } from './ladder-say.ts'
import { RungForm } from './LadderClass.tsx'
import { LadderPreview } from './LadderPreview.tsx'

type Ladders = Answer<Contracts['delivery']['ladder']>

const inOrder: readonly MessageClass[] = ['emergency', 'priority', 'normal']
const tomorrow = () => dayOf(new Date(Date.now() + 86_400_000))
/** The names of a step may come in any order. */
const inOneOrder = (_: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
const isSame = (one: unknown, other: unknown) => JSON.stringify(one, inOneOrder) === JSON.stringify(other, inOneOrder)

interface OneClass {
  is: MessageClass
  rungs: Rung[]
  channels: Ladders['channels']
  onChange: (rungs: Rung[]) => void
}

/** A new step stands before the door, as late as the one ahead of it. */
const withOneMore = (rungs: readonly Rung[]): Rung[] => {
  const door = rungs.at(-1)!
  const after = rungs.at(-2)?.after ?? 0
  return [...rungs.slice(0, -1), { channel: 'push', after: Math.min(after, door.after) }, door]
}

function ClassPart({ is, rungs, channels, onChange }: OneClass) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Group title={say(is)}>
      <p>{ladderWords(rungs)}</p>
      {isOpen && (
        <div class="stack-l">
          {rungs.map((rung, n) => (
            <RungForm
              key={n}
              rung={rung}
              place={n + 1}
              channels={channels}
              onChange={changed => onChange(rungs.with(n, changed))}
              onRemove={() => onChange(rungs.toSpliced(n, 1))}
            />
          ))}
          <Acts isLeft>
            <Act kind="quiet" icon="cong" onClick={() => onChange(withOneMore(rungs))}>
              {say('add')}
            </Act>
          </Acts>
        </div>
      )}
      <Acts isLeft>
        <Act kind="quiet" icon={isOpen ? 'ro' : 'sua'} onClick={() => setOpen(!isOpen)}>
          {say(isOpen ? 'done' : 'change')}
        </Act>
      </Acts>
    </Group>
  )
}

function Changes({ before, after }: { before: LadderPack; after: LadderPack }) {
  const changed = classes.filter(is => !isSame(before[is], after[is]))
  return (
    <section class="stack" aria-label={say('changes')}>
      <h2>{say('changes')}</h2>
      {!changed.length && <p class="soft">{say('same')}</p>}
      {changed.map(is => (
        <div key={is}>
          <h3>{say(is)}</h3>
          <p>
            <del>{say('before', { words: ladderWords(before[is]) })}</del>
          </p>
          <p>
            <ins>{say('now', { words: ladderWords(after[is]) })}</ins>
          </p>
        </div>
      ))}
    </section>
  )
}

function SetForm({ body, onDone }: { body: LadderPack; onDone: () => unknown }) {
  const [from, setFrom] = useState(tomorrow())
  const [basis, setBasis] = useState(say('basis_first'))
  const [source, setSource] = useState('')
  const { refusal, errorOf, submit } = useSubmit()
  const save = async () => {
    if (!(await submit(how => api.delivery.setLadder({ from, basis, source, body }, how)))) return
    toast(say('saved', { date: date(`${from}T00:00:00+07:00`) }))
    await onDone()
  }
  return (
    <Form onSubmit={save}>
      <Field label={say('from')} hint={say('from_hint')} type="date" value={from} onInput={setFrom} />
      <Field label={say('basis')} value={basis} onInput={setBasis} error={errorOf('basis')} />
      <Field label={say('source')} value={source} onInput={setSource} error={errorOf('source')} />
      {refusal && <Failed refusal={refusal} />}
      <Act kind="main" submit>
        {say('save')}
      </Act>
    </Form>
  )
}

function Editor({ ladders, onDone }: { ladders: Ladders; onDone: () => unknown }) {
  const [body, setBody] = useState<LadderPack>(ladders.holds.body)
  const isChanged = !isSame(body, ladders.holds.body)
  const { holds, coming, usual, channels } = ladders
  return (
    <div class="stack-l">
      <p class="soft">
        {holds.isOwn ? say('own', { date: date(`${holds.from}T00:00:00+07:00`), basis: holds.basis }) : say('usual')}
      </p>
      {coming.map(pack => (
        <p key={pack.from}>{say('coming', { date: date(`${pack.from}T00:00:00+07:00`), basis: pack.basis })}</p>
      ))}
      {inOrder.map(is => (
        <ClassPart
          key={is}
          is={is}
          rungs={body[is]}
          channels={channels}
          onChange={rungs => setBody({ ...body, [is]: rungs })}
        />
      ))}
      {!isSame(body, usual) && (
        <Acts isLeft>
          <Act kind="quiet" icon="hoantac" onClick={() => setBody(usual)}>
            {say('back')}
          </Act>
        </Acts>
      )}
      <LadderPreview body={body} />
      <Changes before={holds.body} after={body} />
      {isChanged && <SetForm body={body} onDone={onDone} />}
    </div>
  )
}

export function Ladder() {
  const { value, refusal, reload } = useLoaded(() => api.delivery.ladder({}), [])
  return (
    <Page title={say('title')} sub={say('lead')} back="/channels">
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && <Editor key={value.holds.from + value.coming.length} ladders={value} onDone={reload} />}
    </Page>
  )
}

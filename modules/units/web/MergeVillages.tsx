import { useState } from 'preact/hooks'
import { unitInWords } from '../names.ts'
import { api } from '#web/api.ts'
import { Act, Failed, Form, Sheet, Tick, toast } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { useSubmit } from '#web/submit.ts'
import type { VillageLine } from './load.ts'
import { NameFields, type Naming } from './NameFields.tsx'
import { say } from './say.ts'
import { undoOf } from './undo.ts'

interface Props {
  parent: string
  villages: readonly VillageLine[]
  kind: string
  isOpen: boolean
  onClose: () => void
  onMerged: () => unknown
}

/** `A (120 hộ), B (84 hộ) và C (9 hộ)` */
function together(villages: readonly VillageLine[]) {
  const parts = villages.map(({ title, homes }) => say('merge_with', { title, homes: number(homes) }))
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${say('and')} ${parts.at(-1)}`
}

/** Which villages, what the new one is called; then in words what will happen, before anything does. */
export function MergeVillages({ parent, villages, kind, isOpen, onClose, onMerged }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [naming, setNaming] = useState<Naming>({ name: '', kind, source: '' })
  const [hasLooked, setLooked] = useState(false)
  const { refusal, errorOf, submit } = useSubmit()
  const from = villages.filter(village => chosen.has(village.id))
  const isReady = from.length > 1 && naming.name.trim() !== '' && naming.kind.trim() !== ''
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(chosen)
    if (isOn) next.add(id)
    else next.delete(id)
    setChosen(next)
    setLooked(false)
  }
  const merge = async () => {
    const isDone = await submit(async how => {
      const made = await api.units.merge({ unit: parent, from: from.map(village => village.id), ...naming }, how)
      toast(say('merge_done', { title: unitInWords(made) }), undoOf(made.id, onMerged))
    })
    if (!isDone) return
    setChosen(new Set())
    setLooked(false)
    setNaming({ ...naming, name: '' })
    onClose()
    await onMerged()
  }
  return (
    <Sheet title={say('merge')} isOpen={isOpen} onClose={onClose}>
      <Form onSubmit={() => (isReady && hasLooked ? merge() : undefined)}>
        <fieldset>
          <legend class="label">{say('merge_which')}</legend>
          {villages.map(village => (
            <Tick
              key={village.id}
              label={say('merge_with', { title: village.title, homes: number(village.homes) })}
              isOn={chosen.has(village.id)}
              onChange={isOn => toggle(village.id, isOn)}
            />
          ))}
        </fieldset>
        <NameFields
          label={say('merge_name')}
          value={naming}
          onChange={value => {
            setNaming(value)
            setLooked(false)
          }}
          errorOf={errorOf}
        />
        {isReady && (
          <div class="words stack" role="status">
            <p>
              <b>
                {say('merge_says', {
                  from: together(from),
                  to: unitInWords(naming),
                  homes: number(from.reduce((n, village) => n + village.homes, 0)),
                })}
              </b>
            </p>
            <p>{say('merge_after')}</p>
            <Tick label={say('i_looked')} isOn={hasLooked} onChange={setLooked} />
          </div>
        )}
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit disabledBecause={!isReady ? say('choose_two') : !hasLooked && say('look_first')}>
          {say('merge')}
        </Act>
      </Form>
    </Sheet>
  )
}

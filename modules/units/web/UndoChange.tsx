import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { useLocation } from '#web/router.tsx'
import { Act, Failed, Field, Form, Sheet, toast } from '#web/kit.tsx'
import { useSubmit } from '#web/submit.ts'
import { date } from '#web/time.ts'
import { say } from './say.ts'

interface Props {
  seen: { id: string; title: string; undoable: { kind: 'merge' | 'split'; until: string } | null }
  onClose: () => void
}

/** What taking it back does, in words; the paper that orders it, where there is one. */
export function UndoChange({ seen, onClose }: Props) {
  const [source, setSource] = useState('')
  const { route } = useLocation()
  const { refusal, submit } = useSubmit()
  const undo = async () => {
    const isDone = await submit(async how => {
      const { units } = await api.units.undo({ unit: seen.id, source }, how)
      toast(say('undone', { titles: units.map(one => one.title).join(', ') }))
    })
    if (isDone) route('/villages')
  }
  const isMerge = seen.undoable?.kind === 'merge'
  return (
    <Sheet title={say(isMerge ? 'undo_merge' : 'undo_split')} isOpen onClose={onClose}>
      <Form onSubmit={undo}>
        <p>{say(isMerge ? 'undo_merge_words' : 'undo_split_words', { title: seen.title })}</p>
        <p>{say('undo_until', { date: seen.undoable ? date(seen.undoable.until) : '' })}</p>
        <Field label={say('paper')} hint={say('paper_hint')} value={source} maxLength={200} onInput={setSource} />
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" icon="hoantac" submit>
          {say(isMerge ? 'undo_merge' : 'undo_split')}
        </Act>
      </Form>
    </Sheet>
  )
}

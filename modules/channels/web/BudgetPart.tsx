// What messages may cost in a month, and what they have cost so far.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Facts, Failed, Field, Form, Group, Sheet, toast } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { useSubmit } from '#web/submit.ts'
import type { Budget } from './account-words.ts'
import { say } from './say.ts'

function BudgetForm({ budget, onClose, onDone }: { budget: Budget; onClose: () => void; onDone: () => unknown }) {
  const [typed, setTyped] = useState(budget.dong === null ? '' : String(budget.dong))
  const { refusal, errorOf, submit } = useSubmit()
  const save = async () => {
    const dong = typed === '' ? null : Number(typed)
    if (!(await submit(how => api.channels.setBudget({ dong, version: budget.version }, how)))) return
    toast(say('budget_saved'))
    onClose()
    await onDone()
  }
  return (
    <Sheet title={say('budget')} isOpen onClose={onClose}>
      <Form onSubmit={save}>
        <p class="soft">{say('budget_words')}</p>
        <Field
          label={say('budget_most')}
          hint={say('budget_hint')}
          value={typed}
          type="number"
          error={errorOf('dong') ? say('field_wrong') : undefined}
          onInput={setTyped}
        />
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {say('save')}
        </Act>
      </Form>
    </Sheet>
  )
}

export function BudgetPart({ budget, onDone }: { budget: Budget; onDone: () => unknown }) {
  const [isOpen, setOpen] = useState(false)
  const { dong, spent } = budget
  const most = dong === null ? say('budget_none') : say('dong', { n: number(dong) })
  const rows = [
    [say('budget_most'), most],
    [say('budget_spent'), say('budget_spent_words', { n: number(spent.dong), messages: number(spent.messages) })],
    ...(dong === null
      ? []
      : [[say('budget_left'), say('dong', { n: number(Math.max(0, dong - spent.dong)) })] as const]),
  ] as const
  return (
    <Group title={say('budget')}>
      <Facts rows={rows} />
      <Acts isLeft>
        <Act kind="quiet" icon="sua" onClick={() => setOpen(true)}>
          {say('budget_set')}
        </Act>
        <Act kind="quiet" icon="bieudo" href="/spent">
          {say('budget_see')}
        </Act>
      </Acts>
      {isOpen && <BudgetForm budget={budget} onClose={() => setOpen(false)} onDone={onDone} />}
    </Group>
  )
}

import { Field } from '#web/kit.tsx'
import type { Fields } from './draft.ts'
import { say } from './say.ts'

interface StepWordsProps {
  steps: Fields['steps']
  set: (change: Pick<Fields, 'steps'>) => void
  errorOf: (field: string) => string | undefined
}

/** What is to be done, a field a step. */
export const StepWords = ({ steps, set, errorOf }: StepWordsProps) => (
  <>
    {steps.map((step, n) => (
      <Field
        key={n}
        label={say('step_n', { n: n + 1 })}
        value={step.act}
        maxLength={160}
        error={errorOf(`steps.${n}.act`)}
        onInput={act => set({ steps: steps.map((one, i) => (i === n ? { ...one, act } : one)) })}
      />
    ))}
  </>
)

// What a form does with the server's answer: the refusal stands in the form, what was typed stays.
import { useRef, useState } from 'preact/hooks'
import type { Refusal } from './api.ts'
import { untilDone } from './until-done.ts'

export interface Submit {
  refusal: Refusal | undefined
  /** What the server says of one field. */
  errorOf: (field: string) => string | undefined
  /** Runs the work with a key that stays until it has succeeded, so that a second tap does nothing twice. @returns whether it succeeded */
  submit: (work: (how: { once: string }) => Promise<unknown>) => Promise<boolean>
}

/** One for each thing that a form does; its key stays until that is done. */
export const useOnce = () => useRef(untilDone()).current

export function useSubmit(): Submit {
  const [refusal, setRefusal] = useState<Refusal>()
  const once = useOnce()
  return {
    refusal,
    errorOf: field => refusal?.fields?.[field]?.[0],
    async submit(work) {
      setRefusal(undefined)
      try {
        await once(work)
        return true
      } catch (error) {
        setRefusal(error as Refusal)
        return false
      }
    },
  }
}

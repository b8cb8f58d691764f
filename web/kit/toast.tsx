import { signal } from '@preact/signals'
import type { Refusal } from '../api.ts'
import { shellWords } from '../shell-words.ts'

interface Said {
  text: string
  undo: (() => unknown) | undefined
}
const said = signal<Said | undefined>(undefined)
let timer: ReturnType<typeof setTimeout> | undefined

/** One line that repeats the verb: `Đã chuyển xuống thôn`. Six seconds; ten where it can be taken back. */
export function toast(text: string, undo?: () => unknown) {
  clearTimeout(timer)
  said.value = { text, undo }
  timer = setTimeout(() => (said.value = undefined), undo ? 10_000 : 6000)
}

/** Does it. A refusal that nobody else says is said in the line; what else goes wrong is a fault of ours. */
export async function saying(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error as Partial<Refusal>).code) throw error
    toast((error as Refusal).message)
  }
}

export function Toast() {
  const say = shellWords()
  const now = said.value
  return (
    <div role="status">
      {now && (
        <div class="toast">
          <span>{now.text}</span>
          {now.undo && (
            <button
              type="button"
              class="act"
              onClick={() => {
                said.value = undefined
                void saying(now.undo!)
              }}
            >
              {say('undo')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

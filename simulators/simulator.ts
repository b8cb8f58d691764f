// What every simulator shows and obeys on the console, whatever its provider speaks.

export interface Got {
  at: Date
  to: string
  words: string
  /** What was called back about it, as it happened. */
  told: string[]
}

/** How a simulator behaves from now on. */
export interface Behaviour {
  /** `take`, `down`, `hang_up`, … or an error code of the provider's. */
  answer: string
  /** What the sender is told later of a message that was taken. */
  become: 'delivered' | 'failed' | 'nothing'
  lateSeconds: number
  /** How often each call back comes. */
  times: number
}

export const usual: Behaviour = { answer: 'take', become: 'delivered', lateSeconds: 1, times: 1 }

/** As `POST /api/v1/channel-accounts` takes it, and the form in Kênh báo tin asks. */
export interface Entered {
  adapter: string
  name: string
  settings: Record<string, string | number | boolean>
  secrets: Record<string, string>
  /** What its console gives for access, handed over once the account is entered. */
  granted?: { accessToken: string; refreshToken: string }
}

export interface Simulator {
  name: string
  title: string
  address: string
  /** How to use it, for a person; the account's fields are printed by themselves. */
  hints: readonly string[]
  account?: Entered
  /** Answers that it knows by name; codes come beside them. */
  answers: readonly string[]
  /** Newest last; the last 500. */
  got: readonly Got[]
  /** Everything since the start. */
  count: () => number
  behave: (behaviour: Behaviour) => void
  /** A person answers. */
  write?: (from: string, words: string, times: number) => Promise<void>
  /** Where it calls back, for providers that are told so on their own console. */
  setHook?: (url: string) => void
  stop: () => unknown
}

const kept = 500

/** Keeps the last messages and counts them all. */
export function keeper() {
  const got: Got[] = []
  let count = 0
  return {
    got,
    count: () => count,
    keep: (to: string, words: string): Got => {
      const one = { at: new Date(), to, words, told: [] }
      count++
      got.push(one)
      if (got.length > kept) got.splice(0, got.length - kept)
      return one
    },
  }
}

/** Calls back as the behaviour says, and writes down how it went. */
export function callBack(
  one: Got,
  { become, lateSeconds, times }: Behaviour,
  call: (isDelivered: boolean) => Promise<string>,
) {
  if (become === 'nothing') return
  for (let n = 0; n < times; n++)
    setTimeout(
      () => {
        call(become === 'delivered').then(
          said => one.told.push(`${become}: ${said}`),
          (error: unknown) => one.told.push(`${become}: ${(error as Error).message}`),
        )
      },
      lateSeconds * 1000 + n * 50,
    ).unref()
}

/** One call to the sender's own address on this machine. @throws Error for any other */
export async function toHook(
  hook: string,
  query: Record<string, string> | undefined,
  body: object | string | undefined,
  headers: Record<string, string> = {},
) {
  const url = new URL(hook)
  if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) throw new Error('only this machine is called back')
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  const isText = typeof body === 'string'
  const said = await fetch(url, {
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          body: isText ? body : JSON.stringify(body),
          headers: { 'content-type': isText ? 'text/plain' : 'application/json', ...headers },
        }),
    signal: AbortSignal.timeout(10_000),
  })
  await said.arrayBuffer()
  return String(said.status)
}

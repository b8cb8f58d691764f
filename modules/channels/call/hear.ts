// What a provider of calls calls back with: was there somebody, how much was heard, which keys were pressed. Decisions without I/O.
import { say } from '#core/words'
import type { Field, Settings } from '../account-field.ts'
import type { Called } from '../account.ts'
import type { Heard } from '../heard.ts'
import { saidIn } from '../http-own-profile.ts'

/** So much of a message must have been played to an answered line. */
const enough = 0.8

/** Where a provider writes it, and with what words; each calls them by names of its own. */
export const hearingFields: readonly Field[] = [
  { name: 'hearId', type: 'text', initial: 'id' },
  { name: 'hearState', type: 'text', initial: 'state' },
  { name: 'answeredWords', type: 'text', initial: 'answered, completed' },
  { name: 'unansweredWords', type: 'text', initial: 'busy, no_answer' },
  { name: 'failedWords', type: 'text', initial: 'failed' },
  { name: 'hearSeconds', type: 'text', initial: 'seconds' },
  { name: 'hearTotal', type: 'text', isOptional: true, initial: 'total' },
  { name: 'hearKeys', type: 'text', initial: 'keys' },
  { name: 'hearNumber', type: 'text', initial: 'to' },
]

/** In our own call-back address: how long the message is, where the provider does not say. */
export const fullAs = 'full'

interface Told {
  id: string
  state: 'answered' | 'unanswered' | 'failed' | undefined
  seconds: number
  /** Of the whole message; undefined: nobody knows. */
  full: number | undefined
  keys: string
  number: string | undefined
}

const whole = (text: string | undefined) => {
  const number = Number.parseFloat(text ?? '')
  return Number.isFinite(number) && number > 0 && number < 86_400 ? number : undefined
}

const isOneOf = (word: string, words: Settings[string] | undefined) =>
  String(words ?? '')
    .split(',')
    .some(one => one.trim().toLowerCase() === word.trim().toLowerCase())

function stateIn(settings: Settings, word: string | undefined): Told['state'] {
  if (!word) return undefined
  if (isOneOf(word, settings['answeredWords'])) return 'answered'
  if (isOneOf(word, settings['unansweredWords'])) return 'unanswered'
  return isOneOf(word, settings['failedWords']) ? 'failed' : undefined
}

function toldIn(settings: Settings, called: Pick<Called, 'raw' | 'query'>): Told | undefined {
  const find = saidIn(called)
  const at = (name: string) => {
    const where = settings[name]
    return where === undefined || where === '' ? undefined : find(String(where))
  }
  const id = at('hearId')
  if (!id) return undefined
  return {
    id,
    state: stateIn(settings, at('hearState')),
    seconds: whole(at('hearSeconds')) ?? 0,
    full: whole(at('hearTotal')) ?? whole(called.query[fullAs]),
    keys: (at('hearKeys') ?? '').replaceAll(/[^\d*#]/g, ''),
    number: at('hearNumber'),
  }
}

/** That somebody answered says nothing yet: what was heard of it is told when the call ends. */
function partOf({ id, state, seconds, full, keys }: Told, at: Date): Heard[] {
  const part = { is: 'part', providerId: id, at } as const
  if (keys.includes('1')) return [{ ...part, state: 'acknowledged' }]
  if (state === 'unanswered') return [{ ...part, state: 'failed', why: 'not_answered' }]
  if (state === 'failed') return [{ ...part, state: 'failed', why: 'not_delivered' }]
  if (state !== 'answered' || !seconds || full === undefined) return []
  return seconds >= full * enough ? [{ ...part, state: 'delivered' }] : [{ ...part, state: 'failed', why: 'hung_up' }]
}

/** 1: acknowledged. 2 is the provider's affair. 3: a question of the home. */
export function heardOfCall(settings: Settings, called: Pick<Called, 'raw' | 'query'>, at: Date): readonly Heard[] {
  const told = toldIn(settings, called)
  if (!told) return []
  const { id, keys, number } = told
  const wish: Heard[] =
    keys.includes('3') && number
      ? [{ is: 'said', id: `${id} 3`, from: number, words: say('vi', 'call.wants_head'), at }]
      : []
  return [...partOf(told, at), ...wish]
}

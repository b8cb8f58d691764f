// What may be said of a home: the same fields for a new one and for a correction.
import { useRef } from 'preact/hooks'
import { Chips, Field, Pick, Tick, toast } from '#web/kit.tsx'
import { languageName, languages, needs, phoneKinds, type Need, type PhoneKind } from '../words-of-homes.ts'
import { say, term } from './say.ts'

export interface HomeDraft {
  sheetNo: string
  alley: string
  landmark: string
  way: string
  /** Degrees, as `21.335, 106.853`. */
  pin: string
  language: string
  listener: string
  needs: Need[]
  phoneKind: PhoneKind
  say: string
}

export const emptyDraft: HomeDraft = {
  sheetNo: '',
  alley: '',
  landmark: '',
  way: '',
  pin: '',
  language: 'vi',
  listener: '',
  needs: [],
  phoneKind: 'none',
  say: '',
}

/** Undefined for what is no place; null for none. */
const pinOf = (text: string) => {
  if (!text.trim()) return null
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text)
  const [lat, lng] = [Number(found?.[1]), Number(found?.[2])]
  // Vietnam, its sea included: two numbers in the wrong order are none of its places.
  return found && lat >= 7 && lat <= 24 && lng >= 102 && lng <= 118 ? { lat, lng } : undefined
}
export const isPinBad = ({ pin }: HomeDraft) => pinOf(pin) === undefined

/** Vietnamese is heard beside another language. What a home hears stays as it is until another is chosen first. */
const heard = (language: string, was: readonly string[]) =>
  was[0] === language ? [...was] : language === 'vi' ? ['vi'] : [language, 'vi']

/** @param was languages that the home hears so far */
export const asFields = (draft: HomeDraft, was: readonly string[] = []) => ({
  sheetNo: draft.sheetNo.trim() || null,
  alley: draft.alley,
  landmark: draft.landmark,
  way: draft.way,
  pin: pinOf(draft.pin) ?? null,
  languages: heard(draft.language, was),
  listener: draft.listener.trim() || null,
  needs: draft.needs,
  phoneKind: draft.phoneKind,
  say: draft.say,
})

/** The phone's own place, when its person says yes. */
const here = () =>
  new Promise<string>((found, failed) => {
    navigator.geolocation.getCurrentPosition(
      at => found(`${at.coords.latitude.toFixed(5)}, ${at.coords.longitude.toFixed(5)}`),
      failed,
      { enableHighAccuracy: true, timeout: 20_000 },
    )
  })

type Set = <K extends keyof HomeDraft>(name: K) => (value: HomeDraft[K]) => void
interface Fields {
  draft: HomeDraft
  set: Set
}

const PinField = ({ draft, set }: Fields) => (
  <>
    <Field
      label={say('pin')}
      hint={say('pin_hint')}
      error={isPinBad(draft) ? say('pin_bad') : undefined}
      value={draft.pin}
      onInput={set('pin')}
      maxLength={40}
    />
    {'geolocation' in navigator && (
      <p>
        <button
          type="button"
          class="act act-quiet"
          onClick={() => void here().then(set('pin'), () => toast(say('pin_unknown')))}
        >
          {say('pin_here')}
        </button>
      </p>
    )}
  </>
)

/** How the home listens, and what whoever comes should know. */
const Listening = ({ draft, set }: Fields) => (
  <>
    <Pick
      label={say('language')}
      hint={say('language_hint')}
      options={Object.keys(languages).map(value => ({ value, label: languageName(value) }))}
      value={draft.language}
      onChange={set('language')}
    />
    <Field
      label={say('listener')}
      hint={say('listener_hint')}
      value={draft.listener}
      onInput={set('listener')}
      maxLength={100}
    />
    <fieldset>
      <legend class="label">{say('needs')}</legend>
      {needs.map(need => (
        <Tick
          key={need}
          label={term('need', need)}
          isOn={draft.needs.includes(need)}
          onChange={isOn => set('needs')(isOn ? [...draft.needs, need] : draft.needs.filter(one => one !== need))}
        />
      ))}
    </fieldset>
    <p class="label">{say('phone_kind')}</p>
    <Chips
      label={say('phone_kind')}
      options={phoneKinds.map(value => ({ value, label: term('kind', value) }))}
      value={draft.phoneKind}
      onChange={value => set('phoneKind')(value as PhoneKind)}
    />
    <Field
      label={say('saying')}
      hint={say('saying_hint')}
      rows={2}
      value={draft.say}
      onInput={set('say')}
      maxLength={300}
    />
  </>
)

interface Props {
  draft: HomeDraft
  change: (draft: HomeDraft) => void
  isOpen?: boolean
}

/** Where the house is comes first; the rest waits until it is asked for. */
export function HomeForm({ draft, change, isOpen }: Props) {
  // The phone may look for its place for a while: what was typed meanwhile stays.
  const newest = useRef(draft)
  newest.current = draft
  const set: Set = name => value => change({ ...newest.current, [name]: value })
  return (
    <>
      <Field label={say('alley')} value={draft.alley} onInput={set('alley')} maxLength={100} />
      <Field
        label={say('landmark')}
        hint={say('landmark_hint')}
        value={draft.landmark}
        onInput={set('landmark')}
        maxLength={200}
      />
      <details open={isOpen}>
        <summary class="act act-quiet">{say('more')}</summary>
        <div class="stack-l stack">
          <Field label={say('sheet_no')} value={draft.sheetNo} onInput={set('sheetNo')} maxLength={30} />
          <Field label={say('way')} hint={say('way_hint')} value={draft.way} onInput={set('way')} maxLength={200} />
          <PinField draft={draft} set={set} />
          <Listening draft={draft} set={set} />
        </div>
      </details>
    </>
  )
}

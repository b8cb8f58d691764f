// Access that the account's owner grants at the provider's own page: what to paste there, and what it gives back.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Facts, Failed, Field, Form, Group, Pick } from '#web/kit.tsx'
import { useSubmit } from '#web/submit.ts'
import { near } from '#web/time.ts'
import type { Account } from './account-words.ts'
import { say, term } from './say.ts'

type Grant = NonNullable<Account['grant']>
const ways = ['code', 'tokens'] as const
type Way = (typeof ways)[number]

const stateOfGrant = ({ state, at }: Grant) =>
  [term('grant', state), state !== 'none' && at && say('grant_since', { time: near(at) })].filter(Boolean).join(', ')

/** Zalo's page comes back with the code in its address: whoever copies all of it has it too. */
const codeIn = (typed: string) => /[?&]code=([^&\s]+)/.exec(typed)?.[1] ?? typed.trim()

function Steps({ grant }: { grant: Grant }) {
  return (
    <ol class="stack">
      <li>
        {say('grant_step_callback')} <code class="hook">{grant.callback}</code>
      </li>
      <li>
        {say('grant_step_challenge')} <code class="hook">{grant.challenge}</code>
      </li>
      <li>{say('grant_step_open')}</li>
    </ol>
  )
}

function Give({ account, onDone }: { account: Account; onDone: (words: string, isAccepted: boolean) => unknown }) {
  const [way, setWay] = useState<Way>('code')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const { refusal, submit } = useSubmit()
  const give = () => {
    const granted =
      way === 'code' ? { code: codeIn(first) } : { accessToken: first.trim(), refreshToken: second.trim() }
    return submit(async how => {
      const said = await api.channels.grantAccount({ accountId: account.id, granted }, how)
      await onDone(said.words, said.isAccepted)
    })
  }
  const isReady = first.trim() && (way === 'code' || second.trim())
  const common = { autocomplete: 'off', maxLength: 4000 } as const
  return (
    <Form onSubmit={give}>
      <Pick
        label={say('grant_way')}
        value={way}
        onChange={next => setWay(next as Way)}
        options={ways.map(one => ({ value: one, label: term('grant_way', one) }))}
      />
      {way === 'code' ? (
        <Field label={say('grant_code')} hint={say('grant_code_hint')} value={first} onInput={setFirst} {...common} />
      ) : (
        <>
          <Field label={say('grant_access')} type="password" value={first} onInput={setFirst} {...common} />
          <Field label={say('grant_refresh')} type="password" value={second} onInput={setSecond} {...common} />
        </>
      )}
      {refusal && <Failed refusal={refusal} />}
      <Act kind="main" submit disabledBecause={!isReady && say('grant_first')}>
        {say('grant_give')}
      </Act>
    </Form>
  )
}

export function GrantPart({ account, onChange }: { account: Account; onChange: () => unknown }) {
  const grant = account.grant!
  const [isAnew, setAnew] = useState(false)
  const isOpen = isAnew || grant.state !== 'granted'
  const [words, setWords] = useState<string>()
  const done = async (said: string, isAccepted: boolean) => {
    setWords(said)
    if (isAccepted) setAnew(false)
    await onChange()
  }
  return (
    <Group title={say('grant_title')}>
      <div class="stack">
        <Facts rows={[[say('grant_state'), stateOfGrant(grant)]]} />
        {words && <p role="status">{words}</p>}
        {isOpen ? (
          <>
            <Steps grant={grant} />
            <Give account={account} onDone={done} />
          </>
        ) : (
          <Act kind="quiet" onClick={() => setAnew(true)}>
            {say('grant_again')}
          </Act>
        )}
      </div>
    </Group>
  )
}

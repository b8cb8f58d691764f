import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Choice, Field, Form, Group, Sheet } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { date } from '#web/time.ts'
import { doing, say, useDoing } from './say.ts'

type Made = Answer<Contracts['access']['makeToken']>

/** Shown this once: it can be copied here and nowhere again. */
const Shown = ({ made }: { made: Made }) => (
  <div class="stack">
    <p>{say('token_once', { day: date(made.endsAt) })}</p>
    <p class="code address">{made.token}</p>
    <Act onClick={() => doing(navigator.clipboard.writeText(made.token), say('copied'))}>{say('copy')}</Act>
  </div>
)

function Make({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const [name, setName] = useState('')
  const [days, setDays] = useState('30')
  const [made, setMade] = useState<Made>()
  const making = useDoing()
  const make = async () => {
    setMade(await making(how => api.access.makeToken({ name: name.trim(), days: Number(days) }, how)))
    onMade()
  }
  return (
    <Sheet title={say(made ? 'token_made' : 'token_make')} isOpen onClose={onClose}>
      {made ? (
        <Shown made={made} />
      ) : (
        <Form onSubmit={make}>
          <Field
            label={say('token_name')}
            hint={say('token_name_hint')}
            value={name}
            onInput={setName}
            maxLength={60}
          />
          <Choice
            label={say('token_days')}
            value={days}
            options={['7', '30', '90', '365'].map(value => ({ value, label: say('days', { n: value }) }))}
            onChange={setDays}
          />
          <Act kind="main" submit disabledBecause={!name.trim() && say('token_name')}>
            {say('token_make')}
          </Act>
        </Form>
      )}
    </Sheet>
  )
}

/** Connections of other programmes to the post acted as. */
export function Tokens() {
  const tokens = useLoaded(() => api.access.tokens({ limit: 100 }), [])
  const [isMaking, setMaking] = useState(false)
  return (
    <Group title={say('tokens')}>
      <ul class="rows">
        {tokens.value?.items.map(token => (
          <li key={token.id} class="row-in">
            <span class="row-main">
              <b>{token.name || say('token_nameless')}</b>
              <span>{say('token_of', { title: token.title, day: date(token.endsAt) })}</span>
            </span>
            <Act
              kind="quiet"
              label={say('end_token_one', { name: token.name || say('token_nameless') })}
              onClick={async () => {
                if (await doing(api.access.endToken({ tokenId: token.id }), say('token_ended'))) await tokens.reload()
              }}
            >
              {say('end_token')}
            </Act>
          </li>
        ))}
      </ul>
      <div class="pad stack">
        <p class="soft">{say('tokens_words')}</p>
        <Act kind="quiet" onClick={() => setMaking(true)}>
          {say('token_make')}
        </Act>
      </div>
      {isMaking && <Make onClose={() => setMaking(false)} onMade={() => void tokens.reload()} />}
    </Group>
  )
}

import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api, type Refusal } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Field, Form, Group, toast } from '#web/kit.tsx'
import { say } from './say.ts'

type Me = Answer<Contracts['access']['me']>

/** A login and a password, for signing in on other phones. */
export function Password({ me, onSet }: { me: Me; onSet: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const [login, setLogin] = useState('')
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const save = async () => {
    try {
      const typed = { ...(login && { login }), ...(current && { current }), password }
      await api.access.setPassword(typed)
      toast(say('password_set'))
      setOpen(false)
      setCurrent('')
      setPassword('')
      onSet()
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }
  const errorOf = (name: string, ...codes: string[]) =>
    refusal?.fields?.[name]?.[0] ?? (refusal && codes.includes(refusal.code) ? refusal.message : undefined)
  return (
    <Group title={say('password_title')}>
      <div class="pad stack">
        <p class="soft">{say(me.hasPassword ? 'password_has' : 'password_none')}</p>
        {!isOpen && (
          <Act kind="quiet" onClick={() => setOpen(true)}>
            {say(me.hasPassword ? 'password_change' : 'password_make')}
          </Act>
        )}
        {isOpen && (
          <Form onSubmit={save}>
            <Field
              label={say('login')}
              hint={say(me.hasPassword ? 'login_keep' : 'login_hint')}
              value={login}
              onInput={setLogin}
              autocomplete="username"
              error={errorOf('login', 'login_taken', 'login_needed')}
            />
            {me.hasPassword && (
              <Field
                label={say('password_now')}
                type="password"
                value={current}
                onInput={setCurrent}
                autocomplete="current-password"
                error={errorOf('current', 'wrong_password', 'too_many_requests')}
              />
            )}
            <Field
              label={say('password_new')}
              hint={say('password_hint')}
              type="password"
              value={password}
              onInput={setPassword}
              autocomplete="new-password"
              error={errorOf('password', 'password_like_login')}
            />
            <Act submit>{say('save')}</Act>
          </Form>
        )}
      </div>
    </Group>
  )
}

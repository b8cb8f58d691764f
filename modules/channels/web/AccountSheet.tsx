// One account: try it, change it, switch it off, take it away.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Facts, Failed, Field, Form, Sheet, toast } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { useSubmit } from '#web/submit.ts'
import { near } from '#web/time.ts'
import './channels.css'
import { AccountForm } from './AccountForm.tsx'
import { stateOf, type Account, type Adapter } from './account-words.ts'
import { say, term } from './say.ts'

interface Testing {
  account: Account
  /** Somebody has to get it; else the account tries itself. */
  isToAddress: boolean
  onChange: () => unknown
}

function TestPart({ account, isToAddress, onChange }: Testing) {
  const [to, setTo] = useState('')
  const [words, setWords] = useState<string>()
  const { refusal, submit } = useSubmit()
  const send = async () => {
    setWords(undefined)
    await submit(async how => {
      setWords((await api.channels.testAccount({ accountId: account.id, to }, how)).words)
    })
    await onChange()
  }
  return (
    <Form onSubmit={send}>
      {isToAddress ? (
        <Field
          label={say('test_to')}
          hint={term('test_hint', account.kind)}
          value={to}
          maxLength={254}
          isRequired
          onInput={setTo}
        />
      ) : (
        <p class="soft">{say('test_none')}</p>
      )}
      {words && <p role="status">{words}</p>}
      {refusal && <Failed refusal={refusal} />}
      <Act kind="main" icon="bietdi" submit>
        {say(isToAddress ? 'test' : 'test_here')}
      </Act>
    </Form>
  )
}

const factsOf = (account: Account) =>
  [
    [say('state'), stateOf(account)],
    account.troubleSince ? [say('trouble_since'), near(account.troubleSince)] : undefined,
    [say('last_test'), account.testedAt ? near(account.testedAt) : say('never')],
    [say('today'), say('today_words', { ok: number(account.today.accepted), bad: number(account.today.refused) })],
    account.today.dong ? [say('cost_today'), say('dong', { n: number(account.today.dong) })] : undefined,
    account.hook ? [say('hook'), <code class="hook">{account.hook}</code>] : undefined,
  ].filter(row => row !== undefined) as [string, preact.ComponentChildren][]

interface Props {
  account: Account
  adapters: readonly Adapter[]
  onClose: () => void
  onChange: () => unknown
}

export function AccountSheet({ account, adapters, onClose, onChange }: Props) {
  const [isChanging, setChanging] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const { refusal, submit } = useSubmit()
  const turn = async () => {
    const { id: accountId, version, isOn } = account
    await submit(how => api.channels.changeAccount({ accountId, version, isOn: !isOn }, how))
    await onChange()
  }
  const remove = async () => {
    if (!(await submit(how => api.channels.removeAccount({ accountId: account.id }, how)))) return
    toast(say('removed', { name: account.name }))
    onClose()
    await onChange()
  }
  if (isChanging)
    return <AccountForm adapters={adapters} account={account} onClose={() => setChanging(false)} onDone={onChange} />
  return (
    <Sheet title={account.name} isOpen onClose={onClose}>
      <div class="stack-l">
        <Facts rows={factsOf(account)} />
        <TestPart
          account={account}
          isToAddress={adapters.find(one => one.name === account.adapter)?.testsToAddress !== false}
          onChange={onChange}
        />
        {refusal && <Failed refusal={refusal} />}
        <Acts isLeft>
          <Act kind="quiet" icon="sua" onClick={() => setChanging(true)}>
            {say('change')}
          </Act>
          <Act kind="quiet" icon={account.isOn ? 'dung' : 'nghe'} onClick={turn}>
            {account.isOn ? say('turn_off') : say('turn_on')}
          </Act>
          {isRemoving ? (
            <Act kind="alarm" onClick={remove}>
              {say('remove_yes')}
            </Act>
          ) : (
            <Act kind="plain" onClick={() => setRemoving(true)}>
              {say('remove')}
            </Act>
          )}
        </Acts>
        {isRemoving && <p class="soft">{say('remove_words')}</p>}
      </div>
    </Sheet>
  )
}

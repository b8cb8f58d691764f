// One account: try it, change it, switch it off, take it away.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Facts, Failed, Field, Form, Sheet, toast } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { useSubmit, type Submit } from '#web/submit.ts'
import { near } from '#web/time.ts'
import './channels.css'
import { AccountForm } from './AccountForm.tsx'
import { GrantPart } from './GrantPart.tsx'
import { Light } from './Light.tsx'
import { stateOf, type Account, type Adapter, type Budget } from './account-words.ts'
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

const quotaOf = ({ today }: Account) =>
  today.most === null
    ? undefined
    : [
        say('quota_left'),
        say('quota_words', { n: number(Math.max(0, today.most - today.messages)), most: number(today.most) }),
      ]

const moneyOf = (account: Account, { dong, spent }: Budget) =>
  dong === null || !account.settings['dongPerPart']
    ? undefined
    : [say('budget_left'), say('dong', { n: number(Math.max(0, dong - spent.dong)) })]

const factsOf = (account: Account, budget: Budget) =>
  [
    [
      say('state'),
      <>
        <Light health={account.health} />
        {stateOf(account)}
      </>,
    ],
    account.troubleSince ? [say('trouble_since'), near(account.troubleSince)] : undefined,
    [say('last_sent'), account.lastSentAt ? near(account.lastSentAt) : say('never_sent')],
    account.lastTrouble && !account.trouble
      ? [say('last_trouble'), `${near(account.lastTrouble.at)}: ${account.lastTrouble.words}`]
      : undefined,
    [say('last_test'), account.testedAt ? near(account.testedAt) : say('never')],
    [say('today'), say('today_words', { ok: number(account.today.accepted), bad: number(account.today.refused) })],
    quotaOf(account),
    account.today.dong ? [say('cost_today'), say('dong', { n: number(account.today.dong) })] : undefined,
    moneyOf(account, budget),
    ...account.facts.map(one => [one.title, one.words]),
    account.hook && !account.grant ? [say('hook'), <code class="hook">{account.hook}</code>] : undefined,
  ].filter(row => row !== undefined) as [string, preact.ComponentChildren][]

interface Doing {
  account: Account
  submit: Submit['submit']
  onChange: () => unknown
}

/** Switched off by a person until a person switches it on; one that rests by itself may be asked again at once. */
function Pausing({ account, submit, onChange }: Doing) {
  const { id: accountId, version, isOn } = account
  const set = (isWanted: boolean) => async () => {
    await submit(how => api.channels.changeAccount({ accountId, version, isOn: isWanted }, how))
    await onChange()
  }
  return (
    <>
      {isOn && account.restsUntil && (
        <Act kind="quiet" icon="nghe" onClick={set(true)}>
          {say('ask_again')}
        </Act>
      )}
      <Act kind="quiet" icon={isOn ? 'dung' : 'nghe'} onClick={set(!isOn)}>
        {isOn ? say('turn_off') : say('turn_on')}
      </Act>
    </>
  )
}

/** Before the others of its kind. */
function GoFirst({ account, others, submit, onChange }: Doing & { others: readonly Account[] }) {
  if (others.every(other => account.rank < other.rank)) return null
  const accountIds = [account, ...others].map(one => one.id)
  const move = async () => {
    await submit(how => api.channels.orderAccounts({ kind: account.kind, accountIds }, how))
    await onChange()
  }
  return (
    <Act kind="quiet" icon="uutien" onClick={move}>
      {say('go_first')}
    </Act>
  )
}

interface Props {
  account: Account
  /** The other accounts of its kind, in their order. */
  others: readonly Account[]
  budget: Budget
  adapters: readonly Adapter[]
  onClose: () => void
  onChange: () => unknown
}

export function AccountSheet({ account, others, budget, adapters, onClose, onChange }: Props) {
  const [isChanging, setChanging] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const { refusal, submit } = useSubmit()
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
        <Facts rows={factsOf(account, budget)} />
        {account.grant && <GrantPart account={account} onChange={onChange} />}
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
          <Pausing account={account} submit={submit} onChange={onChange} />
          {others.length > 0 && <GoFirst account={account} others={others} submit={submit} onChange={onChange} />}
          {isRemoving ? (
            <Act onClick={remove}>{say('remove_yes')}</Act>
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

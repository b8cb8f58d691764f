// The commune's accounts at providers: how each is, what it was asked for today, and what has to be done.
import { channelName } from './channel-name.ts'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Empty, Failed, Group, Lines, Page, Row, Rows } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { stateOf, usedOf, type Account } from './account-words.ts'
import { BudgetPart } from './BudgetPart.tsx'
import { AccountForm } from './AccountForm.tsx'
import { AccountSheet } from './AccountSheet.tsx'
import { Light } from './Light.tsx'
import { say, term } from './say.ts'

const icons = { email: 'thu', sms: 'sms', call: 'goi', zalo: 'hoi', facebook: 'nhom', telegram: 'hoi' } as const
const iconOf = (kind: string) => icons[kind as keyof typeof icons] ?? 'loa'

const load = async () => {
  const [accounts, adapters, budget] = await Promise.all([
    api.channels.accounts({}),
    api.channels.adapters({}),
    api.channels.budget({}),
  ])
  return { accounts: accounts.items, adapters: adapters.items, budget }
}

/** Of several accounts of a kind: who is asked first, who takes over. */
const placeOf = (accounts: readonly Account[], account: Account) =>
  accounts.length < 2 ? '' : accounts[0] === account ? say('goes_first') : say('takes_over')

function Kind({ kind, accounts, onOpen }: { kind: string; accounts: Account[]; onOpen: (account: Account) => void }) {
  return (
    <Group title={channelName(kind)}>
      <Rows label={channelName(kind)}>
        {accounts.map(account => (
          <Row
            key={account.id}
            icon={iconOf(kind)}
            title={account.name}
            note={[term('adapter', account.adapter), placeOf(accounts, account), usedOf(account)]
              .filter(Boolean)
              .join(' · ')}
            state={
              <>
                <Light health={account.health} />
                {stateOf(account)}
              </>
            }
            isNotYet={account.health !== 'well'}
            onClick={() => onOpen(account)}
          />
        ))}
      </Rows>
    </Group>
  )
}

export function Channels() {
  const { value, refusal, reload } = useLoaded(load, [])
  const [isAdding, setAdding] = useState(false)
  const [openId, setOpenId] = useState<string>()
  const { accounts = [], adapters = [] } = value ?? {}
  const open = accounts.find(account => account.id === openId)
  const add = (
    <Act kind={accounts.length ? 'quiet' : 'main'} icon="cong" onClick={() => setAdding(true)}>
      {say('add')}
    </Act>
  )
  return (
    <Page title={say('title')} sub={say('lead')}>
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && !accounts.length && <Empty title={say('none')} words={say('none_words')} icon="loa" act={add} />}
      {accounts.length > 0 && (
        <div class="stack-l">
          <Acts isLeft>{add}</Acts>
          {[...new Set(accounts.map(account => account.kind))].map(kind => (
            <Kind
              key={kind}
              kind={kind}
              accounts={accounts.filter(account => account.kind === kind)}
              onOpen={account => setOpenId(account.id)}
            />
          ))}
          <Acts isLeft>
            <Act kind="quiet" icon="gio" href="/ladder">
              {say('ladder')}
            </Act>
          </Acts>
          {value && <BudgetPart budget={value.budget} onDone={reload} />}
        </div>
      )}
      {isAdding && <AccountForm adapters={adapters} onClose={() => setAdding(false)} onDone={reload} />}
      {open && (
        <AccountSheet
          account={open}
          others={accounts.filter(account => account.kind === open.kind && account !== open)}
          budget={value!.budget}
          adapters={adapters}
          onClose={() => setOpenId(undefined)}
          onChange={reload}
        />
      )}
    </Page>
  )
}

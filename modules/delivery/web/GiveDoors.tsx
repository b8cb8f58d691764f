// Doors are given to a person: all that nobody has, or those of one alley.
import { useState } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act, Choice, Failed, Lines, Pick, Sheet, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import type { DoorHere } from './door-state.ts'
import { say } from './say.ts'

interface Props {
  noticeId: string
  /** Doors without a result. */
  doors: readonly DoorHere[]
  isOpen: boolean
  onClose: () => void
  onDone: () => unknown
}

function Give({ noticeId, doors, onClose, onDone }: Omit<Props, 'isOpen'>) {
  const walkers = useLoaded(() => api.delivery.walkers({}), [])
  const [account, setAccount] = useState('')
  const [alley, setAlley] = useState('*')
  const free = doors.filter(door => door.assigned === null)
  const alleys = [...Map.groupBy(free, door => door.alley)]
  const chosen = alley === '*' ? free : free.filter(door => door.alley === alley)
  const people = walkers.value?.items ?? []
  const to = account || people[0]?.account
  const give = async () => {
    try {
      await api.delivery.assignDoors({
        noticeId,
        doorIds: chosen.slice(0, 400).map(door => door.doorId),
        account: to ?? null,
      })
      toast(say('given', { n: number(Math.min(400, chosen.length)) }))
      onClose()
      await onDone()
    } catch (error) {
      toast((error as Refusal).message)
    }
  }
  if (walkers.refusal) return <Failed refusal={walkers.refusal} retry={walkers.reload} />
  if (walkers.isLoading) return <Lines />
  if (!free.length) return <p class="soft">{say('give_none')}</p>
  return (
    <div class="stack">
      <Pick
        label={say('give_who')}
        options={people.map(one => ({ value: one.account, label: `${one.name}, ${one.title}` }))}
        value={to ?? ''}
        onChange={setAccount}
      />
      <Choice
        label={say('give_which')}
        options={[
          { value: '*', label: `${say('give_all')} (${number(free.length)})` },
          ...alleys.map(([name, inside]) => ({
            value: name,
            label: `${name || say('no_alley')} (${number(inside.length)})`,
          })),
        ]}
        value={alley}
        onChange={setAlley}
      />
      <Act kind="main" icon="cua" onClick={give}>
        {say('give_act', { n: number(chosen.length) })}
      </Act>
    </div>
  )
}

export const GiveDoors = ({ isOpen, ...props }: Props) => (
  <Sheet title={say('give_title')} isOpen={isOpen} onClose={props.onClose}>
    {isOpen && <Give {...props} />}
  </Sheet>
)

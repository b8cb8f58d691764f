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
  // A head knocks in his own village: only who may visit one of these homes is offered, and gets those that he may visit.
  const opens = (units: string[] | null, door: DoorHere) => !units || units.includes(door.unitId)
  const people = (walkers.value?.items ?? []).filter(one => free.some(door => opens(one.units, door)))
  const person = people.find(one => one.account === account) ?? people[0]
  const his = person ? free.filter(door => opens(person.units, door)) : []
  const alleys = [...Map.groupBy(his, door => door.alley)]
  const inAlley = his.filter(door => door.alley === alley)
  const isAll = alley === '*' || !inAlley.length
  const chosen = isAll ? his : inAlley
  const give = async (to: string) => {
    try {
      await api.delivery.assignDoors({
        noticeId,
        doorIds: chosen.slice(0, 400).map(door => door.doorId),
        account: to,
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
  if (!person) return <p class="soft">{say('give_nobody')}</p>
  return (
    <div class="stack">
      <Pick
        label={say('give_who')}
        options={people.map(one => ({ value: one.account, label: `${one.name}, ${one.title}` }))}
        value={person.account}
        onChange={setAccount}
      />
      <Choice
        label={say('give_which')}
        options={[
          { value: '*', label: `${say('give_all')} (${number(his.length)})` },
          ...alleys.map(([name, inside]) => ({
            value: name,
            label: `${name || say('no_alley')} (${number(inside.length)})`,
          })),
        ]}
        value={isAll ? '*' : alley}
        onChange={setAlley}
      />
      <Act kind="main" icon="cua" onClick={() => give(person.account)}>
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

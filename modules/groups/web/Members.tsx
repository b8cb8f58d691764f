import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Failed, Field, Form, Group as Heading, Lines, Row, Rows } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { usePages } from '#web/pages.ts'
import { date } from '#web/time.ts'
import type { Group, Member } from '../contract.ts'
import { inset } from './inset.ts'
import { say } from './say.ts'

const noteOf = (member: Member, group: Group) => {
  const data = { unit: member.unitTitle, date: date(member.since), part: member.part }
  const own = say(member.part ? 'member_part' : 'member_note', data)
  return member.group.id === group.id ? own : `${own}. ${say('in_branch', { name: member.group.name })}`
}

/** Members by given name, no more at once than are looked at: every name shown is noted at its home. */
export function Members({ group, onChoose }: { group: Group; onChoose: ((member: Member) => void) | undefined }) {
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const first = usePages(cursor => api.groups.members({ groupId: group.id, limit: 50, q, ...cursor }), [group.id, q])
  const { value } = first
  return (
    <Heading title={say('members')} count={group.members === null ? undefined : number(group.members)}>
      {(group.members ?? 0) > 20 && (
        <div class={inset()}>
          <Form onSubmit={() => setQ(typed)}>
            <Field label={say('find_member')} type="search" value={typed} onInput={setTyped} />
          </Form>
        </div>
      )}
      {!value && (first.refusal ? <Failed refusal={first.refusal} retry={first.reload} /> : <Lines />)}
      {value?.items.length === 0 && <p class={inset('soft')}>{say(q ? 'member_not_found' : 'members_none')}</p>}
      {value && value.items.length > 0 && (
        <Rows label={say('members')}>
          {value.items.map(member => (
            <Row
              key={`${member.group.id}/${member.personId}`}
              title={[member.name, member.birthYear].filter(Boolean).join(', ')}
              note={noteOf(member, group)}
              onClick={onChoose && (() => onChoose(member))}
            />
          ))}
        </Rows>
      )}
      {first.more && (
        <div class={inset()}>
          <Act kind="quiet" onClick={first.more}>
            {say('more')}
          </Act>
        </div>
      )}
    </Heading>
  )
}

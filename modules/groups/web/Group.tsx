import { useRoute } from '#web/router.tsx'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Acts, Failed, Group as Heading, Lines, Page, Rows, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import { date } from '#web/time.ts'
import type { Group, Member } from '../contract.ts'
import { AddMember } from './AddMember.tsx'
import { CloseGroup, EndMember, RenameGroup } from './ChangeGroup.tsx'
import { GroupRow } from './Groups.tsx'
import { MakeBranch } from './MakeGroup.tsx'
import { mayManage } from './may.ts'
import { Members } from './Members.tsx'
import { inset } from './inset.ts'
import { say } from './say.ts'

const load = async (groupId: string) => {
  const [group, branches] = await Promise.all([
    api.groups.get({ groupId }),
    everyPage(cursor => api.groups.list({ parent: groupId, limit: 100, ...cursor })),
  ])
  return { group, branches }
}

type SheetName = 'member' | 'branch' | 'rename' | 'close'

function Managing({
  group,
  open,
  reload,
}: {
  group: Group
  open: (sheet: SheetName) => void
  reload: () => Promise<void>
}) {
  const reopen = async () => {
    await api.groups.reopen({ groupId: group.id })
    toast(say('reopened', { name: group.name }))
    await reload()
  }
  if (group.closedAt)
    return (
      <div class="words stack">
        <p>{say('closed_since', { date: date(group.closedAt) })}</p>
        <Act kind="quiet" icon="hoantac" onClick={reopen}>
          {say('reopen')}
        </Act>
      </div>
    )
  return (
    <div class={inset()}>
      <Acts isLeft>
        <Act kind="quiet" icon="cong" onClick={() => open('member')}>
          {say('add_member')}
        </Act>
        <Act kind="quiet" onClick={() => open('branch')}>
          {say('add_branch')}
        </Act>
        <Act kind="quiet" icon="sua" onClick={() => open('rename')}>
          {say('rename')}
        </Act>
        <Act kind="plain" onClick={() => open('close')}>
          {say('close')}
        </Act>
      </Acts>
    </div>
  )
}

function Inside({ value, reload }: { value: Awaited<ReturnType<typeof load>>; reload: () => Promise<void> }) {
  const { group, branches } = value
  const [sheet, setSheet] = useState<SheetName>()
  const [leaving, setLeaving] = useState<Member>()
  const [round, setRound] = useState(0)
  const renew = async () => {
    await reload()
    setRound(n => n + 1)
  }
  const close = () => setSheet(undefined)
  const mayChange = mayManage() && !group.closedAt
  return (
    <div class="stack">
      {group.isConfidential && <p class="words">{say('only_secretary')}</p>}
      {mayManage() && <Managing group={group} open={setSheet} reload={renew} />}
      {branches.length > 0 && (
        <Heading title={say('branches')}>
          <Rows label={say('branches')}>
            {branches.map(branch => (
              <GroupRow key={branch.id} group={branch} />
            ))}
          </Rows>
        </Heading>
      )}
      <Members key={round} group={group} onChoose={mayChange ? setLeaving : undefined} />
      {sheet === 'member' && <AddMember group={group} onClose={close} onAdded={renew} />}
      {sheet === 'branch' && <MakeBranch group={group} onClose={close} onMade={reload} />}
      {sheet === 'rename' && <RenameGroup group={group} onClose={close} onDone={reload} />}
      {sheet === 'close' && <CloseGroup group={group} onClose={close} onDone={renew} />}
      {leaving && <EndMember member={leaving} onClose={() => setLeaving(undefined)} onDone={renew} />}
    </div>
  )
}

/** One group: its branches, its members, and what is changed about them. */
export function GroupScreen() {
  const { groupId = '' } = useRoute().params
  const { value, refusal, reload } = useLoaded(() => load(groupId), [groupId])
  const group = value?.group
  const title = group
    ? say('group_title', { name: group.name, members: number(group.members ?? 0), homes: number(group.homes ?? 0) })
    : say('groups')
  return (
    <Page title={title} back={group?.parentId ? `/groups/${group.parentId}` : '/groups'}>
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && <Inside value={value} reload={reload} />}
    </Page>
  )
}

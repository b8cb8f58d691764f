import { useRoute } from '#web/router.tsx'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Facts, Failed, Group, Lines, Page, Row, Rows, Trace } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import { date } from '#web/time.ts'
import { CloseVillage, RenameVillage } from './ChangeVillage.tsx'
import { usualKind, villagesWithHomes } from './load.ts'
import { MakeVillage } from './MakeVillage.tsx'
import { say } from './say.ts'
import { UndoChange } from './UndoChange.tsx'

type Seen = Awaited<ReturnType<typeof api.units.get>>

async function load(unit: string) {
  const seen = await api.units.get({ unit })
  // What is closed has no homes to count.
  const inside = seen.closedOn ? { homes: 0, people: 0, villages: [] } : await villagesWithHomes(unit)
  return { seen, ...inside }
}

const changeWords = {
  create: 'change_create',
  rename: 'change_rename',
  retype: 'change_retype',
  merge_whole: 'change_merge_whole',
  merge_part: 'change_merge_part',
  split: 'change_split',
  close: 'change_close',
  undo_merge: 'change_undo_merge',
  undo_split: 'change_undo_split',
} as const

const traceOf = (seen: Seen) =>
  seen.changes.map(change => ({
    at: date(change.on),
    act: say(changeWords[change.kind as keyof typeof changeWords] ?? 'change_rename', {
      from: change.from?.title ?? '',
      to: change.to?.title ?? '',
    }),
    by:
      [change.source, change.undoneOn && say('undone_on', { date: date(change.undoneOn) })]
        .filter(Boolean)
        .join(' · ') || undefined,
  }))

type Loaded = Awaited<ReturnType<typeof load>>
type SheetName = 'rename' | 'below' | 'close' | 'undo'
interface Part {
  value: Loaded
  open: (sheet: SheetName) => void
}

const Doings = ({ value: { seen, homes, villages }, open }: Part) =>
  seen.closedOn ? (
    <p class="words">{say('closed_on', { date: date(seen.closedOn) })}</p>
  ) : (
    <Acts isLeft>
      <Act kind="quiet" icon="sua" onClick={() => open('rename')}>
        {say('rename')}
      </Act>
      {homes > 1 && (
        <Act kind="quiet" href={`/villages/${seen.id}/split`}>
          {say('split')}
        </Act>
      )}
      {homes === 0 && villages.length === 0 && (
        <Act kind="quiet" onClick={() => open('close')}>
          {say('close')}
        </Act>
      )}
    </Acts>
  )

const Below = ({ value: { villages }, open }: Part) => (
  <Group title={say('below')}>
    {villages.length > 0 ? (
      <Rows label={say('below')}>
        {villages.map(one => (
          <Row key={one.id} title={one.title} href={`/villages/${one.id}`} count={one.homes} />
        ))}
      </Rows>
    ) : (
      <p class="soft">{say('below_none')}</p>
    )}
    <div>
      <Act kind="plain" icon="cong" onClick={() => open('below')}>
        {say('create_below')}
      </Act>
    </div>
  </Group>
)

function History({ value: { seen }, open }: Part) {
  const trace = traceOf(seen)
  if (!trace.length) return null
  return (
    <Group title={say('history')}>
      <div class="stack">
        <Trace steps={trace} />
        {seen.undoable && (
          <Acts isLeft>
            <Act kind="quiet" icon="hoantac" onClick={() => open('undo')}>
              {say(seen.undoable.kind === 'merge' ? 'undo_merge' : 'undo_split')}
            </Act>
          </Acts>
        )}
      </div>
    </Group>
  )
}

function Inside({ value, reload }: { value: Loaded; reload: () => Promise<void> }) {
  const [sheet, setSheet] = useState<SheetName>()
  const { seen, homes, people, villages } = value
  const close = () => setSheet(undefined)
  return (
    <div class="stack">
      <Doings value={value} open={setSheet} />
      <Facts
        rows={[
          [say('homes'), number(homes)],
          [say('facts_people'), number(people)],
          [say('facts_no'), number(seen.no)],
          [say('facts_commune'), seen.above.map(one => one.title).join(', ')],
        ]}
      />
      {seen.level === 'village' && !seen.closedOn && <Below value={value} open={setSheet} />}
      <History value={value} open={setSheet} />
      {sheet === 'rename' && <RenameVillage seen={seen} onClose={close} onDone={reload} />}
      {sheet === 'undo' && <UndoChange seen={seen} onClose={close} />}
      {sheet === 'close' && <CloseVillage seen={seen} onClose={close} />}
      <MakeVillage
        parent={seen.id}
        kind={usualKind(villages, 'xóm')}
        title={say('create_below')}
        isOpen={sheet === 'below'}
        onClose={close}
        onMade={reload}
      />
    </div>
  )
}

/** One village: its homes, what lies below it, everything it has been. */
export function Village() {
  const { unitId = '' } = useRoute().params
  const { value, refusal, reload } = useLoaded(() => load(unitId), [unitId])
  const title = value ? say('village_title', { title: value.seen.title, homes: number(value.homes) }) : say('village')
  const back = value?.seen.level === 'hamlet' ? `/villages/${value.seen.parent?.id}` : '/villages'
  return (
    <Page title={title} back={back}>
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && <Inside value={value} reload={reload} />}
    </Page>
  )
}

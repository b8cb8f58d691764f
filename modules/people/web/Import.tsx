// A list of homes comes in: the file, what it would change, then all of it at once; and back again.
import { useRef, useState } from 'preact/hooks'
import { useLocation, useRoute } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { Act, Acts, Failed, Group, Lines, Page, Progress, Row, Rows, Table, Tick } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number, size } from '#web/numbers.ts'
import { near } from '#web/time.ts'
import type { ImportRun } from '../contract-import.ts'
import { attemptNow, useAttempt } from './act.ts'
import { say, term } from './say.ts'
import './people.css'

const link = (id: string) => `/imports?id=${encodeURIComponent(id)}`

function Send() {
  const attempt = useAttempt()
  const { route } = useLocation()
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const [keepIds, setKeepIds] = useState(false)
  const send = async () => {
    const input = { file: file!, keepIds: keepIds ? ('true' as const) : ('false' as const) }
    const run = await attempt(how => api.people.startImport(input, how))
    if (run) route(link(run.id))
  }
  return (
    <section class="pad stack">
      <p>{say('import_words')}</p>
      <input
        ref={picker}
        hidden
        type="file"
        accept=".xlsx,.csv,.txt"
        aria-label={say('file')}
        onChange={event => setFile(event.currentTarget.files?.[0])}
      />
      <Acts isLeft>
        <Act kind="quiet" icon="giay" onClick={() => picker.current?.click()}>
          {say(file ? 'other_file' : 'choose_file')}
        </Act>
      </Acts>
      {file && (
        <p role="status">
          {file.name}, {size(file.size)}
        </p>
      )}
      <Tick label={say('keep_ids')} hint={say('keep_ids_hint')} isOn={keepIds} onChange={setKeepIds} />
      <Act kind="main" icon="giay" disabledBecause={!file && say('file_first')} onClick={send}>
        {say('read_file')}
      </Act>
    </section>
  )
}

const Past = ({ runs }: { runs: readonly ImportRun[] }) => (
  <Group title={say('past_imports')}>
    <Rows>
      {runs.map(run => (
        <Row
          key={run.id}
          icon="giay"
          title={run.fileName}
          note={`${near(run.at)} · ${say('figures', { fresh: number(run.new), changed: number(run.changed), same: number(run.unchanged) })}`}
          state={term('state', run.state)}
          isNotYet={run.state !== 'done'}
          href={link(run.id)}
        />
      ))}
    </Rows>
  </Group>
)

function Start() {
  const past = useLoaded(() => api.people.imports({}), [])
  return (
    <Page title={say('import')} back="/homes">
      <Send />
      {past.value && past.value.items.length > 0 && <Past runs={past.value.items} />}
    </Page>
  )
}

function Refused({ run }: { run: ImportRun }) {
  if (!run.refusedCount) return null
  return (
    <Group title={say('refused_n', { n: number(run.refusedCount) })}>
      <div class="pad stack">
        <Acts isLeft>
          <Act kind="quiet" icon="xuong" href={`/api/v1/imports/${encodeURIComponent(run.id)}/refused.csv`}>
            {say('refused_file')}
          </Act>
        </Acts>
        <Table
          caption={say('refused_n', { n: number(run.refusedCount) })}
          columns={[
            { head: say('row'), cell: one => number(one.row) },
            { head: say('column'), cell: one => one.column },
            { head: say('to_do'), cell: one => one.message },
          ]}
          rows={run.refused}
          keyOf={one => `${one.sheet} ${one.row} ${one.code}`}
        />
        {run.refusedCount > run.refused.length && <p class="soft">{say('refused_more')}</p>}
      </div>
    </Group>
  )
}

/** Villages that the commune does not have: to be made, or a slip of the pen. */
function Proposed({ run }: { run: ImportRun }) {
  if (!run.villages.length) return null
  return (
    <Group title={say('proposed_n', { n: number(run.villages.length) })}>
      <Rows>
        {run.villages.map(one => (
          <Row
            key={one.kind + one.name}
            icon="bao"
            title={`${one.kind} ${one.name}`}
            note={say('homes_n', { n: number(one.homes) })}
            state={one.like ? say('like', { village: one.like }) : undefined}
            isNotYet
          />
        ))}
      </Rows>
    </Group>
  )
}

const Made = ({ run }: { run: ImportRun }) => (
  <Group title={say('made_n', { n: number(run.made.length) })}>
    <Rows>
      {run.made.map(one => (
        <Row key={one.unitId} icon="nha" title={one.title} />
      ))}
    </Rows>
  </Group>
)

function Decide({ run, reload }: { run: ImportRun; reload: () => Promise<void> }) {
  const [createVillages, setCreate] = useState(false)
  const [skipRefused, setSkip] = useState(false)
  const left = createVillages ? run.refused.filter(one => one.code !== 'village_unknown').length : run.refusedCount
  const write = async () => {
    await attemptNow(how => api.people.runImport({ importId: run.id, createVillages, skipRefused }, how))
    await reload()
  }
  return (
    <section class="pad stack">
      {run.villages.length > 0 && (
        <Tick
          label={say('create_villages', { n: number(run.villages.length) })}
          isOn={createVillages}
          onChange={setCreate}
        />
      )}
      {left > 0 && <Tick label={say('skip_refused')} hint={say('skip_hint')} isOn={skipRefused} onChange={setSkip} />}
      <Act kind="main" icon="so" disabledBecause={left > 0 && !skipRefused && say('fix_first')} onClick={write}>
        {say('write')}
      </Act>
    </section>
  )
}

const titleOf = (run: ImportRun) => {
  if (run.state === 'reading') return say('reading')
  if (run.state === 'running') return say('writing')
  if (run.state === 'failed') return say('import_failed')
  const figures = { fresh: number(run.new), changed: number(run.changed), same: number(run.unchanged) }
  return say(run.state === 'dry' ? 'would' : run.state === 'done' ? 'did' : 'was_undone_title', figures)
}

function Run({ id }: { id: string }) {
  const loaded = useLoaded(() => api.people.getImport({ importId: id }), [id], { every: 1000 })
  const run = loaded.value
  const undo = async () => {
    await attemptNow(how => api.people.undoImport({ importId: id }, how), say('undone'))
    await loaded.reload()
  }
  if (!run)
    return (
      <Page title={say('import')} back="/imports">
        {loaded.isLoading && <Lines retry={loaded.reload} />}
        {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      </Page>
    )
  return (
    <Page title={titleOf(run)} sub={run.fileName} back="/imports">
      {(run.state === 'reading' || run.state === 'running') && (
        <section class="pad">
          <Progress label={titleOf(run)} value={run.passed} max={run.total} />
        </section>
      )}
      {run.problem && <p class="pad bad">{run.problem.message}</p>}
      {run.state === 'dry' && <Decide run={run} reload={loaded.reload} />}
      {run.state === 'dry' && <Proposed run={run} />}
      {run.made.length > 0 && <Made run={run} />}
      <Refused run={run} />
      {run.dropped.length > 0 && <p class="pad soft">{say('dropped', { columns: run.dropped.join(', ') })}</p>}
      {run.state === 'done' && (
        <section class="pad stack">
          <p>{say('undo_words')}</p>
          <Acts isLeft>
            <Act kind="quiet" icon="hoantac" onClick={undo}>
              {say('undo_import')}
            </Act>
          </Acts>
        </section>
      )}
    </Page>
  )
}

export function Import() {
  const { query } = useRoute()
  const { id } = query
  return id ? <Run id={id} /> : <Start />
}

// A database is a demo's or a real one, for ever: the two never mix.
import { now } from './clock.ts'
import type { Db } from './db.ts'

type Kind = 'demo' | 'real'

async function findKind(db: Db): Promise<Kind | undefined> {
  const [there] = await db`select to_regclass('loa.setting') is not null as yes`
  if (!there?.['yes']) return undefined
  const [row] = await db<{ value: { kind: Kind } }[]>`select value from loa.setting where key = 'installation'`
  return row?.value.kind
}

/** Before anything is changed. @throws Error with a sentence for the operator */
export async function mustBeKind(db: Db, isDemo: boolean) {
  const kind = await findKind(db)
  if (kind === 'real' && isDemo)
    throw new Error('this database holds a real installation: the demo does not start on it. Leave DEMO out.')
  if (kind === 'demo' && !isDemo)
    throw new Error(
      'this database holds the demo: a real installation does not start on it. Set DEMO=1, or name another DATA_DIR or DATABASE_URL.',
    )
}

/** Notes at the first start what this database is from now on. */
export async function noteKind(db: Db, isDemo: boolean) {
  await db`
    insert into loa.setting (key, value, changed_at) values ('installation', ${db.json({ kind: isDemo ? 'demo' : 'real' })}, ${now()})
    on conflict (key) do nothing`
}

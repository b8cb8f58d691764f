import postgres from 'postgres'

export type Sql = postgres.Sql
export type Tx = postgres.TransactionSql
/** Either the pool or a transaction: what a statement needs to run. */
export type Db = Sql | Tx

/** What every client of ours needs, or pg-boss's JSON text would be quoted a second time. */
const types = {
  json: {
    to: 114,
    from: [114, 3802],
    serialize: (x: unknown) => (typeof x === 'string' ? x : JSON.stringify(x)),
    parse: (x: string): unknown => JSON.parse(x),
  },
  /** Counts stay far below 2^53. */
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  /** A date is a day, not a moment: it stays the text it is. */
  date: { to: 1082, from: [1082], serialize: String, parse: (x: string) => x },
}

const isAddress = (where: string) => /^postgres(ql)?:/.test(where)

/** `postgres:///loa?host=/tmp/…&user=loa`: psql's way to name a socket, which postgres.js does not read. */
function socketOf(where: string) {
  const { searchParams, pathname } = new URL(where)
  const host = searchParams.get('host')
  return host ? { host, username: searchParams.get('user') ?? 'loa', database: pathname.slice(1) } : undefined
}

/** `where` is a postgres:// address, or the directory of the embedded database's socket and then a database's name. */
export function connect(where: string, max = 10, database = 'loa'): Sql {
  const options = { max, types, onnotice: () => {}, connection: { application_name: 'loa-lang' } }
  if (!isAddress(where)) return postgres({ ...options, host: where, username: 'loa', database })
  const socket = socketOf(where)
  return socket ? postgres({ ...options, ...socket }) : postgres(where, options)
}

/** The same server, another database: for tests and commands. */
export const otherDatabase = (where: string, database: string, max?: number): Sql =>
  isAddress(where)
    ? connect(Object.assign(new URL(where), { pathname: `/${database}` }).href, max)
    : connect(where, max, database)

/** Deadlock or serialization failure: the same transaction may be tried again. */
export const isCollision = (error: unknown) => ['40P01', '40001'].includes((error as { code?: string }).code ?? '')

/** One transaction, tried again when two of them collided. */
export async function inTransaction<T>(sql: Sql, work: (tx: Tx) => Promise<T>, tries = 5): Promise<T> {
  for (let n = 1; ; n++)
    try {
      return (await sql.begin(work)) as T
    } catch (error) {
      if (n >= tries || !isCollision(error)) throw error
    }
}

/** Did a unique index refuse the row? */
export const isDuplicate = (error: unknown) => (error as { code?: string }).code === '23505'

/** Rows of a set-wise statement: one array a column, for `unnest`. */
export const column = <T, K extends keyof T>(rows: readonly T[], name: K) => rows.map(row => row[name])

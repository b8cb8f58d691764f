// Lists kept on the phone, so that a screen opens at once and without a network. Everything goes on sign-out and on its day.
import { openDB, type IDBPDatabase } from 'idb'

export interface Copy<T> {
  value: T
  /** Milliseconds since 1970. */
  at: number
}
interface Row {
  key: string
  value: unknown
  at: number
  until: number
}

/** What waits to be sent; see outbox.ts. */
export const outboxStore = 'outbox'
const copyStore = 'copy'
const aMonth = 30 * 86_400_000

let opened: Promise<IDBPDatabase> | undefined
export const database = () =>
  (opened ??= openDB('loa', 1, {
    upgrade(db) {
      db.createObjectStore(outboxStore, { keyPath: 'id' })
      db.createObjectStore(copyStore, { keyPath: 'key' })
    },
    terminated: () => (opened = undefined),
  }))

/** @param until when it must be gone, in milliseconds since 1970; a month from now unless told */
export async function keepCopy(key: string, value: unknown, until = Date.now() + aMonth) {
  await (await database()).put(copyStore, { key, value, at: Date.now(), until } satisfies Row)
}

export async function findCopy<T>(key: string): Promise<Copy<T> | undefined> {
  const row = (await (await database()).get(copyStore, key)) as Row | undefined
  if (!row || row.until < Date.now()) return undefined
  return { value: row.value as T, at: row.at }
}

/** Erases copies whose day has come. */
export async function forgetOld() {
  const db = await database()
  for (const row of (await db.getAll(copyStore)) as Row[])
    if (row.until < Date.now()) await db.delete(copyStore, row.key)
}

/** Erases every copy but those of one owner; never what waits to be sent. */
export async function forget(except = '') {
  const db = await database()
  for (const key of (await db.getAllKeys(copyStore)) as string[])
    if (!except || !key.startsWith(`${except}/`)) await db.delete(copyStore, key)
}

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

/** What waits to be sent, and for a while what was; see outbox.ts. */
export const outboxStore = 'outbox'
const copyStore = 'copy'
const aDay = 86_400_000
const aMonth = 30 * aDay

let opened: Promise<IDBPDatabase> | undefined
export const database = () =>
  (opened ??= openDB('loa', 1, {
    upgrade(db) {
      db.createObjectStore(outboxStore, { keyPath: 'id' })
      db.createObjectStore(copyStore, { keyPath: 'key' })
    },
    terminated: () => (opened = undefined),
  }))

/**
 * @param at when the server was asked for it
 * @param until when it must be gone; a month from now unless told. Both in milliseconds since 1970
 */
export async function keepCopy(key: string, value: unknown, at: number, until = Date.now() + aMonth) {
  await (await database()).put(copyStore, { key, value, at, until } satisfies Row)
}

export async function findCopy<T>(key: string): Promise<Copy<T> | undefined> {
  const row = (await (await database()).get(copyStore, key)) as Row | undefined
  if (!row || row.until < Date.now()) return undefined
  return { value: row.value as T, at: row.at }
}

async function forgetSent(before: number, except = '') {
  const db = await database()
  for (const row of (await db.getAll(outboxStore)) as { id: string; holder?: string; sentAt?: number }[])
    if (row.sentAt !== undefined && row.sentAt < before && (!except || row.holder !== except))
      await db.delete(outboxStore, row.id)
}

/** Erases copies whose day has come, and what was sent two days ago. */
export async function forgetOld() {
  const db = await database()
  for (const row of (await db.getAll(copyStore)) as Row[])
    if (row.until < Date.now()) await db.delete(copyStore, row.key)
  await forgetSent(Date.now() - 2 * aDay)
}

/** Erases every copy and what was sent, but those of one holder; never what waits to be sent. */
export async function forget(except = '') {
  const db = await database()
  for (const key of (await db.getAllKeys(copyStore)) as string[])
    if (!except || !key.startsWith(`${except}/`)) await db.delete(copyStore, key)
  await forgetSent(Infinity, except)
}

// Figures and feeds that move by themselves, whichever process got the evidence.
import { every } from '#core/clock'
import type { App } from '#core/module'
import { channels } from './changes.ts'
import { startMemory } from './memory.ts'
import { endedSessions } from './store/live.ts'
import { event, Streams } from './streams.ts'

/** Whom a feed's stream is for. */
interface FeedWatch {
  tenant: number
  reader: string
  targets: readonly string[]
}

/** A notice's stream: reads its figures itself, so that one reading serves all who watch the same. */
export interface FiguresWatch {
  /** `tenant/publishedId` of all that add up. */
  keys: readonly string[]
  /** Small counts are hidden from this one. */
  isHiding: boolean
  read: () => Promise<object>
}

interface Live {
  feeds: Streams<FeedWatch>
  figures: Streams<FiguresWatch>
  /** What each watched notice showed last, as it was sent. */
  shown: Map<string, string>
}
const lives = new WeakMap<App, Live>()
export const liveOf = (app: App): Live => {
  const mine = lives.get(app) ?? {
    feeds: new Streams<FeedWatch>(),
    figures: new Streams<FiguresWatch>(),
    shown: new Map(),
  }
  lives.set(app, mine)
  return mine
}

/** Reads each watched notice once and tells those who watch it, if anything moved. */
async function tellFigures({ figures, shown }: Live, isAsked: (key: string) => boolean) {
  const watched = Map.groupBy(figures.all, ({ about }) => `${about.isHiding} ${about.keys.join(' ')}`)
  for (const key of shown.keys()) if (!watched.has(key)) shown.delete(key)
  for (const [key, streams] of watched) {
    if (!streams[0]!.about.keys.some(isAsked)) continue
    const text = event('figures', await streams[0]!.about.read())
    if (shown.get(key) === text) continue
    shown.set(key, text)
    for (const stream of streams) stream.write(text)
  }
}

/** Streams of sessions that ended go with them. */
async function closeEnded(app: App, { feeds, figures }: Live) {
  const open = [...feeds.all, ...figures.all]
  const ids = new Set(open.flatMap(stream => (stream.session ? [stream.session] : [])))
  if (!ids.size) return
  const ended = new Set(await endedSessions(app.sql, [...ids]))
  for (const stream of open) if (stream.session && ended.has(stream.session)) stream.close()
}

/** Every web process: hears of changes, repairs what it did not hear, keeps lines open. */
export async function startLive(app: App): Promise<() => Promise<void>> {
  const live = liveOf(app)
  const news = event('feed', {})
  const stops = [
    await startMemory(app, {
      feed(tenant, targets) {
        const some = targets.length ? new Set(targets) : undefined
        live.feeds.send(news, of => of.tenant === tenant && (!some || of.targets.some(target => some.has(target))))
      },
      homes(tenant, ids) {
        const some = new Set(ids)
        live.feeds.send(news, of => of.tenant === tenant && some.has(of.reader))
      },
    }),
    await app.listen(channels.figures, payload => {
      const keys = new Set(payload.split(' '))
      tellFigures(live, key => keys.has(key)).catch(() => {})
    }),
    every(5000, async () => {
      await tellFigures(live, () => true).catch(() => {})
      await closeEnded(app, live).catch(() => {})
    }),
    live.feeds.keepAlive(),
    live.figures.keepAlive(),
  ]
  return async () => {
    live.feeds.closeAll()
    live.figures.closeAll()
    for (const stop of stops) await stop()
  }
}

// Links across modules: only to screens that exist and are this person's.
import { me } from './me.ts'
import { isFor } from './screen.ts'
import { screens } from './screens.ts'

/** Undefined where this person has no such screen. @param path as the screen's list writes it: `/notices/:noticeId` */
export function linkTo(path: string, parts: Record<string, string> = {}): string | undefined {
  const isMine = screens.some(screen => screen.path === path && isFor(screen, me.value?.role))
  return isMine ? path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? '')) : undefined
}

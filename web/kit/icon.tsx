import { homePath, icons, mark, type IconName } from '../icons.ts'

/** A drawing beside its words; alone it says nothing to a screen reader. */
export const Icon = ({ name, isSmall }: { name: IconName; isSmall?: boolean | undefined }) => (
  <svg
    class={isSmall ? 'i-s' : 'i'}
    viewBox="0 0 24 24"
    aria-hidden="true"
    dangerouslySetInnerHTML={{ __html: icons.value[name] ?? '' }}
  />
)

export const Mark = () => (
  <svg class="mark" viewBox="0 0 39 32" aria-hidden="true" dangerouslySetInnerHTML={{ __html: mark }} />
)

/** How sure the evidence is, deepest first: told at the door, acknowledged, seen, delivered, only heard the speaker, not reached. */
export type Evidence = 'e1' | 'e2' | 'e3' | 'e4' | 'e5' | 'e6'

/** One home. */
export const Home = ({ mark: evidence }: { mark: Evidence }) => (
  <svg class={`home ${evidence}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={homePath} />
    {evidence === 'e5' && <circle cx="8" cy="9" r="1.8" class="dots" />}
  </svg>
)

/** Stands once in the document: bars fill "only heard the speaker" with it. */
export const Dots = () => (
  <svg width="0" height="0" class="sr" aria-hidden="true">
    <defs>
      <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="e6" />
        <circle cx="2" cy="3" r="1.2" class="dots" />
      </pattern>
    </defs>
  </svg>
)

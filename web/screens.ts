// Every screen of the app: one line a module.
import { bySpecificity, pathsOf, type Screen } from './screen.ts'
import { homes } from './screens/homes.ts'

export const screens: readonly Screen[] = [...homes].toSorted(bySpecificity)

/** The app's own addresses, as the source of a regular expression. */
export const appPaths = pathsOf(screens)

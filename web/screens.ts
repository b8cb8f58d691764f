// Every screen of the app: one line a module.
import { screens as delivery } from '../modules/delivery/web/screens.ts'
import { screens as notices } from '../modules/notices/web/screens.ts'
import { bySpecificity, pathsOf, type Screen } from './screen.ts'
import { homes } from './screens/homes.ts'

export const screens: readonly Screen[] = [...homes, ...delivery, ...notices].toSorted(bySpecificity)

/** The app's own addresses, as the source of a regular expression. */
export const appPaths = pathsOf(screens)

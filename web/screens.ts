// Every screen of the app: one line a module.
import { screens as access } from '../modules/access/web/screens.ts'
import { screens as channels } from '../modules/channels/web/screens.ts'
import { screens as delivery } from '../modules/delivery/web/screens.ts'
import { screens as groups } from '../modules/groups/web/screens.ts'
import { screens as notices } from '../modules/notices/web/screens.ts'
import { screens as people } from '../modules/people/web/screens.ts'
import { screens as units } from '../modules/units/web/screens.ts'
import { bySpecificity, pathsOf, type Screen } from './screen.ts'
import { homes } from './screens/homes.ts'

const all: Screen[] = [...homes, ...delivery, ...notices, ...units, ...groups, ...access, ...people, ...channels]
export const screens: readonly Screen[] = all.toSorted(bySpecificity)

/** The app's own addresses, as the source of a regular expression. */
export const appPaths = pathsOf(screens)

import { Row, Rows } from '../kit/rows.tsx'
import { linkTo } from '../links.ts'
import { isDesk, me } from '../me.ts'
import { language } from '../words.ts'
import { mostTabs, myTabs } from './phone-frame.tsx'
import { say } from './say.ts'

/** Sections that found no room among the tabs, and the person's own account. */
export function MoreSections() {
  // Phones and sign-out are the home's own.
  const account = me.value?.assist ? undefined : linkTo('/account')
  const rest = isDesk() ? [] : myTabs().slice(mostTabs)
  if (!account && !rest.length) return null
  return (
    <div class="out more-sections">
      <Rows label={say('more_sections')}>
        {rest.map(({ path, tab }) => (
          <Row key={path} icon={tab.icon} title={tab[language.value]} href={path} />
        ))}
        {account && <Row icon="nguoi" title={say('account')} href={account} />}
      </Rows>
    </div>
  )
}

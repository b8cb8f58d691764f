import { Row } from '../kit.tsx'
import { mostTabs, myTabs } from '../shell/phone-frame.tsx'
import { language } from '../words.ts'

/** Sections that found no room in the tabs of a phone. */
export const OtherTabs = () => (
  <>
    {myTabs()
      .slice(mostTabs)
      .map(({ path, tab }) => (
        <Row key={path} icon={tab.icon} title={tab[language.value]} href={path} />
      ))}
  </>
)

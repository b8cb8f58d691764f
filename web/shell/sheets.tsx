// Sheets of the shell, fetched when the first is opened.
import '../more.ts'
import { Sheet } from '../kit/sheet.tsx'
import { openSheet } from './open-sheet.ts'
import { say } from './say.ts'
import { MoreSections } from './more-sections.tsx'
import { ViewChoices } from './view-sheet.tsx'
import { WaitingList } from './waiting-list.tsx'

const close = () => (openSheet.value = undefined)

export const Sheets = () => (
  <>
    <Sheet title={say('view_title')} isOpen={openSheet.value === 'view'} onClose={close}>
      <ViewChoices />
      <MoreSections close={close} />
    </Sheet>
    <Sheet title={say('waiting_title')} isOpen={openSheet.value === 'waiting'} onClose={close}>
      <WaitingList />
    </Sheet>
  </>
)

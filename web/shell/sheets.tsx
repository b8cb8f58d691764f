// Sheets of the shell, fetched when the first is opened.
import '../more.ts'
import { useEffect, useRef } from 'preact/hooks'
import { Sheet } from '../kit/sheet.tsx'
import { useLocation } from '../router.tsx'
import { MoreSections } from './more-sections.tsx'
import { openSheet } from './open-sheet.ts'
import { say } from './say.ts'
import { ViewChoices } from './view-sheet.tsx'
import { WaitingList } from './waiting-list.tsx'

const close = () => (openSheet.value = undefined)

export function Sheets() {
  const { url } = useLocation()
  const before = useRef(url)
  // Who followed a link inside a sheet is done with it.
  useEffect(() => {
    if (before.current !== url) close()
    before.current = url
  }, [url])
  return (
    <>
      <Sheet title={say('view_title')} isOpen={openSheet.value === 'view'} onClose={close}>
        <ViewChoices />
        <MoreSections />
      </Sheet>
      <Sheet title={say('waiting_title')} isOpen={openSheet.value === 'waiting'} onClose={close}>
        <WaitingList />
      </Sheet>
    </>
  )
}

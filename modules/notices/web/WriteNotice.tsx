// Write once: the text, how each way shows it, how many homes it concerns, what to look at, and one act.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation, useRoute } from '#web/router.tsx'
import { api, type Refusal } from '#web/api.ts'
import { Act, Empty, Failed, Icon, Lines, Page, Sheet, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { isDesk, me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { bodyOf, emptyFields, fieldsOf, isReady, type Fields, type NoticeShown, type Preview } from './draft.ts'
import { Attachments } from './Attachments.tsx'
import { Previews } from './Previews.tsx'
import { say } from './say.ts'
import { SendBar } from './SendBar.tsx'
import { budgetWarning, withSum } from './Ways.tsx'
import { useWays } from './ways-state.ts'
import { draftKeeper, publish, type Kept } from './sending.ts'
import { WhoFor } from './WhoFor.tsx'
import { WriteFields } from './WriteFields.tsx'

/** Heads write to their own village: there is nobody to pass it on. */
const mayRelay = () =>
  me.value?.role === 'commune_officer' || me.value?.role === 'commune_chair' || me.value?.role === 'province_officer'

/** Asks the server a moment after the last key. */
function usePreview(fields: Fields): { preview: Preview | undefined; refusal: Refusal | undefined } {
  const [found, setFound] = useState<{ preview?: Preview; refusal?: Refusal }>({})
  const asked = JSON.stringify(bodyOf(fields, mayRelay()))
  useEffect(() => {
    if (!isReady(fields)) {
      setFound({})
      return undefined
    }
    let isOld = false
    const timer = setTimeout(() => {
      api.notices.preview(bodyOf(fields, mayRelay())).then(
        preview => !isOld && setFound({ preview }),
        (refusal: Refusal) => !isOld && setFound({ refusal }),
      )
    }, 600)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [asked])
  return { preview: found.preview, refusal: found.refusal }
}

const Checks = ({
  preview,
  refusal,
  budget,
}: {
  preview: Preview | undefined
  refusal: Refusal | undefined
  /** The month's money will not do. */
  budget: string | undefined
}) => (
  <div role="status">
    <ul class="check">
      {refusal && (
        <li class="is-warn">
          <Icon name="khan" isSmall />
          <span>{refusal.message}</span>
        </li>
      )}
      {preview?.warnings.map(warning => (
        <li class="is-warn" key={warning.code}>
          <Icon name="khan" isSmall />
          <span>{warning.message}</span>
        </li>
      ))}
      {budget && (
        <li class="is-warn">
          <Icon name="khan" isSmall />
          <span>{budget}</span>
        </li>
      )}
      {preview && !preview.warnings.length && !budget && (
        <li class="is-ok">
          <Icon name="ro" isSmall />
          <span>{say('nothing_wrong')}</span>
        </li>
      )}
    </ul>
  </div>
)

interface Conflict {
  version: number
  theirs: { title: string; body: string; plain: string }
}

/** Somebody else changed the draft: both texts, and a choice. */
const ConflictSheet = ({
  conflict,
  onMine,
  onTheirs,
  onClose,
}: {
  conflict: Conflict
  onMine: () => unknown
  onTheirs: () => unknown
  onClose: () => void
}) => (
  <Sheet title={say('conflict')} isOpen onClose={onClose}>
    <div class="stack">
      <p>{say('conflict_words')}</p>
      <div class="words">
        <p class="label s">{conflict.theirs.title}</p>
        <p>{conflict.theirs.plain || conflict.theirs.body}</p>
      </div>
      <Act kind="main" onClick={onMine}>
        {say('keep_mine')}
      </Act>
      <Act kind="quiet" onClick={onTheirs}>
        {say('take_theirs')}
      </Act>
    </div>
  </Sheet>
)

/** The draft on the server: kept as it is typed now, its files with it. */
function useSaving(fields: Fields, keptAtFirst: Kept | undefined) {
  const [kept, setKept] = useState(keptAtFirst)
  const [files, setFiles] = useState<File[]>([])
  const [refusal, setRefusal] = useState<Refusal & Partial<Conflict>>()
  const keepDraft = useRef(draftKeeper()).current
  /** @param version another's, when its words are to be overwritten @returns undefined where it was refused */
  const save = async (version = kept?.version) => {
    setRefusal(undefined)
    const waiting = [...files]
    try {
      const before = kept && { id: kept.id, version: version ?? kept.version }
      const now = await keepDraft(fields, before, waiting, mayRelay())
      setKept(now)
      setFiles([])
      return now
    } catch (error) {
      setFiles(waiting)
      setRefusal(error as Refusal)
      return undefined
    }
  }
  return { kept, files, setFiles, refusal, setRefusal, save }
}

const saidOf = (state: string, at: string) => {
  if (state === 'waiting_approval') return say('waits_now')
  if (at) return say('scheduled')
  return say(state === 'scheduled' ? 'leaves_soon' : 'sent')
}

interface SureProps {
  preview: Preview | undefined
  ways: ReturnType<typeof useWays>
  isOpen: boolean
  onClose: () => void
  onSend: () => unknown
}

/** An emergency is asked about once, with its homes and its cost. */
const Sure = ({ preview, ways, isOpen, onClose, onSend }: SureProps) => (
  <Sheet title={say('sure_title', { n: number(preview?.households ?? 0) })} isOpen={isOpen} onClose={onClose}>
    <div class="stack">
      <p>{withSum(say(preview?.isWide ? 'sure_wide' : 'sure_words'), ways)}</p>
      <Act kind="alarm" icon="khan" onClick={onSend}>
        {say('send_emergency')}
      </Act>
    </div>
  </Sheet>
)

interface Start {
  start: Fields
  kept: Kept | undefined
  files: NoticeShown['files']
}

function Writing({ start, kept: keptAtFirst, files: keptFiles }: Start) {
  const { route } = useLocation()
  const [fields, setFields] = useState(start)
  const [isSure, setSure] = useState(false)
  const { preview, refusal: found } = usePreview(fields)
  const ways = useWays(fields, bodyOf(fields, mayRelay()))
  const { kept, files, setFiles, refusal, setRefusal, save } = useSaving(fields, keptAtFirst)
  const set = (change: Partial<Fields>) => setFields(was => ({ ...was, ...change }))
  const leave = async () => {
    setSure(false)
    const now = await save()
    if (!now) return
    try {
      const { state } = await publish(fields, now)
      route(`/notices/${now.id}`)
      toast(withSum(saidOf(state, fields.at), ways))
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }
  const keepOnly = async () => {
    const now = await save()
    if (!now) return
    route(`/notices/${now.id}/edit`, true)
    toast(say('kept'))
  }
  const isConflict = refusal?.code === 'version_conflict' && refusal.theirs !== undefined
  return (
    <div class={isDesk() ? 'compose' : 'pad stack-l stack'}>
      <form class="compose-form stack" noValidate onSubmit={event => event.preventDefault()}>
        <WriteFields fields={fields} set={set} wrong={refusal?.fields ?? {}} mayRelay={mayRelay()} />
        <WhoFor fields={fields} set={set} />
        <Attachments noticeId={kept?.id} kept={keptFiles} files={files} onChange={setFiles} />
        <Checks preview={preview} refusal={found} budget={budgetWarning(ways, fields.class === 'emergency')} />
        {refusal && !isConflict && <Failed refusal={refusal} />}
      </form>
      <Previews fields={fields} preview={preview} ways={ways} />
      <SendBar
        preview={preview}
        fields={fields}
        ways={ways}
        onSend={() => (fields.class === 'emergency' ? setSure(true) : leave())}
        onKeep={keepOnly}
      />
      <Sure preview={preview} ways={ways} isOpen={isSure} onClose={() => setSure(false)} onSend={leave} />
      {isConflict && (
        <ConflictSheet
          conflict={refusal as unknown as Conflict}
          onMine={async () => {
            if (await save((refusal as unknown as Conflict).version)) toast(say('kept'))
          }}
          onTheirs={() => window.location.reload()}
          onClose={() => setRefusal(undefined)}
        />
      )}
    </div>
  )
}

export function WriteNotice() {
  const { noticeId } = useRoute().params
  const { unit, group } = me.value ?? {}
  const draft = useLoaded(() => (noticeId ? api.notices.read({ noticeId }) : Promise.resolve(undefined)), [noticeId])
  const fresh = { ...emptyFields(group ? undefined : unit?.id), groups: group ? [group.id] : [] }
  const isLoading = Boolean(noticeId) && !draft.value
  const isSent = draft.value && draft.value.state !== 'draft' && draft.value.state !== 'rejected'
  return (
    <Page title={say(noticeId ? 'edit_title' : 'write_title')} back={isDesk() ? undefined : '/notices'}>
      {isLoading && !draft.refusal && <Lines retry={draft.reload} />}
      {draft.refusal && <Failed refusal={draft.refusal} retry={draft.reload} />}
      {isSent && (
        <Empty
          title={say('no_draft')}
          words={say('no_draft_words')}
          icon="loa"
          act={<Act href={`/notices/${noticeId}`}>{say('to_notice')}</Act>}
        />
      )}
      {!isLoading && !isSent && (
        <Writing
          key={noticeId ?? 'new'}
          start={draft.value ? fieldsOf(draft.value) : fresh}
          kept={draft.value && { id: draft.value.id, version: draft.value.version }}
          files={draft.value?.files ?? []}
        />
      )}
    </Page>
  )
}

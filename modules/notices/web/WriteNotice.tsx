// Write once: the text, how each way shows it, how many homes it concerns, what to look at, and one act.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { api, type Refusal } from '#web/api.ts'
import { Act, Failed, Icon, Lines, Page, Sheet, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { number, size } from '#web/numbers.ts'
import { momentWords } from '#web/time.ts'
import { bodyOf, emptyFields, fieldsOf, isReady, missing, type Fields, type Preview } from './draft.ts'
import { Previews } from './Previews.tsx'
import { say } from './say.ts'
import { keepDraft, publish, type Kept } from './sending.ts'
import { WhoFor } from './WhoFor.tsx'
import { WriteFields } from './WriteFields.tsx'

/** Heads write to their own village: there is nobody to pass it on. */
const mayRelay = () => me.value?.role === 'commune_officer' || me.value?.role === 'commune_chair' || me.value?.role === 'province_officer'

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

const Checks = ({ preview, refusal }: { preview: Preview | undefined; refusal: Refusal | undefined }) => (
  <ul class="check" role="status">
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
    {preview && !preview.warnings.length && (
      <li class="is-ok">
        <Icon name="ro" isSmall />
        <span>{say('nothing_wrong')}</span>
      </li>
    )}
  </ul>
)

function Attachments({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div class="stack">
      {files.map((file, n) => (
        <p class="attach" key={n}>
          <Icon name="giay" isSmall />
          <span>
            {file.name}, {size(file.size)}
          </span>
          <Act kind="plain" label={say('drop_file_named', { name: file.name })} onClick={() => onChange(files.filter((_, i) => i !== n))}>
            {say('drop_file')}
          </Act>
        </p>
      ))}
      <input
        ref={input}
        class="sr"
        type="file"
        multiple
        accept="application/pdf,image/jpeg,image/png,image/webp"
        aria-label={say('attach')}
        tabIndex={-1}
        onChange={event => {
          onChange([...files, ...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <Act kind="quiet" icon="giay" onClick={() => input.current?.click()}>
        {say('attach')}
      </Act>
    </div>
  )
}

const villagesOf = (preview: Preview) => preview.villages.filter(village => village.households).length

function SendBar({ preview, fields, onSend, onKeep }: { preview: Preview | undefined; fields: Fields; onSend: () => unknown; onKeep: () => unknown }) {
  const villages = preview ? villagesOf(preview) : 0
  const verb = fields.class === 'emergency' ? 'send_emergency' : fields.at ? 'schedule' : 'send'
  return (
    <section class="send" aria-label={say('send')}>
      <div>
        <p class="by">{say('sent_to')}</p>
        <p>
          <b class="n">
            {preview?.households == null
              ? '–'
              : say(fields.isInternal ? 'n_posts' : 'n_homes', { n: number(preview.households) })}
          </b>
          {villages > 0 && `, ${say('n_villages', { n: villages })}`}
        </p>
        {preview?.relay === 'village' && preview.relayBy && (
          <p class="xs soft">{say('relay_until', { time: momentWords(preview.relayBy) })}</p>
        )}
      </div>
      <div>
        <p class="by">{say('no_way')}</p>
        <p>
          <b class="n">{preview?.unreachable == null ? '–' : say('n_homes', { n: number(preview.unreachable) })}</b>
        </p>
      </div>
      <div>
        <p class="by">{say('last_useful')}</p>
        <p>
          <b>{preview?.lastUsefulAt ? momentWords(preview.lastUsefulAt) : say('no_last_useful')}</b>
        </p>
        {preview?.isWide && fields.class === 'emergency' && <p class="xs soft">{say('wide_waits')}</p>}
      </div>
      <div class="acts">
        <Act
          kind={fields.class === 'emergency' ? 'alarm' : 'main'}
          icon={fields.class === 'emergency' ? 'khan' : 'chuyen'}
          disabledBecause={!isReady(fields) && say(missing(fields))}
          onClick={onSend}
        >
          {say(verb)}
        </Act>
        {isReady(fields) && (
          <Act kind="quiet" onClick={onKeep}>
            {say('keep_draft')}
          </Act>
        )}
      </div>
    </section>
  )
}

interface Conflict {
  version: number
  theirs: { title: string; body: string; plain: string }
}

/** Somebody else changed the draft: both texts, and a choice. */
const ConflictSheet = ({ conflict, onMine, onTheirs, onClose }: { conflict: Conflict; onMine: () => unknown; onTheirs: () => unknown; onClose: () => void }) => (
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

function Writing({ start, kept: keptAtFirst }: { start: Fields; kept: Kept | undefined }) {
  const { route } = useLocation()
  const [fields, setFields] = useState(start)
  const [kept, setKept] = useState(keptAtFirst)
  const [files, setFiles] = useState<File[]>([])
  const [refusal, setRefusal] = useState<Refusal & Partial<Conflict>>()
  const [isSure, setSure] = useState(false)
  const { preview, refusal: found } = usePreview(fields)
  const set = (change: Partial<Fields>) => setFields(was => ({ ...was, ...change }))

  const save = async (version = kept?.version) => {
    setRefusal(undefined)
    const waiting = [...files]
    try {
      const now = await keepDraft(fields, kept && { id: kept.id, version: version ?? kept.version }, waiting, mayRelay())
      setKept(now)
      setFiles([])
      return now
    } catch (error) {
      setFiles(waiting)
      setRefusal(error as Refusal)
      return undefined
    }
  }
  const leave = async () => {
    setSure(false)
    const now = await save()
    if (!now) return
    try {
      const said = await publish(fields, now)
      route(`/notices/${now.id}`)
      toast(say(said.state === 'waiting_approval' ? 'waits_now' : said.state === 'scheduled' && !fields.at ? 'leaves_soon' : fields.at ? 'scheduled' : 'sent'))
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
    <div class="compose">
      <form class="compose-form stack" noValidate onSubmit={event => event.preventDefault()}>
        <WriteFields fields={fields} set={set} wrong={refusal?.fields ?? {}} mayRelay={mayRelay()} />
        <WhoFor fields={fields} set={set} />
        <Attachments files={files} onChange={setFiles} />
        <Checks preview={preview} refusal={found} />
        {refusal && !isConflict && <Failed refusal={refusal} />}
      </form>
      <Previews fields={fields} preview={preview} />
      <SendBar preview={preview} fields={fields} onSend={() => (fields.class === 'emergency' ? setSure(true) : leave())} onKeep={keepOnly} />
      <Sheet title={say('sure_title', { n: number(preview?.households ?? 0) })} isOpen={isSure} onClose={() => setSure(false)}>
        <div class="stack">
          <p>{say(preview?.isWide ? 'sure_wide' : 'sure_words')}</p>
          <Act kind="alarm" icon="khan" onClick={leave}>
            {say('send_emergency')}
          </Act>
        </div>
      </Sheet>
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
  return (
    <Page title={say(noticeId ? 'edit_title' : 'write_title')} back="/notices">
      {isLoading && !draft.refusal && <Lines retry={draft.reload} />}
      {draft.refusal && <Failed refusal={draft.refusal} retry={draft.reload} />}
      {!isLoading && (
        <Writing
          key={noticeId ?? 'new'}
          start={draft.value ? fieldsOf(draft.value) : fresh}
          kept={draft.value && { id: draft.value.id, version: draft.value.version }}
        />
      )}
    </Page>
  )
}

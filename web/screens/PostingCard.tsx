import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api, type Refusal } from '../api.ts'
import type { Contracts } from '../contracts.ts'
import { Act, Acts, ClassTag, Clock, toast } from '../kit.tsx'
import { number } from '../numbers.ts'
import { keep, waiting } from '../outbox.ts'
import { canShare, copy, fetchPicture, share } from './hand-on.ts'
import { say } from './posting-say.ts'

export type PostingTask = Answer<Contracts['notices']['postingTasks']>['items'][number]

interface Props {
  task: PostingTask
  isFirst: boolean
  onDone: () => Promise<void>
}

/** Was it said here, and only the network is missing? */
const isWaiting = ({ noticeId, chat }: PostingTask) =>
  waiting.value.some(
    one =>
      (one.operation === 'notices.posted' || one.operation === 'notices.takenDown') &&
      one.input['noticeId'] === noticeId &&
      one.input['chatId'] === chat.id &&
      !one.refusal,
  )

const pictureAddress = ({ noticeId, picture }: PostingTask) =>
  picture ? `/api/v1/notices/${encodeURIComponent(noticeId)}/files/${picture.id}` : undefined

/** Asked for as soon as the card is open, so that one tap hands it on. */
function usePicture(task: PostingTask, isOpen: boolean): File | undefined {
  const [found, setFound] = useState<File>()
  const address = pictureAddress(task)
  useEffect(() => {
    if (isOpen && address && canShare()) void fetchPicture(address, task.picture!.name).then(setFound)
  }, [isOpen, address])
  return found
}

async function handOn(task: PostingTask, picture: File | undefined): Promise<boolean> {
  const isCopied = await copy(task.text)
  if (canShare() && (await share(task.text, picture))) return true
  if (task.chat.link) window.open(task.chat.link, '_blank', 'noopener')
  toast(say(isCopied ? 'copied' : 'copy_failed'))
  return isCopied
}

async function saySo({ task, onDone }: Props, proof?: File) {
  const { noticeId, chat, kind, title } = task
  const named = { noticeId, chatId: chat.id }
  const isDown = kind === 'down'
  const kept = await keep(isDown ? 'notices.takenDown' : 'notices.posted', named, {
    label: `${say(isDown ? 'taken_down' : 'posted')}: ${title}`,
  })
  const undo = async () => {
    await api.notices.unposted(named).then(
      () => toast(say('undone')),
      (error: unknown) => toast((error as Refusal).message),
    )
    await onDone()
  }
  if (kept.state === 'refused') toast(kept.refusal.message)
  else if (kept.state === 'waiting') toast(say('posted_waiting'))
  else if (isDown) toast(say('taken_down_done', { name: chat.name }))
  else toast(say('posted_done', { name: chat.name }), undo)
  if (proof && kept.state === 'sent')
    await api.notices.addProof({ ...named, file: proof }).then(
      () => toast(say('proof_done'), undo),
      (error: unknown) => toast((error as Refusal).message),
    )
  await onDone()
}

function Proof({ onChosen }: { onChosen: (file: File) => unknown }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label={say('posted_with_proof')}
        onChange={event => {
          const [file] = event.currentTarget.files ?? []
          if (file) onChosen(file)
        }}
      />
      <Act kind="quiet" icon="anh" onClick={() => input.current?.click()}>
        {say('posted_with_proof')}
      </Act>
    </>
  )
}

const handWords = ({ chat }: PostingTask) => (canShare() ? 'share' : chat.link ? 'copy_and_open' : 'copy_only')

function Hands(props: Props & { isOpen: boolean }) {
  const { task, isFirst, isOpen } = props
  const [isHanded, setHanded] = useState(false)
  const picture = usePicture(task, isOpen)
  const isDown = task.kind === 'down'
  const copyIt = async () => setHanded((await handOn(task, picture)) || isHanded)
  return (
    <>
      <Act kind={isFirst && !isHanded ? 'main' : 'quiet-main'} icon="chogui" onClick={copyIt}>
        {say(handWords(task))}
      </Act>
      <Act kind={isFirst && isHanded ? 'main' : 'quiet-main'} icon="ro" onClick={() => saySo(props)}>
        {say(isDown ? 'taken_down' : 'posted')}
      </Act>
      {(isHanded || isOpen) && (
        <Acts>
          {!isDown && <Proof onChosen={file => saySo(props, file)} />}
          {task.picture && !canShare() && (
            <Act kind="quiet" icon="anh" href={pictureAddress(task)}>
              {say('save_picture')}
            </Act>
          )}
        </Acts>
      )}
    </>
  )
}

/** The account could not: it may try again once what is wrong is put right. */
function Trouble({ task, onDone }: Pick<Props, 'task' | 'onDone'>) {
  const again = async () => {
    await api.notices.postAgain({ noticeId: task.noticeId, chatId: task.chat.id }).then(
      () => toast(say('again_asked')),
      (error: unknown) => toast((error as Refusal).message),
    )
    await onDone()
  }
  return (
    <div class="stack">
      <p class="is-warn" role="status">
        {say(task.kind === 'down' ? 'not_taken_down_by_itself' : 'not_posted_by_itself', { words: task.trouble ?? '' })}
      </p>
      <Acts>
        <Act kind="plain" onClick={again}>
          {say(task.kind === 'down' ? 'take_down_again' : 'try_again')}
        </Act>
      </Acts>
    </div>
  )
}

const kindWords = { post: undefined, again: 'post_again', down: 'take_down' } as const

/** One notice for one chat group: the words are ready; a tap hands them on, another says that it is done. */
export function PostingCard(props: Props) {
  const { task, isFirst } = props
  const [isOpen, setOpen] = useState(false)
  const { chat, kind } = task
  const about = [
    say(`platform_${chat.platform}`),
    chat.members === null ? undefined : say('members', { n: number(chat.members) }),
    chat.unit,
  ]
  const mark = kindWords[kind]
  return (
    <article class="notice stack" aria-label={`${task.title}, ${say('into', { name: chat.name })}`}>
      <Clock from={task.visibleAt} until={task.dueAt} atZero={say(kind === 'down' ? 'down_by' : 'post_by')} />
      {(task.class !== 'normal' || mark) && (
        <p class="by">
          <ClassTag of={task.class} /> {mark && <b class="is-warn">{say(mark)}</b>}
        </p>
      )}
      <h3>{task.title}</h3>
      <p>
        <b>{say('into', { name: chat.name })}</b>
        <span class="by"> {about.filter(Boolean).join(' · ')}</span>
      </p>
      {task.trouble && <Trouble task={task} onDone={props.onDone} />}
      {isOpen && (
        <div class="words">
          <p class="label s">{say('ready_words')}</p>
          <p class="ready">{task.text}</p>
        </div>
      )}
      {isWaiting(task) ? (
        <Act kind="done" icon="chogui">
          {say('posted_waiting')}
        </Act>
      ) : (
        <Hands {...props} isFirst={isFirst} isOpen={isOpen} />
      )}
      <Acts>
        <Act kind="plain" icon="mat" onClick={() => setOpen(!isOpen)}>
          {say(isOpen ? 'hide_words' : 'see_words')}
        </Act>
      </Acts>
    </article>
  )
}

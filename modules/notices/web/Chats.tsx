// The chat groups of a village or commune: what waits to be posted there, which there are, where they overlap and where there is none.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Acts, Empty, Failed, Group, Lines, OldCopy, Page, Row, Rows, Table } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { isDesk, me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { PostingTasks } from '#web/screens/PostingTasks.tsx'
import type { Chat } from '../contract-chats.ts'
import { AddChat, ChangeChat } from './ChatSheet.tsx'
import { say } from './chat-say.ts'

type Village = Awaited<ReturnType<typeof api.notices.chatOverlap>>['items'][number]

const noteOf = (chat: Chat) =>
  [
    say(`platform_${chat.platform}`),
    chat.members === null ? undefined : say('people_n', { n: number(chat.members) }),
    chat.group?.name ?? chat.unit.title,
    chat.outlet ? say('posts_itself') : chat.post ? say('kept_by', { title: chat.post.title }) : undefined,
    chat.link || chat.outlet ? undefined : say('no_link'),
  ]
    .filter(Boolean)
    .join(' · ')

const mark = ({ chats }: Village) => (chats === 0 ? say('none_here') : chats > 1 ? say('several') : '')

/** Of one village a sentence, of several a table: those without a group first. */
function Overlap({ fresh }: { fresh: number }) {
  const { value } = useLoaded(() => api.notices.chatOverlap({}), [fresh])
  const [own] = value?.items ?? []
  if (!value || !own) return null
  if (value.items.length === 1)
    return (
      <p class="pad soft">
        {say('own_overlap', { chats: own.chats, members: number(own.members), homes: number(own.homes) })}{' '}
        {own.chats > 1 && say('own_overlap_many')}
      </p>
    )
  const none = value.items.filter(village => !village.chats).length
  const title = none ? say('overlap_none', { n: number(none) }) : say('overlap_all')
  return (
    <section class={isDesk() ? 'stack' : 'pad stack'}>
      <h2>{title}</h2>
      <p class="soft">
        {say('overlap_words')} {value.shared > 0 && say('shared_words', { n: value.shared })}
      </p>
      <Table<Village>
        caption={title}
        isTight
        rows={value.items.toSorted((a, b) => Number(a.chats > 0) - Number(b.chats > 0))}
        keyOf={village => village.unitId}
        columns={[
          {
            head: say('village'),
            cell: village => (
              <>
                {village.title} <span class={village.chats ? 'by' : 'is-late'}>{mark(village)}</span>
              </>
            ),
            by: village => village.title,
          },
          { head: say('homes'), cell: village => number(village.homes), isRight: true, by: village => village.homes },
          { head: say('groups'), cell: village => number(village.chats), isRight: true, by: village => village.chats },
          {
            head: say('people'),
            cell: village => (village.members ? number(village.members) : '–'),
            isRight: true,
            by: village => village.members,
          },
        ]}
      />
    </section>
  )
}

interface Choosing {
  chats: readonly Chat[]
  choose: (chat: Chat) => void
}

const ChatRows = ({ chats, choose }: Choosing) => (
  <Rows label={say('chats')}>
    {chats.map(chat => (
      <Row key={chat.id} icon="nhom" title={chat.name} note={noteOf(chat)} onClick={() => choose(chat)} />
    ))}
  </Rows>
)

/** Forty groups on one screen of a desk. */
const ChatTable = ({ chats, choose }: Choosing) => (
  <Table<Chat>
    caption={say('chats')}
    isTight
    rows={chats}
    keyOf={chat => chat.id}
    columns={[
      { head: say('name'), cell: chat => chat.name, by: chat => chat.name },
      { head: say('platform'), cell: chat => say(`platform_${chat.platform}`), by: chat => chat.platform },
      {
        head: say('whose'),
        cell: chat => chat.group?.name ?? chat.unit.title,
        by: chat => chat.group?.name ?? chat.unit.title,
      },
      { head: say('post'), cell: chat => (chat.outlet ? say('posts_itself') : (chat.post?.title ?? '–')) },
      {
        head: say('people'),
        cell: chat => (chat.members === null ? '–' : number(chat.members)),
        isRight: true,
        by: chat => chat.members ?? 0,
      },
      {
        head: say('change'),
        cell: chat => (
          <Act
            kind="plain"
            label={say(chat.link ? 'change_named' : 'add_link_named', { name: chat.name })}
            onClick={() => choose(chat)}
          >
            {say(chat.link ? 'change' : 'add_link')}
          </Act>
        ),
      },
    ]}
  />
)

export function Chats() {
  const { value, refusal, storedAt, reload } = useLoaded(
    () => everyPage(cursor => api.notices.chats({ limit: 100, ...cursor })),
    [],
    { stored: 'chats' },
  )
  const isWide = me.value?.unit?.level === 'commune' && !me.value.group
  const [isAdding, setAdding] = useState(false)
  const [chosen, setChosen] = useState<Chat>()
  const [fresh, setFresh] = useState(0)
  const done = async () => {
    await reload()
    setFresh(fresh + 1)
  }
  const add = (
    <Act kind="quiet" icon="cong" onClick={() => setAdding(true)}>
      {say('add')}
    </Act>
  )
  const title = value ? (value.length ? say('title', { n: value.length }) : say('title_none')) : say('bar')
  return (
    <Page title={title}>
      <OldCopy at={storedAt} />
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && <PostingTasks fresh={fresh} hasBelow={isWide} />}
      {value?.length === 0 && <Empty title={say('title_none')} words={say('none_words')} icon="nhom" act={add} />}
      {value && isWide && <Overlap fresh={fresh} />}
      {value && value.length > 0 && (
        <Group title={say('chats')}>
          {isDesk() ? <ChatTable chats={value} choose={setChosen} /> : <ChatRows chats={value} choose={setChosen} />}
          <div class={isDesk() ? undefined : 'pad'}>
            <Acts isLeft>{add}</Acts>
          </div>
        </Group>
      )}
      {value && !isWide && <Overlap fresh={fresh} />}
      {isAdding && <AddChat onClose={() => setAdding(false)} onDone={done} />}
      {chosen && <ChangeChat key={chosen.id} chat={chosen} onClose={() => setChosen(undefined)} onDone={done} />}
    </Page>
  )
}

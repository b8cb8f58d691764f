// Posts of the commune: who holds them, who was invited and has not come, and new ones.
import './access.css'
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Chips, Empty, Failed, Group, Lines, Page, Row, Rows } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { date } from '#web/time.ts'
import { unitWords } from '../titles.ts'
import { MakePost } from './MakePost.tsx'
import { PostSheet } from './PostSheet.tsx'
import { say } from './say.ts'

export type Post = Answer<Contracts['access']['posts']>['items'][number]

/** Every post below the caller's unit: a commune has a few hundred at most. */
async function allPosts(unit: string): Promise<Post[]> {
  const posts: Post[] = []
  let cursor: string | undefined
  do {
    const page = await api.access.posts({ unit, limit: 100, ...(cursor && { cursor }) })
    posts.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return posts
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const unitOf = (post: Post) => (post.unit ? capital(unitWords(post.unit)) : (post.group?.name ?? ''))

const personWords = (person: Post['people'][number]) =>
  [
    person.name,
    person.part === 'holder' ? '' : say(`part_${person.part}`),
    person.to ? say('until', { day: date(person.to) }) : '',
    person.isInvited ? say('invited') : '',
  ]
    .filter(Boolean)
    .join(', ')

const whoHolds = (post: Post) => post.people.map(person => personWords(person)).join(' · ')

const PostRow = ({ post, onOpen }: { post: Post; onOpen: () => void }) => (
  <Row
    icon="nguoi"
    title={post.title}
    note={whoHolds(post)}
    {...(!post.people.length && { state: say('vacant'), isNotYet: true })}
    {...(post.isMine && { onClick: onOpen })}
  />
)

type Filter = 'all' | 'vacant' | 'invited'
const isIn: Record<Filter, (post: Post) => boolean> = {
  all: () => true,
  vacant: post => !post.people.some(person => person.part === 'holder'),
  invited: post => post.people.some(person => person.isInvited),
}

export function Posts() {
  const unit = me.value?.unit?.id
  const posts = useLoaded(() => allPosts(unit ?? ''), [unit])
  const [filter, setFilter] = useState<Filter>('all')
  const [opened, setOpened] = useState<string>()
  const [isMaking, setMaking] = useState(false)
  const all = posts.value ?? []
  const found = all.find(post => post.id === opened)
  const shown = all.filter(isIn[filter])
  const vacant = all.filter(isIn.vacant).length
  return (
    <Page title={vacant ? say('posts_vacant', { n: vacant }) : say('posts_title')}>
      {posts.refusal && <Failed refusal={posts.refusal} retry={posts.reload} />}
      {posts.isLoading && <Lines retry={posts.reload} />}
      <div class="stack">
        <Act icon="cong" onClick={() => setMaking(true)}>
          {say('make')}
        </Act>
        <Chips
          label={say('show')}
          value={filter}
          options={(['all', 'vacant', 'invited'] as const).map(value => ({
            value,
            label: say(`show_${value}`),
            count: all.filter(isIn[value]).length,
          }))}
          onChange={value => setFilter(value as Filter)}
        />
        {posts.value && !shown.length && <Empty title={say('posts_none')} />}
      </div>
      {[...new Set(shown.map(unitOf))].map(place => (
        <Group key={place} title={place}>
          <Rows label={place}>
            {shown
              .filter(post => unitOf(post) === place)
              .map(post => (
                <PostRow key={post.id} post={post} onOpen={() => setOpened(post.id)} />
              ))}
          </Rows>
        </Group>
      ))}
      {found && <PostSheet post={found} onChanged={() => void posts.reload()} onClose={() => setOpened(undefined)} />}
      {isMaking && unit && (
        <MakePost
          unit={unit}
          onClose={() => setMaking(false)}
          onMade={post => {
            setMaking(false)
            void posts.reload().then(() => setOpened(post))
          }}
        />
      )}
    </Page>
  )
}

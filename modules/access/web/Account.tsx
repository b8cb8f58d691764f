// Who I am, as which post I act, where I am signed in.
import './access.css'
import { useState } from 'preact/hooks'
import { useLocation } from '#web/router.tsx'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Empty, Failed, Group, Lines, Page, Row, Rows, Tag } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { loadMe } from '#web/me.ts'
import { near } from '#web/time.ts'
import { MyHomes } from './MyHomes.tsx'
import { Password } from './Password.tsx'
import { doing, say } from './say.ts'
import { Tokens } from './Tokens.tsx'

type Me = Answer<Contracts['access']['me']>
type Session = Answer<Contracts['access']['sessions']>['items'][number]

/** After another person or post stands behind this phone every screen begins anew. */
async function startAnew() {
  await loadMe()
  location.assign('/')
}

const MyPosts = ({ me }: { me: Me }) => (
  <Group title={say('posts_mine')}>
    <Rows label={say('posts_mine')}>
      {me.posts.map(post =>
        post.isActive ? (
          <Row key={post.id} icon="nguoi" title={post.title} state={say('acting')} />
        ) : (
          <Row
            key={post.id}
            icon="nguoi"
            title={post.title}
            note={say('act_as')}
            onClick={() =>
              void doing(api.access.actAs({ post: post.id })).then(done => (done ? startAnew() : undefined))
            }
          />
        ),
      )}
    </Rows>
  </Group>
)

function SessionRow({ session, onEnded }: { session: Session; onEnded: () => void }) {
  const name = session.name || say('phone_unknown')
  return (
    <li class="row-in">
      <span class="row-main">
        <b>{name}</b>
        <span>{say('seen_at', { time: near(session.seenAt) })}</span>
      </span>
      {session.isThis ? (
        <Tag kind="good">{say('this_one')}</Tag>
      ) : (
        <Act
          kind="quiet"
          label={say('end_one', { name })}
          onClick={async () => {
            if (await doing(api.access.endSession({ sessionId: session.id }), say('ended'))) onEnded()
          }}
        >
          {say('end')}
        </Act>
      )}
    </li>
  )
}

function Sessions({ isHome }: { isHome: boolean }) {
  const sessions = useLoaded(() => api.access.sessions({ limit: 100 }), [])
  if (sessions.refusal) return <Failed refusal={sessions.refusal} retry={sessions.reload} />
  if (!sessions.value) return <Lines retry={sessions.reload} />
  const { items } = sessions.value
  return (
    <Group title={say(isHome ? 'phones_home' : 'sessions')}>
      {!items.length && <Empty title={say('sessions_none')} />}
      <ul class="rows">
        {items.map(session => (
          <SessionRow key={session.id} session={session} onEnded={() => void sessions.reload()} />
        ))}
      </ul>
      {items.length > 1 && (
        <Acts isLeft>
          <Act
            kind="quiet"
            onClick={async () => {
              if (await doing(api.access.endOtherSessions({}), say('ended'))) await sessions.reload()
            }}
          >
            {say('end_others')}
          </Act>
        </Acts>
      )}
    </Group>
  )
}

function Leave() {
  const { route } = useLocation()
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Act kind="quiet" icon="khoa" onClick={() => setAsked(true)}>
        {say('sign_out')}
      </Act>
    )
  return (
    <div class="stack" role="alert">
      <p>{say('sign_out_sure')}</p>
      <Acts isLeft>
        <Act
          onClick={async () => {
            if (!(await doing(api.access.signOut({})))) return
            await loadMe()
            route('/')
          }}
        >
          {say('sign_out')}
        </Act>
        <Act kind="quiet" onClick={() => setAsked(false)}>
          {say('stay')}
        </Act>
      </Acts>
    </div>
  )
}

export function Account() {
  const found = useLoaded(() => api.access.me({}), [])
  const me = found.value
  if (!me)
    return (
      <Page title={say('account')} back="/">
        {found.refusal ? <Failed refusal={found.refusal} retry={found.reload} /> : <Lines retry={found.reload} />}
      </Page>
    )
  const isHome = me.kind === 'resident'
  return (
    <Page title={say(isHome ? 'account_home' : 'account')} sub={me.name} back="/">
      {me.homes && <MyHomes me={me} startAnew={startAnew} />}
      {me.posts.length > 0 && <MyPosts me={me} />}
      <Sessions isHome={isHome} />
      {!isHome && <Password me={me} onSet={() => void found.reload()} />}
      {!isHome && <Tokens />}
      <div class="pad">
        <Leave />
      </div>
    </Page>
  )
}

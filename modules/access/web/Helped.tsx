// What a home reads of those who acted for it, and its no.
import './access.css'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Empty, Failed, Group, Lines, Page } from '#web/kit.tsx'
import { loadMe, me } from '#web/me.ts'
import { usePages } from '#web/pages.ts'
import { near } from '#web/time.ts'
import { say } from './help-say.ts'
import { doing } from './say.ts'

type Assist = Answer<Contracts['access']['myAssists']>['items'][number]

const ends = {
  helper: 'helped_by_helper',
  home: 'helped_by_home',
  time: 'helped_by_time',
  post: 'helped_by_post',
} as const

const stateOf = (one: Assist) =>
  one.isOpen
    ? say('helped_open', { time: near(one.endsAt) })
    : say(ends[one.endedBy ?? 'post'], { time: one.endedAt ? near(one.endedAt) : '' })

function wordsOf({ what, kind }: Assist['acts'][number]) {
  if (what === 'acknowledged') return say('helped_acknowledged')
  if (what === 'asked') return say('helped_asked')
  return say(kind === 'stop' ? 'helped_requested_stop' : 'helped_requested_correct')
}

function One({ one, onEnded }: { one: Assist; onEnded: () => unknown }) {
  const end = async () => {
    if (await doing(api.access.endAssist({ assistId: one.id }), say('helped_stopped'))) await onEnded()
  }
  return (
    <li class="pad stack">
      <p>
        <b>{one.title}</b>
        <br />
        <span class="by">
          {near(one.begunAt)}. {one.agreedBy ? say('helped_agreed', { name: one.agreedBy }) : say('helped_somebody')}
        </span>
      </p>
      <ul>
        {one.acts.map(act => (
          <li key={`${act.what} ${act.at}`}>
            {near(act.at)}: {wordsOf(act)}{' '}
            {act.noticeId && <a href={`/notices/${encodeURIComponent(act.noticeId)}`}>{say('helped_see')}</a>}
          </li>
        ))}
        {!one.acts.length && <li class="soft">{say('helped_nothing')}</li>}
      </ul>
      <p class={one.isOpen ? 'is-warn' : 'by'}>{stateOf(one)}</p>
      {one.isOpen && (
        <Act kind="quiet" onClick={end}>
          {say('helped_stop')}
        </Act>
      )}
    </li>
  )
}

/** Every end, also of what this very phone is in. */
async function again(reload: () => Promise<void>) {
  if (!me.value?.assist) return reload()
  await loadMe()
  location.assign('/assist?ended')
}

function Allow({ isAllowed, reload }: { isAllowed: boolean; reload: () => Promise<void> }) {
  const allow = async (allowed: boolean) => {
    if (await doing(api.access.allowAssists({ allowed }), say('helped_saved'))) await again(reload)
  }
  return (
    <Group title={say('helped_allow')}>
      <div class="pad stack">
        <p>{say(isAllowed ? 'helped_allow_words' : 'helped_is_forbidden')}</p>
        <Acts isLeft>
          {isAllowed && (
            <Act kind="quiet" onClick={() => allow(false)}>
              {say('helped_forbid')}
            </Act>
          )}
          {!isAllowed && !me.value?.assist && (
            <Act kind="quiet" onClick={() => allow(true)}>
              {say('helped_again')}
            </Act>
          )}
        </Acts>
      </div>
    </Group>
  )
}

export function Helped() {
  const loaded = usePages(cursor => api.access.myAssists({ limit: 20, ...cursor }), [])
  const first = loaded.value
  const items = first?.items ?? []
  return (
    <Page title={say('helped_title')} back="/my-home">
      {loaded.isLoading && <Lines retry={loaded.reload} />}
      {loaded.refusal && !first && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      {first && !items.length && <Empty title={say('helped_none')} />}
      <ul class="rows">
        {items.map(one => (
          <One key={one.id} one={one} onEnded={() => again(loaded.reload)} />
        ))}
      </ul>
      {loaded.more && (
        <div class="pad">
          <Act kind="quiet" onClick={loaded.more}>
            {say('helped_more')}
          </Act>
        </div>
      )}
      {first && <Allow isAllowed={first.isAllowed} reload={loaded.reload} />}
    </Page>
  )
}

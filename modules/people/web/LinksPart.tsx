// The home's Zalo, Facebook and Telegram: where notices come, how another account is joined by a code, and how it ends.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Failed, Group } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { date, hour } from '#web/time.ts'
import type { OwnHome } from '../contract-own.ts'
import { linkedKinds } from '../words-of-homes.ts'
import { attemptNow, useAttempt } from './act.ts'
import { say, term } from './say.ts'
import './links.css'

type Code = { code: string; endsAt: string }
type Page = { kind: string; name: string; url: string }

export const isLinked = ({ kind }: OwnHome['contacts'][number]) => linkedKinds.some(one => one === kind)

const HowTo = ({ code, pages }: { code: Code; pages: readonly Page[] }) => (
  <div class="pad stack" role="status">
    <p>{say('link_send')}</p>
    <p class="link-code">{code.code.replace(/(...)(...)/, '$1 $2')}</p>
    <p class="soft">{say('link_until', { time: hour(code.endsAt) })}</p>
    <Acts isLeft>
      {pages.map(page => (
        <Act key={page.url} kind="quiet" href={page.url.replace('{code}', code.code)}>
          {say('link_open', { name: page.name })}
        </Act>
      ))}
    </Acts>
  </div>
)

export function LinksPart({ home, onChange }: { home: OwnHome; onChange: (home: OwnHome) => unknown }) {
  const pages = useLoaded(() => api.channels.toFollow({}), [])
  const [code, setCode] = useState<Code>()
  const attempt = useAttempt()
  const linked = home.contacts.filter(isLinked)
  const items = pages.value?.items ?? []
  if (!items.length && !linked.length)
    return pages.refusal ? <Failed refusal={pages.refusal} retry={pages.reload} /> : null
  const make = async () => {
    const made = await attempt(how => api.people.linkCode({}, how))
    if (made) setCode(made)
  }
  const end = async (contactId: string) => {
    const next = await attemptNow(how => api.people.endLink({ contactId }, how), say('link_ended'))
    if (next) onChange(next)
  }
  return (
    <Group title={say('links')}>
      <p class="pad soft pad-b0">{say('links_words')}</p>
      {linked.map(one => (
        <div class="pad split" key={one.id}>
          <span>
            <b>{term('contact', one.kind)}</b> <span class="by">{say('link_since', { day: date(one.addedAt) })}</span>
          </span>
          <Act kind="quiet" onClick={() => end(one.id)}>
            {say('link_end')}
          </Act>
        </div>
      ))}
      {code ? (
        <HowTo code={code} pages={items} />
      ) : (
        items.length > 0 && (
          <div class="pad">
            <Act kind={linked.length ? 'quiet' : 'main'} onClick={make}>
              {say('link_make')}
            </Act>
          </div>
        )
      )}
    </Group>
  )
}

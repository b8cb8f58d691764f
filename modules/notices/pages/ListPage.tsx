// The public notices of a village or commune, newest first: a page of its own, and what another site shows in a frame.
import type { Language } from '#core/words'
import { bind } from '#web/bind.ts'
import { date } from '#web/time.ts'
import type { Entry, Feed } from '../entry.ts'
import { Bar, Icon } from './frame.tsx'
import { sayIn, type Say } from './NoticePage.tsx'

type Shown = Pick<Feed, 'entries' | 'page' | 'address' | 'query' | 'next'>

/** In a frame a link opens beside the page that shows it. */
const away = { target: '_blank', rel: 'noopener' }

function Line({ entry, isInOther, say }: { entry: Entry; isInOther: boolean; say: Say }) {
  const { class: of, event, isWithdrawn } = entry
  return (
    <li class="stack">
      {of !== 'normal' && !isWithdrawn && (
        <p>
          <span class={of === 'emergency' ? 'tag tag-alarm' : 'tag tag-prio'}>
            <Icon name={of === 'emergency' ? 'khan' : 'uutien'} isSmall />
            {say(of)}
          </span>
        </p>
      )}
      <a href={entry.url} {...(isInOther ? away : {})}>
        <b>{bind(entry.plainTitle)}</b>
      </a>
      {isWithdrawn && <p class="is-warn">{bind(entry.summary)}</p>}
      <p class="by">
        {[date(entry.publishedAt), event && !isWithdrawn ? `${say('day')} ${date(event.at)}` : '', entry.author]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  )
}

const Follow = ({ list, say }: { list: Shown; say: Say }) => (
  <section class="pad stack band">
    <h2>{say('list_follow')}</h2>
    <p>
      <a class="act act-quiet" href={`${list.address.replace(/^https?:/, 'webcal:')}.ics${list.query}`}>
        <Icon name="lich" isSmall />
        {say('list_calendar')}
      </a>
    </p>
    <p>
      <a href={`${list.address}.atom${list.query}`}>{say('list_atom')}</a> ·{' '}
      <a href={`${list.address}.json${list.query}`}>{say('list_json')}</a>
    </p>
  </section>
)

interface Listing {
  to: Language
  name: string
  list: Shown
  /** Shown in a frame of another site's page. */
  isInOther: boolean
}

export function ListPage({ to, name, list, isInOther }: Listing) {
  const say = sayIn(to)
  const { entries, next } = list
  return (
    <>
      <Bar name={name} />
      <main>
        <section class="pad stack">
          {!isInOther && <h1>{say('list_title', { unit: name })}</h1>}
          {entries.length ? (
            <ul class="stack-l">
              {entries.map(entry => (
                <Line key={entry.id} entry={entry} isInOther={isInOther} say={say} />
              ))}
            </ul>
          ) : (
            <p>{say('list_none')}</p>
          )}
          {next !== undefined && (
            <p>
              <a class="act act-quiet" href={`${list.page}${next}`}>
                {say('list_more')}
              </a>
            </p>
          )}
          {isInOther && (
            <p>
              <a href={list.page} {...away}>
                {say('list_all')}
              </a>
            </p>
          )}
        </section>
        {!isInOther && <Follow list={list} say={say} />}
      </main>
    </>
  )
}

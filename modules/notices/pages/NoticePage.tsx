// A notice by its link: readable on the oldest phone, in Zalo's own browser, without script and without signing in.
import { fill, say, type Language } from '#core/words'
import { bind } from '#web/bind.ts'
import { Leaf } from '#web/kit/leaf.tsx'
import { date, dateWords, hour, hourWords, near } from '#web/time.ts'
import type { FileShown } from '../files.ts'
import type { NoticeClass, Wording } from '../rules.ts'
import type { Mark } from '../trace.ts'
import { Bar, Icon } from './frame.tsx'

export interface Shown {
  /** Address of the public page. */
  address: string
  author: string
  unit: string
  class: NoticeClass
  wording: Wording
  html: string
  files: FileShown[]
  publishedAt: string
  isOver: boolean
  trace: Mark[]
  versions: { version: number; at: string; toldAgain: boolean; changed: string[] }[]
  version: number
  newest: number
  localWords: { words: string; by: string; at: string } | undefined
  /** A link of one home: where its forms go, and whether it has said "Đã rõ". */
  own:
    | {
        address: string
        acknowledgedAt: string | undefined
        /** The link went to a number that these homes share. */
        choices: { no: number; unit: string; acknowledgedAt: string | undefined }[]
      }
    | undefined
  /** Asked for by whoever reads: what it proves is the server's to say. */
  picture: string | undefined
  /** A question was just kept. */
  hasAsked: boolean
}

export type Say = (key: string, data?: Record<string, unknown>) => string
export const sayIn =
  (to: Language): Say =>
  (key, data) =>
    bind(say(to, `notices.page.${key}`, data))

const sizeOf = (bytes: number) =>
  bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} KB`

const Tag = ({ of, say: words }: { of: NoticeClass; say: Say }) =>
  of === 'normal' ? null : (
    <p>
      <span class={of === 'emergency' ? 'tag tag-alarm' : 'tag tag-prio'}>
        <Icon name={of === 'emergency' ? 'khan' : 'uutien'} isSmall />
        {words(of)}
      </span>
    </p>
  )

function Head({ n, say: words }: { n: Shown; say: Say }) {
  const { event, title } = n.wording
  if (n.class === 'emergency')
    return (
      <section class="urgent">
        <p>
          <span class="tag">
            <Icon name="khan" isSmall />
            {words('emergency')}
          </span>
        </p>
        <h1>{bind(title)}</h1>
        <p>{words('said_at', { author: n.author, time: `${hour(n.publishedAt)}, ${dateWords(n.publishedAt)}` })}</p>
      </section>
    )
  const inside = (
    <div>
      <Tag of={n.class} say={words} />
      <h1>{bind(title)}</h1>
    </div>
  )
  return event ? (
    <div class="notice-dated">
      <Leaf date={event.at} />
      {inside}
    </div>
  ) : (
    inside
  )
}

function Facts({ n, say: words }: { n: Shown; say: Say }) {
  const { event, validUntil } = n.wording
  const rows = [
    event && event.at.length > 10 ? (['gio', 'hour', hourWords(event.at)] as const) : undefined,
    event ? (['lich', 'day', dateWords(event.at)] as const) : undefined,
    event?.place ? (['bao', 'place', event.place] as const) : undefined,
    validUntil ? (['gio', 'until', date(validUntil)] as const) : undefined,
  ].filter(row => row !== undefined)
  if (!rows.length) return null
  return (
    <>
      <dl class="facts">
        {rows.map(([icon, key, value]) => (
          <div key={key}>
            <dt>
              <Icon name={icon} isSmall />
              {words(key)}
            </dt>
            <dd>{bind(value)}</dd>
          </div>
        ))}
      </dl>
      {event && !n.isOver && n.version === n.newest && (
        <p>
          <a href={`${n.address}/lich.ics`}>{words('add_date')}</a>
        </p>
      )}
    </>
  )
}

const Steps = ({ n, say: words }: { n: Shown; say: Say }) =>
  n.wording.steps.length ? (
    <section class="stack">
      <h2>{words('do_now')}</h2>
      <ol class="steps">
        {n.wording.steps.map(step => (
          <li key={step.act}>
            <b>{bind(step.act)}</b>
            {step.why && <span>{bind(step.why)}</span>}
          </li>
        ))}
      </ol>
    </section>
  ) : null

const Local = ({ n }: { n: Shown }) =>
  n.localWords ? (
    <blockquote class="said">
      <p>{bind(n.localWords.words)}</p>
      <footer>
        {bind(n.localWords.by)}, {near(n.localWords.at)}
      </footer>
    </blockquote>
  ) : null

function Papers({ n, say: words }: { n: Shown; say: Say }) {
  const { paper } = n.wording
  if (!paper && !n.files.length) return null
  return (
    <section class="pad stack">
      {paper && (
        <p class="by">
          {words('by_paper')} <span class="nb">{paper.number}</span>, {paper.issuer}, {date(paper.date)}
        </p>
      )}
      {n.files.map(file => (
        <p key={file.id}>
          <a class="act act-quiet" href={`${n.address}/f/${file.id}`}>
            <Icon name="giay" isSmall />
            {words(file.media === 'application/pdf' ? 'open_paper' : 'open_picture')}
            {file.pages ? `, ${words('pages', { n: file.pages })}` : ''}, {sizeOf(file.size)}
          </a>
        </p>
      ))}
    </section>
  )
}

/** "Nhà nào đã rõ?": each home by the number printed on its card. */
const WhichHome = ({ own, say: words }: { own: NonNullable<Shown['own']>; say: Say }) => (
  <form class="stack" method="post" action={`${own.address}/ro`}>
    <h2>{words('which_home')}</h2>
    <p class="by">{words('which_home_words')}</p>
    {own.choices.map(home =>
      home.acknowledgedAt ? (
        <p key={home.no} class="act act-main act-done" role="status">
          <Icon name="ro" />
          {words('home_no', { no: home.no, unit: home.unit })}:{' '}
          {words('home_knows', { time: hour(home.acknowledgedAt) })}
        </p>
      ) : (
        <button key={home.no} class="act act-quiet act-main" type="submit" name="home" value={home.no}>
          {words('home_no', { no: home.no, unit: home.unit })}
        </button>
      ),
    )}
  </form>
)

function Acknowledge({ n, say: words }: { n: Shown; say: Say }) {
  if (!n.own || n.isOver || n.version !== n.newest) return null
  if (n.own.choices.length) return <WhichHome own={n.own} say={words} />
  if (n.own.acknowledgedAt)
    return (
      <p class="act act-main act-done" role="status">
        <Icon name="ro" />
        {words('done', { time: hour(n.own.acknowledgedAt) })}
      </p>
    )
  return (
    <form method="post" action={`${n.own.address}/ro`}>
      <button class="act act-main" type="submit">
        <Icon name="ro" />
        {words('acknowledge')}
      </button>
    </form>
  )
}

const Ask = ({ n, say: words }: { n: Shown; say: Say }) => (
  <form class="pad stack band" method="post" action={`${n.own?.address ?? n.address}/hoi`} id="hoi">
    <h2>{words('ask')}</h2>
    {n.hasAsked ? (
      <p class="is-ok" role="status">
        {words('asked')}
      </p>
    ) : (
      <>
        <div class="field">
          <label for="words">
            {words('question')}
            <span class="hint">{words(n.own && !n.own.choices.length ? 'question_hint_own' : 'question_hint')}</span>
          </label>
          <textarea id="words" name="words" rows={3} maxLength={1000} required />
        </div>
        <button class="act act-quiet" type="submit">
          {words('send_question')}
        </button>
      </>
    )}
  </form>
)

const traceWords: Record<Mark['what'], string> = {
  approved: 'trace_approved',
  sent_alone: 'trace_sent_alone',
  published: 'trace_published',
  relayed: 'trace_relayed',
  passed_by_itself: 'trace_passed',
  corrected: 'trace_corrected',
  told_again: 'trace_told_again',
  withdrawn: 'trace_withdrawn',
}

const TraceList = ({ marks, say: words }: { marks: readonly Mark[]; say: Say }) => (
  <ol class="trace">
    {marks.map((one, i) => (
      <li key={i}>
        <b>
          {hour(one.at)} {date(one.at)} {words(traceWords[one.what])}
        </b>
        {one.by && <span>{bind(one.by)}</span>}
      </li>
    ))}
  </ol>
)

function Versions({ n, say: words }: { n: Shown; say: Say }) {
  if (n.versions.length < 2) return null
  return (
    <section class="stack">
      <h2>{words('versions')}</h2>
      <ul class="stack">
        {n.versions.toReversed().map(one => (
          <li key={one.version} class="by">
            {one.version === n.version ? (
              <b>{words('version', { n: one.version })}</b>
            ) : (
              <a href={one.version === n.newest ? n.address : `${n.address}?v=${one.version}`}>
                {words('version', { n: one.version })}
              </a>
            )}{' '}
            {near(one.at)}
            {one.changed.length
              ? `: ${words('changed', { what: one.changed.map(field => words(`field_${field}`)).join(', ') })}`
              : ''}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Over the words: that others stood here before, and which parts differ. */
function Corrected({ n, say: words }: { n: Shown; say: Say }) {
  const [before, newest] = n.versions.slice(-2)
  if (!before || !newest || n.version !== n.newest) return null
  const what = newest.changed.map(field => words(`field_${field}`)).join(', ')
  return (
    <p class="pad pad-b0">
      <b>{words('was_corrected', { time: near(newest.at) })}</b>
      {what && `: ${what}`}. <a href={`${n.address}?v=${before.version}`}>{words('see_old')}</a>
    </p>
  )
}

export function NoticePage({ n, to }: { n: Shown; to: Language }) {
  const words = sayIn(to)
  return (
    <>
      <Bar name={n.unit || n.author} sub={n.author} />
      <main>
        <p class="stamp">
          <Icon name="khien" />
          <span>
            <b>{words('real')}</b> {words('free')}
          </span>
        </p>
        {n.version !== n.newest && (
          <p class="pad pad-b0 is-warn">
            {words('old_version')} <a href={n.address}>{words('to_newest')}</a>
          </p>
        )}
        {!n.isOver && <Corrected n={n} say={words} />}
        {n.isOver && <p class="pad pad-b0 is-warn">{words('over')}</p>}
        {n.class === 'emergency' && <Head n={n} say={words} />}
        <article class="pad stack-l">
          {n.class !== 'emergency' && <Head n={n} say={words} />}
          {n.wording.plain && <p>{bind(n.wording.plain)}</p>}
          <Facts n={n} say={words} />
          <Steps n={n} say={words} />
          <Local n={n} />
          <Acknowledge n={n} say={words} />
          <div class="stack" dangerouslySetInnerHTML={{ __html: n.html }} />
        </article>
        <Papers n={n} say={words} />
        {!n.isOver && n.version === n.newest && <Ask n={n} say={words} />}
        <section class="pad stack">
          <h2>{words('how_it_went')}</h2>
          <TraceList marks={n.trace} say={words} />
          <Versions n={n} say={words} />
        </section>
        {n.picture && !n.isOver && <img src={n.picture} width="1" height="1" alt="" referrerpolicy="no-referrer" />}
      </main>
    </>
  )
}

/** A page that says one thing: not there, taken back, over. */
export const OneThing = ({
  to,
  place,
  title,
  sentence,
  link,
}: {
  to: Language
  place: string
  title: string
  sentence: string
  link?: { href: string; words: string } | undefined
}) => (
  <>
    <Bar name={place} />
    <main>
      <section class="pad stack">
        <h1>{bind(fill(title))}</h1>
        <p>{bind(sentence)}</p>
        {link && (
          <p>
            <a class="act act-quiet" href={link.href}>
              {link.words}
            </a>
          </p>
        )}
        <p class="by">{sayIn(to)('call_head')}</p>
      </section>
    </main>
  </>
)

// A notice as everybody reads it: what to do before any paper, the head's words, the paper, how it went.
import { ClassTag, Facts, Group, Icon, Leaf, PaperQuote, Said, Steps, Trace } from '#web/kit.tsx'
import { size } from '#web/numbers.ts'
import { date, dateWords, hour, hourWords, near } from '#web/time.ts'
import type { NoticeShown } from './draft.ts'
import { fieldNames } from './field-names.ts'
import { say } from './say.ts'

export const Urgent = ({ notice }: { notice: NoticeShown }) => (
  <section class="urgent">
    <p>
      <ClassTag of="emergency" />
    </p>
    <h1>{notice.title}</h1>
    {notice.publishedAt && (
      <p>
        {say('said_at', {
          author: notice.author,
          time: `${hour(notice.publishedAt)}, ${dateWords(notice.publishedAt)}`,
        })}
      </p>
    )}
  </section>
)

function Head({ notice }: { notice: NoticeShown }) {
  const inside = (
    <div>
      <p>
        <ClassTag of={notice.class} />
      </p>
      <h2 class="big-title">{notice.title}</h2>
      <p class="by">
        {notice.author}
        {notice.publishedAt && `, ${near(notice.publishedAt)}`}
      </p>
    </div>
  )
  return notice.event ? (
    <div class="notice-dated">
      <Leaf date={notice.event.at} />
      {inside}
    </div>
  ) : (
    inside
  )
}

function Where({ notice }: { notice: NoticeShown }) {
  const { event, validUntil } = notice
  const rows: (readonly [string, string])[] = []
  if (event && event.at.length > 10) rows.push([say('hour'), hourWords(event.at)])
  if (event) rows.push([say('day'), dateWords(event.at)])
  if (event?.place) rows.push([say('place'), event.place])
  if (validUntil) rows.push([say('until'), date(validUntil)])
  return rows.length ? <Facts rows={rows} /> : null
}

const Files = ({ notice }: { notice: NoticeShown }) => (
  <>
    {notice.files.map(file => (
      <p key={file.id}>
        <a class="act act-quiet" href={`/api/v1/notices/${notice.id}/files/${file.id}`}>
          <Icon name="giay" isSmall />
          {[
            say(file.media === 'application/pdf' ? 'open_paper' : 'open_picture'),
            file.pages ? say('n_pages', { n: file.pages }) : '',
            size(file.size),
          ]
            .filter(Boolean)
            .join(', ')}
        </a>
      </p>
    ))}
  </>
)

const Paper = ({ notice }: { notice: NoticeShown }) =>
  notice.paper || notice.files.length || notice.plain ? (
    <section class="pad stack band">
      <h2>{say('paper')}</h2>
      {(notice.paper || notice.plain) && (
        <PaperQuote {...(notice.paper ? { paper: notice.paper } : {})}>
          {notice.plain && <div class="stack" dangerouslySetInnerHTML={{ __html: notice.html }} />}
        </PaperQuote>
      )}
      <Files notice={notice} />
    </section>
  ) : null

const isVersion = (notice: NoticeShown) => notice.versions.length > 1

const versionLink = (notice: NoticeShown, version: number) =>
  `/notices/${encodeURIComponent(notice.id)}?version=${version}`

/** Over the words: that others stood here before, which parts differ, and where the old ones are read. */
function CorrectedLine({ notice }: { notice: NoticeShown }) {
  const [before, newest] = notice.versions.slice(-2)
  if (!before || !newest) return null
  const what = newest.changed.length ? `: ${fieldNames(newest.changed)}` : ''
  return (
    <p class="pad pad-b0">
      <b>{say('was_corrected', { time: near(newest.at) })}</b>
      {what}. <a href={versionLink(notice, before.version)}>{say('see_old')}</a>
    </p>
  )
}

type Mark = NoticeShown['trace'][number]
/** By whom, and with which reason; the words of a relay stand under the notice already. */
const saidBy = ({ what, by, words }: Mark) =>
  [by, words && what !== 'relayed' && what !== 'passed_by_itself' && `“${words}”`].filter(Boolean).join(': ')

/** Who said it, as which post, when; and what each version changed. */
export const HowItWent = ({ notice }: { notice: NoticeShown }) => (
  <section class="pad stack">
    <h2>{say('how_it_went')}</h2>
    <Trace
      steps={notice.trace.map(mark => ({
        at: `${hour(mark.at)} ${date(mark.at)}`,
        act: say(`trace_${mark.what}` as 'trace_published'),
        ...(saidBy(mark) ? { by: saidBy(mark) } : {}),
      }))}
    />
    {isVersion(notice) && (
      <Group title={say('versions')}>
        <ul class="stack">
          {notice.versions.toReversed().map(one => (
            <li class="by" key={one.version}>
              {one.version === notice.versions.at(-1)!.version ? (
                <b>{say('version_n', { n: one.version })}</b>
              ) : (
                <a href={versionLink(notice, one.version)}>{say('version_n', { n: one.version })}</a>
              )}{' '}
              {near(one.at)}
              {one.changed.length > 0 && `: ${fieldNames(one.changed)}`}
            </li>
          ))}
        </ul>
      </Group>
    )}
  </section>
)

/** @param isOld an earlier version: what stands of the notice today is not said over it */
export const NoticeBody = ({ notice, isOld }: { notice: NoticeShown; isOld?: boolean }) => (
  <>
    {!isOld && notice.state === 'published' && isVersion(notice) && <CorrectedLine notice={notice} />}
    {notice.state === 'withdrawn' && (
      <p class="pad pad-b0 is-warn">{say('withdrawn_because', { reason: notice.withdrawnReason ?? '' })}</p>
    )}
    {notice.state === 'published' && notice.expired && <p class="pad pad-b0 is-warn">{say('over')}</p>}
    <article class="pad stack-l">
      {notice.class !== 'emergency' && <Head notice={notice} />}
      {notice.plain ? <p>{notice.plain}</p> : null}
      <Where notice={notice} />
      {notice.steps.length > 0 && (
        <section class="stack">
          <h2>{say('do_now')}</h2>
          <Steps steps={notice.steps} />
        </section>
      )}
      {notice.localWords && (
        <Said by={`${notice.localWords.by}, ${near(notice.localWords.at)}`}>
          <p>{notice.localWords.words}</p>
        </Said>
      )}
      {!notice.plain && <div class="stack" dangerouslySetInnerHTML={{ __html: notice.html }} />}
    </article>
    <Paper notice={notice} />
  </>
)

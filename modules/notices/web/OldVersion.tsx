// An earlier version that people could read, and what the newest says instead.
import { api } from '#web/api.ts'
import { Act, Facts, Failed, Lines, Page } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { date, dateWords, hourWords, near } from '#web/time.ts'
import type { NoticeShown } from './draft.ts'
import { NoticeBody, Urgent } from './NoticeBody.tsx'
import { fieldNames } from './field-names.ts'
import { say } from './say.ts'

/** What one part says, in a line; long texts are read below. */
const lineOf: Record<string, ((of: NoticeShown) => string) | undefined> = {
  title: of => of.title,
  plain: of => of.plain,
  event: ({ event }) =>
    event
      ? [event.at.length > 10 && hourWords(event.at), dateWords(event.at), event.place].filter(Boolean).join(', ')
      : '',
  validUntil: of => (of.validUntil ? date(of.validUntil) : ''),
  paper: ({ paper }) => (paper ? [paper.number, paper.issuer].join(', ') : ''),
  steps: of => of.steps.map(step => step.act).join('; '),
}

/** Old and new, one under the other. */
const Changes = ({ old, now, fields }: { old: NoticeShown; now: NoticeShown; fields: readonly string[] }) => (
  <Facts
    rows={fields.flatMap(field => {
      const line = lineOf[field]
      if (!line) return []
      return [
        [
          say(`field_${field}` as 'field_title'),
          <>
            <del>{line(old) || '–'}</del>
            <br />
            <ins>{line(now) || '–'}</ins>
          </>,
        ] as const,
      ]
    })}
  />
)

const both = async (noticeId: string, version: number) => {
  const [old, now] = await Promise.all([
    api.notices.read({ noticeId, version: String(version) }),
    api.notices.read({ noticeId }),
  ])
  return { old, now }
}

export function OldVersion({ noticeId, version }: { noticeId: string; version: number }) {
  const loaded = useLoaded(() => both(noticeId, version), [noticeId, version])
  const newest = `/notices/${encodeURIComponent(noticeId)}`
  const { old, now } = loaded.value ?? {}
  const fields = [...new Set(now?.versions.filter(one => one.version > version).flatMap(one => one.changed) ?? [])]
  return (
    <Page title={say('version_n', { n: version })} sub={old?.title} back={newest}>
      {loaded.isLoading && <Lines retry={loaded.reload} />}
      {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      {old && now && (
        <>
          <section class="pad stack band">
            <p class="is-warn">
              {say('old_version', { time: near(now.versions.find(one => one.version > version)?.at ?? '') })}
            </p>
            {fields.length > 0 && <p>{say('changed_since', { fields: fieldNames(fields) })}</p>}
            <Changes old={old} now={now} fields={fields} />
            <p>
              <Act kind="quiet" icon="mat" href={newest}>
                {say('to_newest')}
              </Act>
            </p>
          </section>
          {old.class === 'emergency' && <Urgent notice={old} />}
          <NoticeBody notice={old} isOld />
        </>
      )}
    </Page>
  )
}

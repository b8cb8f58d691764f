// Beside the act that sends: to how many homes, how many need a visit, until when telling is of use.
import { Act } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { momentWords } from '#web/time.ts'
import { isReady, missing, type Fields, type Preview } from './draft.ts'
import { say } from './say.ts'
import { Cost } from './Ways.tsx'
import type { Ways } from './ways-state.ts'

const villagesOf = (preview: Preview) => preview.villages.filter(village => village.households).length

export function SendBar({
  preview,
  fields,
  ways,
  onSend,
  onKeep,
}: {
  preview: Preview | undefined
  fields: Fields
  ways: Ways | undefined
  onSend: () => unknown
  onKeep: () => unknown
}) {
  const villages = preview ? villagesOf(preview) : 0
  const verb = fields.class === 'emergency' ? 'send_emergency' : fields.at ? 'schedule' : 'send'
  return (
    <section class={ways?.money ? 'send has-cost' : 'send'} aria-label={say('send')}>
      <div>
        <p class="by">{say('sent_to')}</p>
        <p>
          <b class="n">
            {preview?.households == null
              ? '–'
              : say(fields.isInternal ? 'n_posts' : 'n_homes', { n: number(preview.households) })}
          </b>
          {villages > 0 && `, ${say('n_villages', { n: villages })}`}
        </p>
        {preview?.relay === 'village' && preview.relayBy && (
          <p class="xs soft">{say('relay_until', { time: momentWords(preview.relayBy) })}</p>
        )}
      </div>
      <div>
        <p class="by">{say('no_way')}</p>
        <p>
          <b class="n">{preview?.unreachable == null ? '–' : say('n_homes', { n: number(preview.unreachable) })}</b>
        </p>
      </div>
      {ways && <Cost ways={ways} />}
      <div>
        <p class="by">{say('last_useful')}</p>
        <p>
          <b>{preview?.lastUsefulAt ? momentWords(preview.lastUsefulAt) : say('no_last_useful')}</b>
        </p>
        {preview?.isWide && fields.class === 'emergency' && <p class="xs soft">{say('wide_waits')}</p>}
      </div>
      <div class="acts">
        <Act
          kind={fields.class === 'emergency' ? 'alarm' : 'main'}
          icon={fields.class === 'emergency' ? 'khan' : 'chuyen'}
          disabledBecause={!isReady(fields) && say(missing(fields))}
          onClick={onSend}
        >
          {say(verb)}
        </Act>
        {isReady(fields) && (
          <Act kind="quiet" onClick={onKeep}>
            {say('keep_draft')}
          </Act>
        )}
      </div>
    </section>
  )
}

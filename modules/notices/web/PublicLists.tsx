// Where an officer takes what others may show of ours: addresses of feeds and calendars, and the code for a page of another site.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Acts, Failed, Group, Lines, Page, Pick, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { isDesk, me } from '#web/me.ts'
import { copy } from '#web/screens/hand-on.ts'
import { unitTitle } from '#units/contract'
import { topics } from '../topics.ts'
import { say as topicSay } from './say.ts'
import { say } from './public-say.ts'

async function load() {
  const unit = me.value!.unit!
  const own = { id: unit.id, name: unit.title }
  if (unit.level !== 'commune') return [own]
  const below = await everyPage(cursor => api.units.list({ parent: unit.id, limit: 100, ...cursor }))
  return [own, ...below.map(one => ({ id: one.id, name: unitTitle(one) }))]
}

/** Asked for the people who will read the page, not for the one who copies it. */
function codesFor(unit: string, topic: string, theme: string) {
  const { origin } = location
  const ask = new URLSearchParams(Object.entries({ topic, theme }).filter(([, said]) => said)).toString()
  const feed = (ending: string) =>
    `${origin}/feeds/${unit}${ending}${topic ? `?topic=${encodeURIComponent(topic)}` : ''}`
  const data = [topic && ` data-topic="${topic}"`, theme && ` data-theme="${theme}"`].filter(Boolean).join('')
  const embed = `${origin}/embed/${unit}${ask ? `?${ask.replaceAll('&', '&amp;')}` : ''}`
  return {
    page: feed(''),
    frame: `<iframe src="${embed}" title="Loa Làng" loading="lazy" style="width:100%;height:420px;border:0"></iframe>`,
    script: `<script src="${origin}/widget.js" data-unit="${unit}"${data} async></script>`,
    calendar: feed('.ics').replace(/^https?:/, 'webcal:'),
    atom: feed('.atom'),
    json: feed('.json'),
    preview: `/embed/${unit}${ask ? `?${ask}` : ''}`,
  }
}

type Copied = Exclude<keyof ReturnType<typeof codesFor>, 'preview'>

function Code({ what, code }: { what: Copied; code: string }) {
  const take = async () => toast(say((await copy(code)) ? 'copied' : 'copy_failed'))
  return (
    <section class="stack">
      <h3>{say(what)}</h3>
      <p class="by">{say(`${what}_hint`)}</p>
      <p class="address">
        <code>{code}</code>
      </p>
      <Acts isLeft>
        <Act kind="quiet" label={`${say('copy')}: ${say(what)}`} onClick={take}>
          {say('copy')}
        </Act>
      </Acts>
    </section>
  )
}

const themes = ['', 'light', 'dark'] as const

export function PublicLists() {
  const { value, refusal, reload } = useLoaded(load, [])
  const [chosen, setChosen] = useState<string>()
  const [topic, setTopic] = useState('')
  const [theme, setTheme] = useState<string>('')
  const unit = chosen ?? value?.[0]?.id
  const codes = unit ? codesFor(unit, topic, theme) : undefined
  const side = isDesk() ? 'stack-l' : 'pad stack-l'
  return (
    <Page title={say('title')}>
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && codes && (
        <>
          <div class={side}>
            <p class="soft">{say('lead')}</p>
            {value.length > 1 && (
              <Pick
                label={say('unit')}
                value={unit!}
                options={value.map(one => ({ value: one.id, label: one.name }))}
                onChange={setChosen}
              />
            )}
            <Pick
              label={say('topic')}
              value={topic}
              options={[
                { value: '', label: say('all_topics') },
                ...topics.map(one => ({ value: one as string, label: topicSay(`topic_${one}`) })),
              ]}
              onChange={setTopic}
            />
          </div>
          <Group title={say('for_site')}>
            <div class={side}>
              <Pick
                label={say('theme')}
                value={theme}
                options={themes.map(one => ({ value: one, label: say(`theme_${one || 'own'}`) }))}
                onChange={setTheme}
              />
              <Code what="frame" code={codes.frame} />
              <Code what="script" code={codes.script} />
              <p>
                <a href={codes.preview} target="_blank" rel="noopener">
                  {say('look')}
                </a>
              </p>
            </div>
          </Group>
          <Group title={say('for_programs')}>
            <div class={side}>
              {(['page', 'calendar', 'atom', 'json'] as const).map(what => (
                <Code key={what} what={what} code={codes[what]} />
              ))}
            </div>
          </Group>
        </>
      )}
    </Page>
  )
}

// Always in sight while somebody acts for a home: for whom, how long still, and the one tap back.
import './assist-bar.css'
import { useEffect } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act } from '#web/kit/act.tsx'
import { toast } from '#web/kit/toast.tsx'
import { loadMe, me } from '#web/me.ts'
import { discard, waiting } from '#web/outbox.ts'
import { clock, stretch } from '#web/time.ts'
import { say } from './help-say.ts'

/** Back to his own work; nothing of the home stays on the phone. */
async function leave(to: string) {
  for (const one of waiting.value) await discard(one.id)
  await loadMe()
  if (!me.value?.assist) location.assign(to)
}

/** Ended by the home, by its time, or with the post: the server says so. */
async function look() {
  if (document.hidden) return
  await loadMe()
  if (!me.value?.assist) await leave('/assist?ended')
}

async function end(assistId: string) {
  try {
    await api.access.endAssist({ assistId })
  } catch (error) {
    const { status, message } = error as Refusal
    if (status === 0) return toast(message)
  }
  await leave('/')
}

export function AssistBar() {
  const { assist, name } = me.value ?? {}
  useEffect(() => void look(), [clock.value])
  if (!assist) return null
  const left = Date.parse(assist.endsAt) - clock.value
  const home = (name ?? '').replace(/^Nhà /, 'nhà ')
  return (
    <aside class="assist" aria-label={say('assist_bar')}>
      <p>
        <b>{say('assist_now', { name: home })}</b> ·{' '}
        <span class="nb">{left > 0 ? say('assist_left', { time: stretch(left) }) : say('assist_over')}</span>
      </p>
      <Act kind="quiet" onClick={() => end(assist.id)}>
        {say('assist_end')}
      </Act>
    </aside>
  )
}

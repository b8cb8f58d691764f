// Offers about this phone, made only where they can be kept: be told of news, the home screen.
import { useEffect } from 'preact/hooks'
import { Act, Acts } from './kit/act.tsx'
import { Icon } from './kit/icon.tsx'
import { toast } from './kit/toast.tsx'
import { install, installOffer, refuseInstall } from './install.ts'
import { lookAtPush, pushState, startPush, stopPush } from './push.ts'
import { me } from './me.ts'
import { say } from './shell/say.ts'
import type { Refusal } from './api.ts'

const orSay = async (work: () => Promise<unknown>) => {
  try {
    await work()
  } catch (error) {
    toast((error as Refusal).message)
  }
}

/** @param isSetting stands among settings: says "on" too, and how to stop */
function PushCard({ isSetting }: { isSetting?: boolean }) {
  useEffect(() => void lookAtPush(), [])
  const state = pushState.value
  if (!state || state === 'unable' || (state === 'on' && !isSetting)) return null
  // Nobody is told to ask himself.
  const denied = me.value?.kind === 'resident' ? 'push_denied' : 'push_denied_staff'
  const start = () =>
    orSay(async () => {
      if ((await startPush()) === 'on') toast(say('push_done'))
    })
  const stop = () =>
    orSay(async () => {
      await stopPush()
      toast(say('push_stopped'))
    })
  return (
    <section class="pad stack band">
      <h2>{say(state === 'on' ? 'push_on' : 'push')}</h2>
      <p class="by">{say(state === 'denied' ? denied : 'push_words')}</p>
      {state === 'off' && (
        <Act kind="quiet" icon="may" onClick={start}>
          {say('push_act')}
        </Act>
      )}
      {state === 'on' && (
        <Act kind="quiet" onClick={stop}>
          {say('push_off')}
        </Act>
      )}
    </section>
  )
}

function InstallCard() {
  if (!installOffer.value) return null
  return (
    <section class="pad stack band">
      <h2>{say('install')}</h2>
      <p class="by">
        <Icon name="may" isSmall /> {say('install_words')}
      </p>
      <Acts isLeft>
        <Act kind="quiet" onClick={install}>
          {say('install_act')}
        </Act>
        <Act kind="plain" onClick={refuseInstall}>
          {say('later')}
        </Act>
      </Acts>
    </section>
  )
}

/** Both, below a list: never before what people came for. */
export const DeviceCards = () => (
  <>
    <PushCard />
    <InstallCard />
  </>
)

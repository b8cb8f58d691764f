// Offers about this phone, made only where they can be kept and never twice in a row: the home screen.
import { Act, Acts } from './kit/act.tsx'
import { install, installOffer, refuseInstall } from './install.ts'
import { shellWords } from './shell-words.ts'

export function InstallCard() {
  const say = shellWords()
  if (!installOffer.value) return null
  return (
    <section class="pad stack band">
      <h2>{say('install')}</h2>
      <p class="by">{say('install_words')}</p>
      <Acts isLeft>
        <Act kind="quiet" icon="may" onClick={install}>
          {say('install_act')}
        </Act>
        <Act kind="plain" onClick={refuseInstall}>
          {say('later')}
        </Act>
      </Acts>
    </section>
  )
}

import { Choice, Tick } from '../kit/form.tsx'
import { say } from './say.ts'
import { isDesk } from '../me.ts'
import { language, speak, type Language } from '../words.ts'
import { setView, view, type View } from './view.ts'

/** Size of letters, dark or light, contrast, language: at once, without a save button. */
export function ViewChoices() {
  const { size, theme, isContrast, hasKeys } = view.value
  return (
    <div class="stack-l stack">
      <Choice
        label={say('size')}
        value={size}
        options={(['normal', 'large', 'elder'] as const).map(value => ({ value, label: say(`size_${value}`) }))}
        onChange={value => setView({ size: value as View['size'] })}
      />
      <Choice
        label={say('theme')}
        value={theme}
        options={(['auto', 'light', 'dark'] as const).map(value => ({ value, label: say(`theme_${value}`) }))}
        onChange={value => setView({ theme: value as View['theme'] })}
      />
      <div>
        <Tick label={say('contrast')} isOn={isContrast} onChange={isOn => setView({ isContrast: isOn })} />
        {isDesk() && <Tick label={say('keys')} isOn={hasKeys} onChange={isOn => setView({ hasKeys: isOn })} />}
      </div>
      <Choice
        label={say('language')}
        value={language.value}
        options={[
          { value: 'vi', label: 'Tiếng Việt' },
          { value: 'en', label: 'English' },
        ]}
        onChange={value => speak(value as Language)}
      />
    </div>
  )
}

// How this phone likes to read: kept on the phone, set on <html> before anything is drawn.
import { signal } from '@preact/signals'

export interface View {
  size: 'normal' | 'large' | 'elder'
  theme: 'auto' | 'light' | 'dark'
  isContrast: boolean
  hasKeys: boolean
}

const key = 'loa.view'
const usual: View = { size: 'normal', theme: 'auto', isContrast: false, hasKeys: true }

function remembered(): View {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<View>) }
  } catch {
    return usual
  }
}

export const view = signal<View>(remembered())

export function applyView() {
  const { dataset } = document.documentElement
  const { size, theme, isContrast } = view.value
  const set = (name: string, value: string | undefined) => {
    if (value) dataset[name] = value
    else delete dataset[name]
  }
  set('size', size === 'normal' ? undefined : size)
  set('theme', theme === 'auto' ? undefined : theme)
  set('contrast', isContrast ? 'more' : undefined)
}

export function setView(change: Partial<View>) {
  view.value = { ...view.value, ...change }
  localStorage.setItem(key, JSON.stringify(view.value))
  applyView()
}

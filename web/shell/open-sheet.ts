import { signal } from '@preact/signals'

/** The shell's own sheet that is open; sheets.tsx draws it. */
export const openSheet = signal<'view' | 'waiting' | undefined>(undefined)

// A light beside the words that say the same: its form differs with its colour.
import type { Account } from './account-words.ts'
import './channels.css'
import { term } from './say.ts'

export const Light = ({ health }: { health: Account['health'] }) => (
  <>
    <span class={`light light-${health}`} aria-hidden="true" />
    <span class="sr">{term('health', health)}: </span>
  </>
)

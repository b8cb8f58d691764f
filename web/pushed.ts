/** What a push carries, encrypted for one device. */
export interface Pushed {
  title: string
  body?: string
  /** A later push of the same matter takes the place of the earlier. */
  tag: string
  /** Where a tap leads. */
  url: string
  class?: 'normal' | 'priority' | 'emergency'
  /** The worker tells the server that the device has it. */
  noticeId?: string
}

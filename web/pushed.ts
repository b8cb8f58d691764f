/** What a push carries, encrypted for one device; channels/webpush/pushed.ts writes it. */
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
  version?: number
}

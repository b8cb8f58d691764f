// What each provider took, by its own count: nothing here is read from the product.
export type AccountName = 'smtp' | 'esms' | 'smpp' | 'zalo_oa' | 'facebook' | 'telegram_bot' | 'call_http'

export interface Taken {
  account: AccountName
  /** As the product names it; undefined: a word back to somebody who wrote, or a post for everybody. */
  channel: string | undefined
  to: string
  parts: number
  dong: number
  at: number
}

export interface Count {
  messages: number
  parts: number
  dong: number
}

const countOf = (all: readonly Taken[]): Count => ({
  messages: all.length,
  parts: all.reduce((sum, one) => sum + one.parts, 0),
  dong: all.reduce((sum, one) => sum + one.dong, 0),
})

export class Ledger {
  readonly taken: Taken[] = []
  /** Questions that people asked, on whatever way. */
  asked = 0

  ofAccount = (account: string, since: number) =>
    countOf(this.taken.filter(one => one.account === account && one.at >= since))

  ofChannel = (channel: string) => countOf(this.taken.filter(one => one.channel === channel))

  /** Who was told the dispatch more than once by the same channel. */
  twice = (): string[] => {
    const times = new Map<string, number>()
    for (const { channel, to } of this.taken)
      if (channel !== undefined) times.set(`${channel} ${to}`, (times.get(`${channel} ${to}`) ?? 0) + 1)
    return [...times].filter(([, n]) => n > 1).map(([who]) => who)
  }
}

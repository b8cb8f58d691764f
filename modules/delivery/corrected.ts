// A phone's clock may be a day off. What it shows while it sends says by how much.

/** The moment by the server's clock: moved by the offset where the phone told its own, never later than received. */
export function corrected(at: string, phoneNow: string | undefined, received: Date): Date {
  const said = new Date(at).getTime()
  const offset = phoneNow === undefined ? 0 : received.getTime() - new Date(phoneNow).getTime()
  return new Date(Math.min(said + offset, received.getTime()))
}

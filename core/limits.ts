import { nowMs } from './clock.ts'
import { Problem } from './problem.ts'

interface Bucket {
  left: number
  at: number
}

/**
 * Token buckets in memory, per process. `spend` takes one from the bucket of `key`.
 * @throws Problem too_many_requests with `retryAfter` in seconds
 */
export class Limits {
  readonly #buckets = new Map<string, Bucket>()

  spend(key: string, { calls, seconds }: { calls: number; seconds: number }) {
    const at = nowMs()
    const bucket = this.#buckets.get(key) ?? { left: calls, at }
    bucket.left = Math.min(calls, bucket.left + ((at - bucket.at) / 1000) * (calls / seconds))
    bucket.at = at
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > 200_000) this.#forgetFull(at)
    if (bucket.left < 1)
      throw new Problem('too_many_requests', { retryAfter: Math.ceil(((1 - bucket.left) * seconds) / calls) })
    bucket.left--
  }

  #forgetFull(at: number) {
    for (const [key, bucket] of this.#buckets) if (at - bucket.at > 3_600_000) this.#buckets.delete(key)
  }
}

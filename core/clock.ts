// Time and timers of the whole product. Everything shown, scheduled or spoken is Vietnam's time, whatever the machine's zone:
// Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975, so plain arithmetic is exact.

export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number
  /** Calls back after `ms` of this clock's time; returns how to cancel. */
  after: (ms: number, call: () => void) => () => void
  /** Told of work that a timer or a job has begun, for a clock that waits until nothing is left to do. */
  busy?: (work: Promise<unknown>) => void
}

const real: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}

let clock = real

/** Puts another clock in the place of the machine's, for a process that plays a day in seconds. */
export const useClock = (other: Clock) => {
  clock = other
}

/** Lets the product live so much earlier, until the returned function is called: a demo has a morning behind it. */
export function liveEarlier(ms: number): () => void {
  const present = clock
  clock = { ...present, now: () => present.now() - ms }
  return () => {
    clock = present
  }
}

export const nowMs = () => clock.now()
export const now = () => new Date(clock.now())

/** The machine's own time, whatever the product's clock plays: for leases, which are about processes that may die. */
export const machineNow = () => new Date(real.now())

/** Calls once after `ms`; the returned function cancels. */
export const after = (ms: number, call: () => void) => clock.after(ms, call)

/** Says that work is going on which no request waits for. */
export const working = <T>(work: Promise<T>): Promise<T> => {
  clock.busy?.(work)
  return work
}

/** Repeats `work` with `ms` between the end of one run and the start of the next. Returns a stop that waits for the running one. */
export function every(ms: number, work: () => Promise<void>): () => Promise<void> {
  let stopped = false
  let cancel = () => {}
  let running = Promise.resolve()
  const next = () => {
    cancel = clock.after(ms, () => {
      running = working(
        work().finally(() => {
          if (!stopped) next()
        }),
      )
    })
  }
  next()
  return async () => {
    stopped = true
    cancel()
    await running.catch(() => {})
  }
}

const offset = 7 * 3_600_000
const shifted = (at: Date) => new Date(at.getTime() + offset)

/** ISO 8601 with Vietnam's offset: `2026-11-20T06:40:00+07:00`. */
export const iso = (at: Date) => `${shifted(at).toISOString().slice(0, 19)}+07:00`

/** The day in Vietnam: `2026-11-20`. */
export const dayOf = (at: Date) => shifted(at).toISOString().slice(0, 10)
export const today = () => dayOf(now())

/** Minutes since midnight in Vietnam, 0 … 1439. */
export const minuteOfDay = (at: Date) => Math.floor((at.getTime() + offset) / 60_000) % 1440

/** The moment a Vietnamese day begins. */
export const startOfDay = (day: string) => new Date(`${day}T00:00:00+07:00`)

/** A date as an end means 24:00 of that day. */
export const endOfDay = (day: string) => new Date(startOfDay(day).getTime() + 86_400_000)

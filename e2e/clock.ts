// Gives a server another clock: `node --import ./e2e/clock.ts main.ts` with LOA_CLOCK naming the socket of whoever plays the day.
// Time goes on as it does on a wall, and jumps when that one says so; a jump is answered when the work that fell due in it is done.
import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import { useClock } from '#core/clock'

interface Timer {
  due: number
  call: () => void
}

const timers = new Set<Timer>()
const busy = new Set<Promise<unknown>>()
let base = { played: 0, machine: 0 }
let wake: NodeJS.Timeout | undefined

const nowMs = () => base.played + performance.now() - base.machine

function fireDue() {
  const at = nowMs()
  const due = [...timers].filter(timer => timer.due <= at).toSorted((a, b) => a.due - b.due)
  for (const timer of due) {
    timers.delete(timer)
    timer.call()
  }
  arm()
}

function arm() {
  clearTimeout(wake)
  if (!timers.size) return
  let next = Infinity
  for (const { due } of timers) if (due < next) next = due
  wake = setTimeout(fireDue, Math.min(Math.max(0, next - nowMs()), 60_000))
}

/** Work that never ends (a stream) must not hold the day up. */
const patience = 3000

async function settled() {
  for (const until = performance.now() + patience; busy.size && performance.now() < until;)
    await Promise.race([Promise.allSettled(busy), new Promise(done => setTimeout(done, 100))])
}

async function jump(to: number) {
  base = { played: Math.max(to, nowMs()), machine: performance.now() }
  fireDue()
  await settled()
}

const path = process.env['LOA_CLOCK']
if (path) {
  const socket = createConnection(path)
  const first = Promise.withResolvers<void>()
  createInterface({ input: socket }).on('line', line => {
    const { to, id } = JSON.parse(line) as { to: number; id: number }
    void jump(to).then(() => {
      socket.write(`${JSON.stringify({ id })}\n`)
      first.resolve()
    })
  })
  // The one who plays the day is gone: nobody needs this server any more.
  socket.on('close', () => process.kill(process.pid, 'SIGTERM'))
  socket.on('error', first.reject)
  useClock({
    now: nowMs,
    after(ms, call) {
      const timer = { due: nowMs() + ms, call }
      timers.add(timer)
      arm()
      return () => timers.delete(timer)
    },
    busy(work) {
      busy.add(work)
      void work.catch(() => {}).finally(() => busy.delete(work))
    },
  })
  await first.promise
  socket.unref()
}

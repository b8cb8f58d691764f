// The one clock of the story: its servers follow it over a socket.
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

interface Follower {
  socket: Socket
  waiting: Map<number, () => void>
}

export interface Time {
  /** Milliseconds since 1970, in the story. */
  now: () => number
  /** Jumps there with every server, and waits until what fell due is done. */
  advance: (to: number) => Promise<void>
  stop: () => Promise<void>
}

export async function startTime(path: string, begin: number): Promise<Time> {
  const followers = new Set<Follower>()
  let played = begin
  let machine = performance.now()
  let serial = 0
  const now = () => played + performance.now() - machine

  const tell = (follower: Follower, to: number) =>
    new Promise<void>(done => {
      const id = ++serial
      follower.waiting.set(id, done)
      follower.socket.write(`${JSON.stringify({ to, id })}\n`)
    })

  function leave(follower: Follower) {
    followers.delete(follower)
    for (const done of follower.waiting.values()) done()
  }

  const server = createServer(socket => {
    const follower: Follower = { socket, waiting: new Map() }
    followers.add(follower)
    const gone = () => {
      leave(follower)
    }
    createInterface({ input: socket })
      .on('line', line => {
        const { id } = JSON.parse(line) as { id: number }
        follower.waiting.get(id)?.()
        follower.waiting.delete(id)
      })
      .on('error', gone)
    socket.on('error', gone)
    socket.on('close', gone)
    void tell(follower, now())
  })
  await new Promise<void>(done => server.listen(path, done))
  return {
    now,
    async advance(to) {
      played = Math.max(to, now())
      machine = performance.now()
      const at = now()
      await Promise.all([...followers].map(follower => tell(follower, at)))
    },
    async stop() {
      for (const { socket } of followers) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}

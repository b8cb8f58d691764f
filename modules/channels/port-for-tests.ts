// Ports of this machine, for programs that tests start.
import { connect, createServer, type AddressInfo } from 'node:net'

export const freePort = () =>
  new Promise<number>(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        done(port)
      })
    })
  })

export const isOpen = (port: number) =>
  new Promise<boolean>(done => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end()
      done(true)
    }).on('error', () => {
      done(false)
    })
  })

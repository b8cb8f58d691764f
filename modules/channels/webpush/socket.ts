// A WebSocket's server half (RFC 6455), as much as a browser's push client needs: text both ways, ping, close. For the simulator.
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export interface TextSocket {
  send: (text: string) => void
  heard: (text: string) => void
  ended: () => void
}

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const [more, text, close, ping, pong] = [0, 1, 8, 9, 10] as const
const mostBytes = 1_000_000

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const head =
    length < 126 ? Buffer.of(0x80 | opcode, length) : Buffer.of(0x80 | opcode, 126, (length >> 8) & 255, length & 255)
  return Buffer.concat([head, payload])
}

interface Frame {
  isLast: boolean
  opcode: number
  payload: Buffer
  size: number
}

/** The first frame of what came; undefined while it is not all there. @throws Error for what a browser never sends */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 127
  const at = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < at + 4) return undefined
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
  if (!(bytes[1]! & 128) || length > mostBytes) throw new Error('not a browser')
  if (bytes.length < at + 4 + length) return undefined
  const mask = bytes.subarray(at, at + 4)
  const payload = Buffer.from(bytes.subarray(at + 4, at + 4 + length))
  for (const [n, byte] of payload.entries()) payload[n] = byte ^ mask[n % 4]!
  return { isLast: Boolean(bytes[0]! & 128), opcode: bytes[0]! & 15, payload, size: at + 4 + length }
}

/** Answers an upgrade. */
export function acceptSocket(request: IncomingMessage, line: Duplex): TextSocket {
  const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${guid}`).digest('base64')
  const protocol = request.headers['sec-websocket-protocol']?.split(',')[0]
  const chosen = protocol === undefined ? '' : `Sec-WebSocket-Protocol: ${protocol}\r\n`
  line.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n${chosen}\r\n`,
  )
  const socket: TextSocket = {
    send: words => line.write(frame(text, Buffer.from(words))),
    heard() {},
    ended() {},
  }
  let bytes: Buffer = Buffer.alloc(0)
  let whole: Buffer = Buffer.alloc(0)
  const take = ({ isLast, opcode, payload }: Frame) => {
    if (opcode === close) line.end(frame(close, payload))
    else if (opcode === ping) line.write(frame(pong, payload))
    else if (opcode === text || opcode === more) {
      whole = opcode === text ? payload : Buffer.concat([whole, payload])
      if (isLast) socket.heard(whole.toString('utf8'))
    }
  }
  line.on('data', (part: Buffer) => {
    bytes = Buffer.concat([bytes, part])
    try {
      for (let found = readFrame(bytes); found; found = readFrame(bytes)) {
        bytes = bytes.subarray(found.size)
        take(found)
      }
    } catch {
      line.destroy()
    }
  })
  line.on('end', () => line.end())
  line.on('error', () => line.destroy())
  line.on('close', () => socket.ended())
  return socket
}

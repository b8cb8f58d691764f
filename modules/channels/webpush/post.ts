import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { publicLookup } from '../safe-address.ts'

const timeoutMs = 10_000
const agents = {
  'http:': new PlainAgent({ keepAlive: true, maxSockets: 100 }),
  'https:': new Agent({ keepAlive: true, maxSockets: 100 }),
}

export interface Posted {
  status: number
  retryAfter: string | undefined
}

/** Posts and looks at the status alone; redirects are not followed. @throws Error when no answer came */
export function post(
  endpoint: string,
  headers: Record<string, string>,
  body: Buffer,
  { isDemo }: { isDemo: boolean },
): Promise<Posted> {
  const url = new URL(endpoint)
  const ask = url.protocol === 'https:' ? request : plainRequest
  const agent = agents[url.protocol as 'http:' | 'https:']
  return new Promise((done, failed) => {
    const options = { method: 'POST', headers, agent, timeout: timeoutMs, ...(isDemo ? {} : { lookup: publicLookup }) }
    const asked = ask(url, options, (answer: IncomingMessage) => {
      answer.resume()
      answer.on('end', () => {
        done({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] })
      })
      answer.on('error', failed)
    })
    asked.on('timeout', () => asked.destroy(new Error('timeout')))
    asked.on('error', failed)
    asked.end(body)
  })
}

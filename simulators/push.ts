// The browsers' push service: posts as RFC 8030 says, and a real Firefox may join it.
import { startPushService } from '#channels/simulator'
import { keeper, type Simulator } from './simulator.ts'

const statuses: Record<string, [status: number, retryAfter?: number]> = {
  down: [503],
  slow_down: [429, 60],
  wrong_key: [403],
  gone: [410],
  too_large: [413],
}

export async function startPushSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  const service = await startPushService(port, Date.now, (path, { body, topic, urgency, seconds }) => {
    keep(
      `…${path.slice(-8)}`,
      `${body.length} bytes, encrypted · urgency ${urgency} · kept ${seconds} s · topic ${topic ?? '–'}`,
    )
  })
  return {
    name: 'push',
    title: 'Dịch vụ báo tin của trình duyệt: web push',
    address: service.url,
    answers: ['take', ...Object.keys(statuses)],
    hints: [
      'no account: a browser joins it. In Firefox, about:config, then turn notifications on in Loa Làng:',
      `  dom.push.serverURL = ws://127.0.0.1:${port}/`,
      '  dom.push.testing.allowInsecureServerURL = true',
    ],
    got,
    count,
    behave({ answer }) {
      const [status, retryAfter] = statuses[answer] ?? [Number(answer)]
      if (answer === 'take') service.failNext(0, 500)
      else service.failNext(Infinity, Number.isInteger(status) ? status : 503, retryAfter)
    },
    stop: () => service.stop(),
  }
}

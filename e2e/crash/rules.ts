// The commune's own ladder for this play: what is due is due at once, whatever hour the machine has, so that nothing waits for a morning.
import { today } from '#core/clock'
import type { Network } from '../story/http.ts'

const push = { channel: 'push', after: 0 }
const sms = { channel: 'sms', after: 0 }
const door = { channel: 'door', after: 240 }

export const setLadder = (net: Network, officer: string) =>
  net.get('PUT', '/api/v1/ladder', {
    cookie: officer,
    body: {
      from: today(),
      basis: 'Quyết định của xã',
      source: 'QĐ 12/QĐ-UBND ngày 20-11-2026',
      body: { emergency: [push, door], priority: [push, sms, door], normal: [push, door] },
    },
  })

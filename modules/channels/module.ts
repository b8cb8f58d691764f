import type { Module } from '#core/module'
import { alertDevice, sendAlert } from './alert.ts'
import { contract } from './contract.ts'
import { answers } from './devices.ts'
import { addChannel } from './registry.ts'
import { push } from './webpush/push.ts'
import { vapidOf } from './webpush/vapid.ts'
import { channelsEn } from './words.en.ts'
import { channelsVi } from './words.vi.ts'

addChannel(push)

export const channels: Module = {
  name: 'channels',
  contract,
  answers,
  jobs: { 'channels.alert': sendAlert, 'channels.alert_device': alertDevice },
  async start(app) {
    await vapidOf(app)
    return () => Promise.resolve()
  },
  problems: { device_unsafe: 422, device_demo: 422, device_keys_wrong: 422 },
  words: { vi: channelsVi, en: channelsEn },
}

import type { Module } from '#core/module'
import { Hono } from 'hono'
import { addAdapter } from './account.ts'
import type { Channel } from './channel.ts'
import { accountAnswers } from './answers-accounts.ts'
import { budgetAnswers } from './answers-budget.ts'
import { accountId } from './places.ts'
import { alertDevice, sendAlert } from './alert.ts'
import { contract } from './contract.ts'
import { answers } from './devices.ts'
import { email } from './email/email.ts'
import { closeMail, smtp } from './email/smtp.ts'
import { facebook } from './facebook/facebook.ts'
import { messenger } from './facebook/messenger.ts'
import { enterAccount } from './enter-account.ts'
import { hooks } from './hooks.ts'
import { followPages } from './follow-page.ts'
import { addChannel } from './registry.ts'
import { call } from './call/call.ts'
import { callByHttp } from './call/call-http.ts'
import { shortAnswer } from './sms/answering.ts'
import { esms } from './sms/esms.ts'
import { ownGateway } from './sms/http-own.ts'
import { kannel } from './sms/kannel.ts'
import { addSms } from './sms/look.ts'
import { sms } from './sms/sms.ts'
import { closeLines, keepLines, smpp } from './sms/smpp.ts'
import { speedsms } from './sms/speedsms.ts'
import { stopPages } from './stop-page.ts'
import { whatContactLacks } from './webpush/contact.ts'
import { stopEncrypting } from './webpush/encrypting.ts'
import { zalo } from './zalo/consult.ts'
import { keepGrants } from './zalo/grant.ts'
import { zaloOa } from './zalo/oa.ts'
import { zaloPhone, zaloTemplate } from './zalo/template.ts'
import { push } from './webpush/push.ts'
import { forgetHeard } from './forget-heard.ts'
import { tellOfTroubles } from './tell-of-troubles.ts'
import { telegramBot } from './telegram/account.ts'
import { telegram } from './telegram/telegram.ts'
import { vapidOf } from './webpush/vapid.ts'
import { channelsEn } from './words.en.ts'
import { channelsVi } from './words.vi.ts'

/** The product's own. */
export const shipped: readonly Channel[] = [push, email, sms, zalo, zaloTemplate, zaloPhone, messenger, call, telegram]

for (const channel of shipped) addChannel(channel)
for (const adapter of [smtp, zaloOa, facebook, callByHttp, telegramBot]) addAdapter(adapter)
for (const adapter of [esms, speedsms, ownGateway, smpp, kannel]) addSms({ ...adapter, answer: shortAnswer })

export const channels: Module = {
  name: 'channels',
  contract,
  answers: { ...answers, ...accountAnswers, ...budgetAnswers },
  places: { accountId },
  jobs: { 'channels.alert': sendAlert, 'channels.alert_device': alertDevice, 'channels.enter': enterAccount },
  ticks: [
    { name: 'channels.lines', ms: 30_000, run: keepLines },
    { name: 'channels.zalo_grants', ms: 3_600_000, run: keepGrants },
    { name: 'channels.troubles', ms: 15_000, run: tellOfTroubles },
    { name: 'channels.forget', ms: 3_600_000, run: forgetHeard },
  ],
  async start(app) {
    const lack = whatContactLacks(app.config)
    if (lack) app.log.warn({ channel: 'push' }, lack)
    await vapidOf(app)
    return async () => {
      await stopEncrypting(app)
      closeMail(app)
      await closeLines(app)
    }
  },
  pages(app) {
    const hono = new Hono()
    stopPages(app, hono)
    followPages(app, hono)
    hooks(app, hono)
    return hono
  },
  problems: {
    push_not_set_up: 409,
    device_unsafe: 422,
    device_demo: 422,
    device_keys_wrong: 422,
    adapter_unknown: 422,
    accounts_changed: 409,
    account_settings_wrong: 422,
    account_host_unsafe: 422,
    account_demo_only: 422,
    account_test_address: 422,
    account_grant_none: 422,
  },
  words: { vi: channelsVi, en: channelsEn },
}

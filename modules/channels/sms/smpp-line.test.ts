// An officer enters an SMPP account: its line opens by itself, hears, and ends when the account does.
import { afterAll, expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { until } from '../until-for-tests.ts'
import { listenTo, secretWord } from './sms-for-tests.ts'
import { startSmsc } from './smsc-simulator.ts'
import { closeLines } from './smpp.ts'

const { app, ask, settle } = await testApp({ isDemo: true })
const heard = listenTo(app)
const smsc = await startSmsc()
afterAll(async () => {
  await closeLines(app)
  await smsc.stop()
})

const settings = {
  host: '127.0.0.1',
  port: smsc.port,
  line: 'plain',
  user: 'xa',
  sender: '8099',
  alphabet: 'gsm',
  idFormat: 'text',
  window: 10,
  answerSeconds: 1,
  perSecond: 100,
  dongPerPart: 300,
  mostParts: 3,
}

test('an account has a line before anything is sent, is tried by its officer, and loses its line when it is switched off', async () => {
  const commune = await testCommune(app.sql, [1])
  const token = await commune.staff('commune_officer')
  const body = { adapter: 'smpp', name: 'Nhà mạng', settings, secrets: { password: secretWord } }
  const made = await ask('POST', 'channel-accounts', { token, body })
  expect(made.status).toBe(201)
  expect(made.text).not.toContain(secretWord)
  expect(made.body.hook).toBeNull()
  await settle()
  await smsc.whenBound()
  expect(await smsc.hearFrom('84987654321', 'Mấy giờ họp?')).toEqual([0])
  expect(heard.all).toMatchObject([{ is: 'said', from: '+84987654321', words: 'Mấy giờ họp?' }])

  const tried = await ask('POST', `channel-accounts/${made.body.id}/test`, { token, body: { to: '0912 345 678' } })
  expect(tried.body).toMatchObject({ isAccepted: true, account: { health: 'well' } })
  expect(smsc.parts()).toMatchObject([{ from: '8099', to: '84912345678', coding: 0 }])
  const wrong = await ask('POST', `channel-accounts/${made.body.id}/test`, { token, body: { to: 'khong phai so' } })
  expect(wrong.problem.code).toBe('account_test_address')

  const off = { version: made.body.version, isOn: false }
  expect((await ask('PATCH', `channel-accounts/${made.body.id}`, { token, body: off })).status).toBe(200)
  await settle()
  await until(() => !smsc.isBound())
  expect(smsc.binds()).toBe(1)
})

test('a wrong password is shown to the officer in words, and put right it works at once', async () => {
  const commune = await testCommune(app.sql, [1])
  const token = await commune.staff('commune_officer')
  const body = { adapter: 'smpp', name: 'Nhà mạng', settings, secrets: { password: 'sai' } }
  const { id, version } = (await ask('POST', 'channel-accounts', { token, body })).body
  const to = { to: '0912345678' }
  for (let n = 0; n < 2; n++)
    expect((await ask('POST', `channel-accounts/${id}/test`, { token, body: to })).body).toMatchObject({
      isAccepted: false,
      account: { trouble: expect.any(String) },
    })
  const right = { version, secrets: { password: secretWord } }
  expect((await ask('PATCH', `channel-accounts/${id}`, { token, body: right })).status).toBe(200)
  expect((await ask('POST', `channel-accounts/${id}/test`, { token, body: to })).body.isAccepted).toBe(true)
})

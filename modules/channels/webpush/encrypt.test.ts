import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encrypt } from './encrypt.ts'
import { Encrypting } from './encrypting.ts'
import { newPhoneKeys } from './phone.ts'

test('the example of RFC 8291 comes out letter for letter', () => {
  const body = encrypt(
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      payload: 'When I grow up, I want to be a watermelon',
    },
    {
      privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
    },
  )
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

const phones = Array.from({ length: 120 }, () => newPhoneKeys())
const texts = (of: Encrypting) =>
  Promise.all(
    phones.map(async ({ keys, decrypt }, n) =>
      decrypt(await of.encrypt({ ...keys, payload: `Họp thôn lúc ${n} giờ` })),
    ),
  )
const expected = phones.map((_, n) => `Họp thôn lúc ${n} giờ`)

test('threads encrypt what comes together, each phone reads its own, and a wrong key takes nothing from the others', async () => {
  const lost: string[] = []
  const threads = new Encrypting(2, why => lost.push(why))
  const wrong = threads.encrypt({ p256dh: 'AAAA', auth: 'AAAA', payload: '' })
  const [read] = await Promise.all([texts(threads), expect(wrong).rejects.toThrow('not encrypted')])
  expect(read).toEqual(expected)
  const last = texts(threads)
  await threads.stop()
  expect(await last).toEqual(expected)
  expect(await texts(threads)).toEqual(expected)
  expect(lost).toEqual([])
})

test('a process without the role of a worker needs no thread', async () => {
  expect(await texts(new Encrypting(0, () => {}))).toEqual(expected)
})

test('a thread that dies is told once each time, what it had is done in place, and after the third none is made', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'loa-thread-')), 'dies.ts')
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(1))\n`,
  )
  const lost: string[] = []
  const threads = new Encrypting(1, why => lost.push(why), file)
  for (let n = 0; n < 5; n++) expect(await texts(threads)).toEqual(expected)
  expect(lost.length).toBe(3)
  await threads.stop()
})

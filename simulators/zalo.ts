// Zalo: an Official Account with two templates; whoever writes is a follower.
import { startZalo } from '#channels/zalo-simulator'
import { callBack, keeper, toHook, usual, type Got, type Simulator } from './simulator.ts'

const codes = ['-32', '-133', '-136', '-144', '-216', '-230', '-234']

export async function startZaloSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  let behaviour = usual
  let hook: string | undefined
  const zalo = await startZalo({
    port,
    hasZalo: () => true,
    took(one) {
      const mine: Got = keep(one.to, one.text || JSON.stringify(one.data))
      if (hook === undefined) return mine.told.push('no address to call back at')
      const where = hook
      return callBack(mine, behaviour, isDelivered => {
        const told =
          one.way === 'phone' ? zalo.receivedByPhone(one.id, one.tracking ?? '') : zalo.received(one.to, one.id)
        const { raw, headers } = zalo.signed(isDelivered ? told : zalo.seen(one.to, one.id))
        return toHook(where, undefined, raw, headers)
      })
    },
  })
  for (const template of ['301', '302']) zalo.template(template)
  const { appId, oaId, appSecret, oaSecretKey } = zalo.login
  const pair = zalo.explore()
  return {
    name: 'zalo',
    title: 'Zalo Official Account',
    address: `http://127.0.0.1:${port}`,
    account: {
      adapter: 'zalo_oa',
      name: 'Zalo giả lập',
      settings: {
        appId,
        oaId,
        templateByUid: '301',
        dongByUid: 200,
        templateByPhone: '302',
        dongByPhone: 250,
        templateTag: 'tag2',
        wordTitle: 'title',
        wordLink: 'link',
        perMinute: 3930,
        perDayUnasked: 500,
        host: '127.0.0.1',
        port,
      },
      secrets: { appSecret, oaSecretKey },
      granted: { accessToken: pair.access_token, refreshToken: pair.refresh_token },
    },
    answers: ['take', 'down', 'hang_up', ...codes],
    hints: [
      'calls back at the account’s own address: tell it below (hook)',
      'whoever writes below is a follower from then on; every number has Zalo',
    ],
    got,
    count,
    behave(next) {
      behaviour = next
      const { answer } = next
      const error = Number(answer)
      zalo.answerWith(answer === 'down' || answer === 'hang_up' ? answer : error < 0 ? { error } : 'none')
    },
    setHook(url) {
      hook = url
    },
    async write(from, words, times) {
      if (hook === undefined) throw new Error('tell its hook first')
      zalo.user(from)
      const { raw, headers } = zalo.signed(zalo.says(from, words))
      for (let n = 0; n < times; n++) await toHook(hook, undefined, raw, headers)
    },
    stop: () => zalo.stop(),
  }
}

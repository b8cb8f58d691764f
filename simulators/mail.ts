// A mail server that keeps every letter. Letters that come back are handed to the account's own address, as a real server's pipe does.
import { startMailServer } from '#channels/mail-simulator'
import { readLetter } from './letter.ts'
import { callBack, keeper, toHook, usual, type Simulator } from './simulator.ts'

/** Replies of RFC 5321 with the codes of RFC 3463. */
const refusals: Record<string, { at: 'login' | 'recipient' | 'data'; code: number; words: string }> = {
  wrong_password: { at: 'login', code: 535, words: '5.7.8 Authentication failed' },
  unknown_mailbox: { at: 'recipient', code: 550, words: '5.1.1 No such user' },
  full_mailbox: { at: 'recipient', code: 452, words: '4.2.2 Mailbox full' },
  slow: { at: 'recipient', code: 450, words: '4.7.1 Too many messages' },
  spam: { at: 'data', code: 554, words: '5.7.1 Message refused' },
}

const bounceOf = (to: string, from: string) =>
  `From: MAILER-DAEMON\r\nTo: ${from}\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n` +
  `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; simulator\r\n\r\nFinal-Recipient: rfc822; ${to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n`

export async function startMailSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  let behaviour = { ...usual, become: 'nothing' as (typeof usual)['become'] }
  let hook: string | undefined
  const server = await startMailServer({
    port,
    took({ from, to, raw }) {
      const { subject, text } = readLetter(raw)
      const mine = keep(to.join(', '), `${subject}\n\n${text}`)
      const where = hook
      // Only what cannot be brought comes back: servers say nothing of the rest.
      if (behaviour.become !== 'failed') return
      if (where === undefined) mine.told.push('no address to call back at')
      else callBack(mine, behaviour, () => toHook(where, undefined, bounceOf(to[0]!, from)))
    },
  })
  const forgetting = setInterval(() => server.letters().splice(0), 60_000)
  forgetting.unref()
  return {
    name: 'mail',
    title: 'Máy chủ thư: SMTP',
    address: `127.0.0.1:${port}`,
    account: {
      adapter: 'smtp',
      name: 'Thư giả lập',
      settings: {
        host: '127.0.0.1',
        port,
        security: 'none',
        user: 'xa',
        from: 'thongbao@xa.example',
        fromName: 'UBND xã (thử)',
        bounceTo: 'tra@xa.example',
        perSecond: 50,
      },
      secrets: { password: 'mat-khau' },
    },
    answers: ['take', 'hang_up', ...Object.keys(refusals)],
    hints: ['callbacks “failed” are letters that come back: tell the account’s address below (hook)'],
    got,
    count,
    behave(next) {
      behaviour = next
      server.answerWith(
        next.answer === 'take' || next.answer === 'hang_up' ? next.answer : (refusals[next.answer] ?? 'hang_up'),
      )
    },
    setHook(url) {
      hook = url
    },
    stop: () => {
      clearInterval(forgetting)
      return server.stop()
    },
  }
}

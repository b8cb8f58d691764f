// Zalo's side of the grant, as it documents itself: codes of ten minutes, tokens of 25 hours, refresh tokens that work once.
import { createHash, randomBytes } from 'node:crypto'

export interface Login {
  appId: string
  oaId: string
  appSecret: string
  oaSecretKey: string
}

interface Live {
  token: string
  at: number
}

const hours = 3_600_000
const made = (what: string) => `${what}-${randomBytes(24).toString('base64url')}`

const refused = (error: number, name: string) => ({
  error,
  error_name: name,
  error_description: name,
  error_reason: name,
})

interface Kept {
  clock: () => number
  codes: Map<string, Live & { challenge: string }>
  access: Live[]
  refresh: Live | undefined
  renewed: number
}

function newPair(kept: Kept) {
  const at = kept.clock()
  const [access, refresh] = [made('access'), made('refresh')]
  kept.access.push({ token: access, at })
  kept.refresh = { token: refresh, at }
  return { access_token: access, refresh_token: refresh, expires_in: '90000' }
}

function byCode(kept: Kept, code: string, verifier: string) {
  const known = kept.codes.get(code)
  kept.codes.delete(code)
  if (!known || kept.clock() - known.at > hours / 6) return refused(-14_002, 'Invalid code')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return challenge === known.challenge ? newPair(kept) : refused(-14_010, 'Invalid code verifier')
}

function byRefresh(kept: Kept, token: string) {
  const { refresh, clock } = kept
  if (refresh?.token === token && clock() - refresh.at < 90 * 24 * hours) {
    kept.renewed++
    return newPair(kept)
  }
  // A used one that comes again ends the whole grant.
  kept.refresh = undefined
  return refused(-14_014, 'Invalid refresh token.')
}

export function grants(login: Login, clock: () => number) {
  const kept: Kept = { clock, codes: new Map(), access: [], refresh: undefined, renewed: 0 }
  return {
    /** What the API Explorer shows. */
    explore: () => newPair(kept),
    /** The page on which the account's owner presses yes. */
    codeFor(challenge: string) {
      const token = made('code')
      kept.codes.set(token, { token, challenge, at: clock() })
      return token
    },
    token(words: URLSearchParams, secretKey: string | undefined) {
      const word = (name: string) => words.get(name) ?? ''
      if (word('app_id') !== login.appId || secretKey !== login.appSecret) return refused(-14_004, 'Invalid secret key')
      if (word('grant_type') === 'authorization_code') return byCode(kept, word('code'), word('code_verifier'))
      return word('grant_type') === 'refresh_token'
        ? byRefresh(kept, word('refresh_token'))
        : refused(-14_001, 'Invalid grant type')
    },
    isGood: (token: string | undefined) =>
      kept.access.some(one => one.token === token && clock() - one.at < 25 * hours),
    /** Access tokens end before their time. */
    expire() {
      kept.access = []
    },
    revoke() {
      Object.assign(kept, { access: [], refresh: undefined })
    },
    renewed: () => kept.renewed,
  }
}

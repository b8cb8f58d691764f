// Passwords of staff: argon2id as OWASP asks (19 MiB, two passes, one lane), kept in the PHC form so that the figures may rise later.
import { argon2, randomBytes } from 'node:crypto'
import { isSame } from '#core/secrets'

interface Cost {
  memory: number
  passes: number
  parallelism: number
}
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }

const derived = (password: string, nonce: Buffer, { memory, passes, parallelism }: Cost) =>
  new Promise<Buffer>((done, fail) => {
    argon2(
      'argon2id',
      { message: password.normalize('NFC'), nonce, memory, passes, parallelism, tagLength: 32 },
      (error, key) => {
        if (error) fail(error)
        else done(key)
      },
    )
  })

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const key = await derived(password, nonce, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(key)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** An unknown login costs as much time as a known one: without a hash the work is done and the answer is no. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const found = hash ? phc.exec(hash) : undefined
  if (!found) {
    await derived(password, Buffer.alloc(16), cost)
    return false
  }
  const [memory, passes, parallelism] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const key = await derived(password, Buffer.from(found[4]!, 'base64'), { memory, passes, parallelism })
  return isSame(key, Buffer.from(found[5]!, 'base64'))
}

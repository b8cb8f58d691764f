// A thread that encrypts a batch at a time: the process's own thread has phones to answer meanwhile.
import { parentPort } from 'node:worker_threads'
import { encrypt, type Sealing } from './encrypt.ts'

/** One that cannot be encrypted does not take it from the others. */
function sealed(asked: Sealing): Uint8Array | undefined {
  try {
    return encrypt(asked)
  } catch {
    return undefined
  }
}

parentPort!.on('message', (batch: Sealing[]) => {
  parentPort!.postMessage(batch.map(sealed), [])
})

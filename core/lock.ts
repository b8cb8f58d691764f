// One server a data directory: the file names the process that holds it, and where it answers.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Holder {
  pid: number
  address: string
}

const fileOf = (dataDir: string) => join(dataDir, 'running.json')

/** A pid may have been given to another program since: on Linux its command line must name ours. */
function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const about = `/proc/${pid}/cmdline`
  return !existsSync(about) || readFileSync(about, 'utf8').includes('main.ts')
}

/** The live server of a data directory; a file left by a killed one counts for nothing. */
export function findHolder(dataDir: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Holder
    return isOurs(holder.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

export interface Held {
  /** Once the port is known. */
  answersAt: (address: string) => void
  release: () => void
}

const textOf = (address: string) => JSON.stringify({ pid: process.pid, address } satisfies Holder)

/** Makes this process the holder, or says who is. The file appears whole or not at all, so two starts at once cannot both win. */
export function takeLock(dataDir: string, address: string): { holder: Holder } | Held {
  mkdirSync(dataDir, { recursive: true })
  const file = fileOf(dataDir)
  const half = `${file}.${process.pid}`
  writeFileSync(half, textOf(address), { mode: 0o600 })
  try {
    for (;;)
      try {
        linkSync(half, file)
        return {
          answersAt(known) {
            writeFileSync(file, textOf(known))
          },
          release() {
            rmSync(file, { force: true })
          },
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        const holder = findHolder(dataDir)
        if (holder) return { holder }
        rmSync(file, { force: true })
      }
  } finally {
    rmSync(half, { force: true })
  }
}

// Is the built app as new as its sources? If not, it is built: beside the old one, then put in its place.
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const isSource = (name: string) => /(?:^web|[/\\]web|^core|contract|shapes|names|roles|levels|words)/.test(name)

/** Changes when a source of the app does: names, sizes and times, so that it costs milliseconds. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const dir of ['web', 'modules', 'core'])
    for (const name of (readdirSync(join(root, dir), { recursive: true }) as string[]).toSorted()) {
      const path = join(dir, name)
      if (!/\.(?:tsx?|css|html)$/.test(name) || name.endsWith('.test.ts') || !isSource(path)) continue
      const { size, mtimeMs } = statSync(join(root, path))
      hash.update(`${path} ${size} ${mtimeMs}\n`)
    }
  for (const file of ['vite.config.ts', 'package-lock.json']) hash.update(`${statSync(join(root, file)).size}`)
  return hash.digest('hex')
}

const stampOf = (dir: string) => {
  try {
    return readFileSync(join(dir, 'built-from'), 'utf8')
  } catch {
    return undefined
  }
}

/** Built in a process of its own: the bundler's memory does not stay in the server's. */
async function build(into: string) {
  const child = spawn(process.execPath, [join(root, 'web/build/main.ts'), into], { cwd: root, stdio: ['ignore', 2, 2] })
  const code = await new Promise(done => {
    child.once('exit', done)
    child.once('error', () => done(1))
  })
  if (code !== 0) throw new Error('the app could not be built; see the lines above')
}

const canWrite = (dir: string) => {
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * @param spare where it is built when the program's own directory may not be written
 * @returns the directory of the built app; DIST_DIR names another than `dist`
 */
export async function builtApp(spare: string): Promise<string> {
  const stamp = fingerprint()
  const wanted = process.env['DIST_DIR'] ?? join(root, 'dist')
  if (stampOf(wanted) === stamp) return wanted
  const dir = canWrite(join(wanted, '..')) ? wanted : join(spare, 'dist')
  if (stampOf(dir) === stamp) return dir
  console.error('Building the app (a few seconds, once per version)…')
  const fresh = `${dir}.${process.pid}`
  await build(fresh)
  writeFileSync(join(fresh, 'built-from'), stamp)
  const old = `${fresh}.old`
  try {
    renameSync(dir, old)
  } catch {
    // The first build.
  }
  try {
    renameSync(fresh, dir)
  } catch {
    // Another process was faster; its build is the same.
    if (stampOf(dir) !== stamp) throw new Error(`the built app could not be put at ${dir}`)
    rmSync(fresh, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
  return dir
}

// The server and the command line as real processes on a directory of their own.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const home = mkdtempSync(join(tmpdir(), 'loa-process-'))
const dataDir = join(home, 'data')
const env = { ...process.env, DATA_DIR: dataDir, DEMO: '1', DEMO_VILLAGES: '1', PORT: '0', LOG_LEVEL: 'error' }
const servers: ChildProcess[] = []

function start(changes: Record<string, string> = {}) {
  const server = spawn(process.execPath, ['main.ts'], { cwd: root, env: { ...env, ...changes } })
  servers.push(server)
  let said = ''
  const gone = new Promise<number | null>(done => server.on('close', done))
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', chunk => {
      said += String(chunk)
    })
  /** However long that takes: who ends without an address fails at once, the rest is the test's own patience. */
  const answers = async () => {
    let isGone = false
    void gone.then(() => (isGone = true))
    for (;;) {
      const address = /^Loa Làng: (\S+)( \(worker: .*\))?$/m.exec(said)?.[1]
      if (address) return address
      if (isGone) throw new Error(said)
      await sleep(50)
    }
  }
  return { server, gone, answers, said: () => said }
}

function loa(...args: string[]) {
  const done = spawnSync(process.execPath, ['cli/loa.ts', ...args], { cwd: root, env, encoding: 'utf8' })
  return { code: done.status, out: done.stdout.trim(), err: done.stderr.trim() }
}

const holder = () => JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as { pid: number }

afterAll(async () => {
  for (const server of servers) if (server.exitCode === null) server.kill('SIGTERM')
  await sleep(500)
  const last = start()
  await last.answers()
  last.server.kill('SIGTERM')
  await last.gone
  rmSync(home, { recursive: true, force: true })
})

test('a start prints an address and a link for each role; a second start names the first and ends with 1', async () => {
  const first = start()
  const address = await first.answers()
  const health = await fetch(`${address}/healthz`)
  expect(health.status).toBe(200)
  expect(first.said()).toContain('Trưởng thôn · village head')
  expect(first.said().match(/\/link\//g)!.length).toBeGreaterThan(11)
  const second = start()
  expect(await second.gone).toBe(1)
  expect(second.said()).toContain('Loa Làng already runs on')
})

test('a port that another program uses is named, and no database is left running', async () => {
  const port = new URL(await start({ DATA_DIR: join(home, 'other') }).answers()).port
  const second = start({ DATA_DIR: join(home, 'third'), PORT: port })
  expect(await second.gone).toBe(1)
  expect(second.said()).toContain(`port ${port} is used by another program`)
  expect(existsSync(join(home, 'third', 'pg', 'postmaster.pid'))).toBe(false)
})

test('a bank’s branch is made on the server, and its officer’s token acts for it', async () => {
  const made = loa('owner', '--name', 'Ngân hàng Thử', '--serves', '07615', '--json')
  expect(made.code).toBe(0)
  const { id, communes } = JSON.parse(made.out) as { id: string; communes: { code: string }[] }
  expect(Number(id)).toBeGreaterThanOrEqual(100_000)
  expect(communes).toMatchObject([{ code: '07615' }])
  const { code, out } = loa('token', '--role', 'bank_officer', '--unit', id)
  expect(code).toBe(0)
  const asked = start()
  await asked.gone
  const address = /: (http\S+) \(process/.exec(asked.said())![1]!
  const me = await fetch(`${address}/api/v1/me`, { headers: { authorization: `Bearer ${out}` } })
  expect(await me.json()).toMatchObject({
    role: 'bank_officer',
    commune: { no: Number(id), name: 'Ngân hàng Thử' },
    serves: [{ level: 'commune' }],
  })
  expect(loa('owner', '--name', 'Ngân hàng Thử', '--serves', '99999').code).toBe(2)
  expect(loa('token', '--role', 'bank_officer', '--unit', '999999').code).toBe(2)
}, 60_000)

test('a process that only works answers how it is and nothing else; it prints no way in', async () => {
  const worker = start({ DATA_DIR: join(home, 'worker'), ROLES: 'worker' })
  const address = await worker.answers()
  const status = async (path: string) => (await fetch(address + path)).status
  expect(await Promise.all(['/healthz', '/readyz', '/metrics'].map(status))).toEqual([200, 200, 200])
  const web = ['/', '/api/docs', '/api/v1/me', '/api/v1/notices', '/manifest.webmanifest', '/help/not_found']
  expect(await Promise.all(web.map(status))).toEqual(web.map(() => 404))
  expect(worker.said()).not.toContain('/link/')
})

test('a command joins the running server: its token works at once', async () => {
  const { code, out } = loa('token', '--role', 'commune_officer', '--unit', '07615')
  expect(code).toBe(0)
  const asked = start()
  await asked.gone
  const address = /: (http\S+) \(process/.exec(asked.said())![1]!
  const me = await fetch(`${address}/api/v1/me`, { headers: { authorization: `Bearer ${out}` } })
  expect(((await me.json()) as { role: string }).role).toBe('commune_officer')
})

test('what cannot be done is refused with exit code 2, and with JSON only on standard output', () => {
  const refused = loa('token', '--role', 'village_head', '--unit', '99999', '--json')
  expect(refused.code).toBe(2)
  expect(JSON.parse(refused.out)).toMatchObject({ code: 'post_place' })
  const wide = loa('token', '--role', 'village_head', '--unit', '07615', '--json')
  expect([wide.code, JSON.parse(wide.out).code]).toEqual([2, 'post_place'])
})

test('everything that is stored of a commune is written out, beside the running server', () => {
  const to = join(home, 'export')
  const { code, out } = loa('export', '--commune', '07615', '--to', to, '--json')
  expect(code).toBe(0)
  expect((JSON.parse(out) as { tables: string[] }).tables).toContain('consent')
  const homes = readFileSync(join(to, 'household.csv'), 'utf8').trim().split('\n')
  expect(homes.length).toBe(1 + 121)
})

test('a list with a refused row is not written, and its answer is one JSON object', () => {
  const file = join(home, 'homes.csv')
  writeFileSync(file, 'Thôn,Họ và tên,Năm sinh\nPhú Hưng,Lý Văn Mới,1970\nThôn Lạ,Lý Văn Kia,1971\n')
  const refused = loa('import', 'households', file, '--commune', '07615', '--json')
  expect(refused.code).toBe(2)
  expect(JSON.parse(refused.out)).toMatchObject({
    new: 1,
    refused: [{ row: 3, column: 'Thôn', code: 'village_unknown' }],
  })
  const skipped = loa('import', 'households', file, '--commune', '07615', '--skip-refused', '--json')
  expect(skipped.code).toBe(0)
  expect(JSON.parse(skipped.out)).toMatchObject({ new: 1, written: true })
})

test('an import is taken back with the villages that it made, and the same list is then all new again', () => {
  const file = join(home, 'again.csv')
  writeFileSync(file, 'Thôn,Họ và tên,Năm sinh\nPhú Hưng,Lý Văn Mốt,1970\nThôn Lạ,Lý Văn Hai,1971\n')
  const write = () =>
    JSON.parse(loa('import', 'households', file, '--commune', '07615', '--create-villages', '--json').out) as object
  const first = write()
  expect(first).toMatchObject({ new: 2, changed: 0, villages: [{ name: 'Lạ' }], written: true })
  const undone = loa('import', 'undo', (first as { id: string }).id, '--commune', '07615', '--json')
  expect([undone.code, JSON.parse(undone.out)]).toEqual([0, { undone: true, homes: 2, villages: 1 }])
  expect(write()).toMatchObject({ new: 2, changed: 0, unchanged: 0, villages: [{ name: 'Lạ' }] })
  expect(loa('import', 'undo', (first as { id: string }).id, '--commune', '07615', '--json').code).toBe(2)
})

test('after kill -9 the next start adopts the database that was left running', async () => {
  process.kill(holder().pid, 'SIGKILL')
  await sleep(200)
  const again = start()
  await again.answers()
  again.server.kill('SIGTERM')
  expect(await again.gone).toBe(0)
  expect(loa('db', 'url').code).toBe(1)
})

test('a commune changes its ladder by a file: what show prints set reads, what is wrong is named place by place', () => {
  const packs = (...args: string[]) => loa('packs', ...args, '--commune', '07615')
  const shown = packs('show', '--kind', 'ladder')
  const file = join(home, 'ladder.json')
  writeFileSync(file, shown.out)
  const bare = packs('set', '--kind', 'ladder', '--from', '2199-01-01', file)
  expect([bare.code, bare.err.split('\n')]).toEqual([
    2,
    expect.arrayContaining([
      '  source: Phải là chữ, đặt trong ngoặc kép.',
      '  source: Must be text, in quotation marks.',
    ]),
  ])
  writeFileSync(file, shown.out.replace('"source": null', '"source": "QĐ 12/QĐ-UBND"').replace('240', '180'))
  const set = packs('set', '--kind', 'ladder', '--from', '2199-01-01', file, '--json')
  expect([set.code, JSON.parse(set.out)]).toEqual([0, expect.objectContaining({ kind: 'ladder', from: '2199-01-01' })])
  const list = JSON.parse(packs('list', '--json').out) as { kind: string; from: string; isOwn: boolean }[]
  expect(list.filter(pack => pack.isOwn)).toEqual([expect.objectContaining({ kind: 'ladder', from: '2199-01-01' })])
  const past = packs('set', '--kind', 'ladder', '--from', '2025-07-01', file, '--json')
  expect([past.code, (JSON.parse(past.out) as { code: string }).code]).toEqual([2, 'pack_past'])
  expect(packs('set', '--kind', 'ladder', '--from', '2026-02-30', file).code).toBe(2)
  expect(packs('show', '--kind', 'weather').err).toContain('Các loại: ')
})

test('what a killed backup left half made is gone after the next one', () => {
  const half = join(dataDir, 'backups', '.half-2026-11-20T020000-daily')
  mkdirSync(join(half, 'base'), { recursive: true })
  writeFileSync(join(half, 'base', '1.zst'), 'half a file')
  const made = loa('backup', '--json')
  expect(made.code).toBe(0)
  const names = readdirSync(join(dataDir, 'backups'))
  expect(names.filter(name => name.startsWith('.half-'))).toEqual([])
  expect(names).toContain(basename((JSON.parse(made.out) as { backup: string }).backup))
})

test('a head that is none is refused with a sentence; one that is not of this trail shows that it broke', () => {
  const typed = loa('verify-trail', '--commune', '07615', '--head', 'foo')
  expect(typed.code).toBe(2)
  expect(typed.err).toContain('--head foo is no head of a trail')
  expect(loa('verify-trail', '--commune', '07615', '--head', `3-${'a'.repeat(64)}`).code).toBe(1)
})

test('a backup is restored into an empty directory only, with its key, and its trail is whole', () => {
  const made = loa('backup', '--json')
  expect(made.code).toBe(0)
  const { backup } = JSON.parse(made.out) as { backup: string }
  const key = join(dataDir, 'secret.key')
  expect(loa('restore', backup, '--to', dataDir, '--secret-key', key).code).toBe(2)
  const to = join(home, 'restored')
  expect(loa('restore', backup, '--to', to).code).toBe(2)
  expect(loa('restore', backup, '--to', to, '--secret-key', key).code).toBe(0)
  env.DATA_DIR = to
  const trail = loa('verify-trail', '--commune', '07615', '--json')
  env.DATA_DIR = dataDir
  expect(JSON.parse(trail.out)).toMatchObject({ isWhole: true, unsealed: 0 })
})

test('a real installation refuses the database of the demo', async () => {
  const real = start({ DEMO: '0' })
  expect(await real.gone).toBe(1)
  expect(real.said()).toContain('this database holds the demo')
})

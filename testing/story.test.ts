// The day of the dispatch, played with one village against real server processes.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const home = mkdtempSync(join(tmpdir(), 'loa-told-'))
afterAll(() => {
  rmSync(home, { recursive: true, force: true })
})

interface Story {
  commune: string
  households: number
  villages: {
    name: string
    levels: Record<string, number>
    reached: number
    toldAtDoor: number
    accountedFor: number
  }[]
  curve: { minute: number; reached: number }[]
  trail: { isWhole: boolean }
}

/** @returns its exit code, what it said, and what it wrote */
async function play(name: string, ...args: string[]) {
  const out = join(home, `${name}.json`)
  const child = spawn(process.execPath, ['e2e/story/main.ts', '--villages', '1', '--out', out, ...args], { cwd: root })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said += String(chunk)
    })
  const code = await new Promise<number | null>(done => child.on('close', done))
  return { code, said, story: JSON.parse(readFileSync(out, 'utf8')) as Story }
}

const minutes = 180_000

test(
  'a day ends with every home accounted for, and the table equals the screen, a count and a whole trail',
  { timeout: minutes },
  async () => {
    const { code, said, story } = await play('one', '--seed', '1')
    expect(said).toContain('ai cũng đã biết')
    expect(code).toBe(0)
    expect(story).toMatchObject({ commune: '07615', households: 121, trail: { isWhole: true } })
    const [village] = story.villages
    expect(village!.accountedFor).toBe(121)
    expect(Object.values(village!.levels).reduce((a, b) => a + b, 0)).toBe(121)
    expect(story.curve.at(-1)!.reached).toBe(village!.reached)
  },
)

test('another seed is another day with the same end', { timeout: minutes }, async () => {
  const { code, story } = await play('two', '--seed', '2')
  expect(code).toBe(0)
  const one = JSON.parse(readFileSync(join(home, 'one.json'), 'utf8')) as Story
  expect(story.villages).not.toEqual(one.villages)
})

test('without people at the doors homes are left, and the story fails', { timeout: minutes }, async () => {
  const { code, said, story } = await play('no-doors', '--without', 'doors')
  expect(code).toBe(1)
  expect(said).toContain('homes are not accounted for')
  expect(story.villages[0]!.toldAtDoor).toBe(0)
})

test('without push fewer homes hear in the morning, and more doors are walked to', { timeout: minutes }, async () => {
  const { story } = await play('no-push', '--without', 'push')
  const one = JSON.parse(readFileSync(join(home, 'one.json'), 'utf8')) as Story
  const byNoon = (s: Story) => s.curve.findLast(point => point.minute <= 240)?.reached ?? 0
  expect(byNoon(story)).toBeLessThan(byNoon(one))
  expect(story.villages[0]!.toldAtDoor).toBeGreaterThan(one.villages[0]!.toldAtDoor)
})

test(
  'over every channel, each of which fails once, nobody misses the news or is told twice, and fewer doors are walked to',
  { timeout: minutes },
  async () => {
    const { code, said, story } = await play('channels', '--seed', '1', '--channels')
    for (const words of [
      'Zalo mất liên lạc',
      'Cán bộ nhập khóa mới',
      'tin nhắn chính hoạt động lại',
      'Tổng đài gọi lại',
    ])
      expect(said).toContain(words)
    for (const way of [
      'Thư điện tử',
      'Zalo',
      'Zalo theo mẫu',
      'Zalo theo số điện thoại',
      'Facebook Messenger',
      'Telegram',
      'Tin nhắn SMS',
      'Gọi tự động',
    ])
      expect(said).toMatch(new RegExp(`^${way} +[1-9]`, 'm'))
    expect(said).toContain('ai cũng đã biết')
    expect(code).toBe(0)
    const one = JSON.parse(readFileSync(join(home, 'one.json'), 'utf8')) as Story
    expect(story.villages[0]!.toldAtDoor).toBeLessThan(one.villages[0]!.toldAtDoor)
  },
)

import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { loadDemo } from '../demo/load.ts'
import type { Installation } from './installation.ts'
import { printWelcome } from './welcome.ts'

const { app } = await testApp()

async function welcome(): Promise<string> {
  const said: string[] = []
  const installation = { config: { ...app.config, isDemo: true }, running: { app } } as Installation
  await printWelcome(installation, line => {
    said.push(line)
  })
  return said.join('\n')
}

test('a demo in which homes left and a group was closed still starts and hands out its links', async () => {
  await loadDemo(app, { seed: 1, villages: 1 })
  const first = await welcome()
  expect(first).toContain('Một hộ dân')
  await app.sql`update loa.household set closed_at = opened_at where no = 1`
  await app.sql`update loa.group_of_people set closed_at = opened_at where kind = 'credit_group'`
  const later = await welcome()
  expect(later).toContain('Một hộ dân')
  expect(later).not.toContain('Tổ trưởng vay vốn')
})

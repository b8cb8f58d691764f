import { expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { publishForTests } from './publish-for-tests.ts'

test('/metrics tells of jobs, of lanes and of receipts, to whoever has its token and to nobody else', async () => {
  const { app, ask, settle } = await testApp({ metricsToken: 'monitor' })
  const c = await testCommune(app.sql, [1])
  const token = await c.resident(c.villages[0]!.homes[0]!)
  const notice = await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id] })
  const one = { id: newId(), noticeId: c.out(notice.noticeId), level: 'seen', at: iso(now()) }
  for (let n = 0; n < 2; n++) await ask('POST', 'receipts', { token, body: { receipts: [one] } })
  await settle()
  await app.sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at)
    values (${c.tenant}, 'webpush', true, ${new Date(now().getTime() - 90_000)})`
  await app.jobs.send(app.sql, 'delivery.homes', { tenant: c.tenant, publishedId: newId() })
  expect((await ask('GET', '/metrics')).status).toBe(404)
  const { text } = await ask('GET', '/metrics', { token: 'monitor' })
  const figure = (name: string) =>
    Number(
      text
        .split('\n')
        .find(line => line.startsWith(name))
        ?.split(' ')
        .at(-1),
    )
  expect(figure('loa_jobs_waiting{queue="delivery.homes"}')).toBeGreaterThanOrEqual(1)
  expect(figure('loa_delivery_lanes{channel="webpush",urgency="emergency"}')).toBe(1)
  expect(figure('loa_delivery_late_seconds{channel="webpush",urgency="emergency"}')).toBeGreaterThanOrEqual(90)
  expect(figure('loa_receipts_total{result="new"}')).toBeGreaterThanOrEqual(1)
  expect(figure('loa_receipts_total{result="repeated"}')).toBeGreaterThanOrEqual(1)
  expect(text).toContain('loa_last_backup_age_seconds')
  expect(text).toContain('loa_deliveries_total')
})

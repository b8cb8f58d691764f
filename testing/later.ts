import type { Sql } from '#core/db'

interface Settled {
  app: { sql: Sql }
  settle: () => Promise<void>
}

/** Two workers may take the homes of one number: whoever rides looks again after two seconds, here at once. */
export async function lookAgain({ app: { sql }, settle }: Settled, tenant: number) {
  const rows = await sql`
    update loa.delivery set due_at = ${new Date(0)} where commune_id = ${tenant} and state = 'planned' and reason = 'riding'`
  if (!rows.count) return
  await sql`update loa.delivery_lane set due_at = ${new Date(0)} where commune_id = ${tenant}`
  await settle()
}

/** So many minutes later, for what a rung of several channels looks at. */
export async function minutesLater({ app: { sql }, settle }: Settled, tenant: number, minutes: number) {
  const by = `${minutes} minutes`
  await sql`update loa.delivery set changed_at = changed_at - ${by}::interval where commune_id = ${tenant}`
  await sql`
    update loa.ladder_step set due_at = due_at - ${by}::interval where commune_id = ${tenant} and state = 'waiting' and channel <> 'door'`
  await settle()
}

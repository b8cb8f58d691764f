import type { Sql } from '#core/db'

/** Two workers may take the homes of one number: whoever rides looks again after two seconds, here at once. */
export async function lookAgain(
  { app: { sql }, settle }: { app: { sql: Sql }; settle: () => Promise<void> },
  tenant: number,
) {
  const rows = await sql`
    update loa.delivery set due_at = ${new Date(0)} where commune_id = ${tenant} and state = 'planned' and reason = 'riding'`
  if (!rows.count) return
  await sql`update loa.delivery_lane set due_at = ${new Date(0)} where commune_id = ${tenant}`
  await settle()
}

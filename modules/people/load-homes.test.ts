import { expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { keysFrom } from '#core/secrets'
import { testCommune } from '#testing/commune'
import { testDb } from '#testing/db'
import { loadHomes, type LoadedHome } from './load-homes.ts'

const home = (unitId: string): LoadedHome => ({
  id: newId(),
  unitId,
  sheetNo: '7',
  alley: 'Khe Chuối',
  landmark: 'cổng tre',
  way: '',
  lat: 21.3,
  lng: 106.8,
  languages: ['tyz', 'vi'],
  needs: ['cannot_read'],
  phoneKind: 'voice',
  persons: [
    { name: 'Lý Thị Mùi', relation: 'chủ hộ', isHead: true, sex: 'f', birthYear: 1950, phone: '+84301234567' },
    { name: 'Lý Văn Đạt', relation: 'con', isHead: false, sex: 'm', birthYear: 1980 },
  ],
})

test('a loaded home has its head, its stay, and a contact that is marked as a demo', async () => {
  const db = await testDb()
  const { tenant, villages } = await testCommune(db, [1])
  const one = home(villages[0]!.id)
  await inTransaction(db, tx => loadHomes(tx, keysFrom(Buffer.from('x')), tenant, [one], new Date('2025-07-01')))
  const [row] = await db`
    select h.head_folded, h.languages, h.needs, h.no, count(p.id)::int as people, bool_and(c.is_demo) as is_demo, count(s.*)::int as stays
    from loa.household h join loa.person p on p.commune_id = h.commune_id and p.household_id = h.id
    join loa.household_stay s on s.commune_id = h.commune_id and s.household_id = h.id
    left join loa.contact c on c.commune_id = h.commune_id and c.household_id = h.id
    where h.commune_id = ${tenant} and h.id = ${one.id} group by h.commune_id, h.id`
  expect(row).toEqual({
    head_folded: 'ly thi mui',
    languages: ['tyz', 'vi'],
    needs: ['cannot_read'],
    no: 2,
    people: 2,
    is_demo: true,
    stays: 2,
  })
})

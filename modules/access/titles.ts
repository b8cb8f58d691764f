// What a post is called when nobody named it. Titles are Vietnamese in every language: they are the name of an office.
import type { StaffRole } from './roles.ts'

interface Named {
  name: string
  kind: string
}

/** `xã Sơn Động`, `thôn Phú Hưng`: as it stands within a sentence; a name that already says its kind stays whole. */
export const unitWords = ({ name, kind }: Named) =>
  name.toLowerCase().startsWith(`${kind.toLowerCase()} `)
    ? `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    : `${kind} ${name}`

const ofUnit: Record<StaffRole, (unit: string) => string> = {
  province_officer: unit => `Cán bộ ${unit}`,
  commune_chair: unit => `Chủ tịch UBND ${unit}`,
  commune_officer: unit => `Cán bộ UBND ${unit}`,
  village_head: unit => (unit.startsWith('tổ ') ? `Tổ trưởng ${unit}` : `Trưởng ${unit}`),
  party_secretary: unit => `Bí thư Chi bộ ${unit}`,
  front_head: unit => `Trưởng ban Công tác Mặt trận ${unit}`,
  association_officer: unit => `Cán bộ hội, đoàn thể ${unit}`,
  bank_officer: unit => `Cán bộ tín dụng phụ trách ${unit}`,
  credit_group_head: unit => `Tổ trưởng tổ vay vốn ${unit}`,
  police: unit => `Công an ${unit}`,
  border_guard: unit => `Cán bộ Biên phòng phụ trách ${unit}`,
  digital_team_member: unit => `Thành viên tổ công nghệ số ${unit}`,
}

const ofGroup: Partial<Record<StaffRole, (group: string) => string>> = {
  association_officer: group => `Phụ trách ${group}`,
  credit_group_head: group => `Tổ trưởng ${group}`,
  bank_officer: group => `Cán bộ tín dụng, ${group}`,
  party_secretary: group => `Bí thư ${group}`,
}

export function titleOf(role: StaffRole, { unit, group }: { unit?: Named; group?: { name: string } }): string {
  const named = group && ofGroup[role]
  if (named) return named(group.name)
  return ofUnit[role](unit ? unitWords(unit) : (group?.name ?? ''))
}

export { ancestorsOf, findUnit, unitsBelow, unitsByIds, villagesOf, type UnitNow } from './store.ts'
export { getUnit } from './unit.ts'
export { levels, unitTitle, type Level } from './names.ts'
export { unitsReport, type UnitReportRow } from './seed/report.ts'

import { api } from './api.ts'
import { everyPage } from './every-page.ts'

/** Units right below one, to choose from: a province has more communes than a page. */
export const unitsBelow = async (unit: string) => {
  const units = await everyPage(cursor => api.units.list({ parent: unit, limit: 100, ...cursor }))
  return units.map(({ id, title }) => ({ value: id, label: title }))
}

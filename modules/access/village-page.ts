// The page of a village for those who type their card's digits: `/card/ot-5`, the commune and the village's number in it.

export const villagePage = (tenant: number, village: number) => `${tenant.toString(36)}-${village}`

/** Undefined for the token of a card, which is longer. */
export function readVillagePage(text: string): { tenant: number; village: number } | undefined {
  const found = /^([0-9a-z]{1,7})-(\d{1,4})$/.exec(text)
  return found ? { tenant: Number.parseInt(found[1]!, 36), village: Number(found[2]) } : undefined
}

/**
 * `5-1234 5678` as a card prints it: the number of the village, then 8 digits; these alone where the page is the village's own.
 * Runs in a browser too.
 */
export function cardNumber(typed: string): { village: number | undefined; digits: string } | undefined {
  const all = typed.replaceAll(/\D/g, '')
  if (all.length < 8 || all.length > 12) return undefined
  return { village: all.length > 8 ? Number(all.slice(0, -8)) : undefined, digits: all.slice(-8) }
}

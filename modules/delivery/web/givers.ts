/** Who gives doors out, and types in what came back on paper. */
export const givers: readonly string[] = ['village_head', 'party_secretary', 'commune_chair']

/** Owners beside the administration have numbers of their own, from here up. */
export const firstOwner = 100_000

export const isOwner = (tenant: number | undefined): tenant is number => tenant !== undefined && tenant >= firstOwner

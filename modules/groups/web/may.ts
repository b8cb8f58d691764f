import { me } from '#web/me.ts'

/** Who makes groups for the commune; the others only change their own. */
export const mayMake = () => me.value?.role === 'commune_officer'
export const mayManage = () =>
  ['commune_officer', 'association_officer', 'party_secretary'].includes(me.value?.role ?? '')
/** Who may look for people by name; the others enrol by number and name. */
export const maySearch = () => ['commune_officer', 'party_secretary'].includes(me.value?.role ?? '')

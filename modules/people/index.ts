export { addHomes, type Basis, type NewHome, type NewPerson } from './add.ts'
export { contactsOf, getHome, homesByIds, type Home } from './homes.ts'
export { lookAt } from './look.ts'
export { contactDigest, masked, readPhone, spoken } from './phone.ts'

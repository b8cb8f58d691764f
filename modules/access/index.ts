export { callerOf, forgetSessions, sessionCookie } from './caller.ts'
export { may, scopesOf } from './may.ts'
export { permissions } from './permissions.ts'
export { roles, staffRoles, type Role, type StaffRole } from './roles.ts'

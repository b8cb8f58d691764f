// Every statement that writes this module's tables, by subject.
export * from './store/accounts.ts'
export * from './store/cards.ts'
export * from './store/invitations.ts'
export * from './store/places.ts'
export * from './store/posts.ts'
export * from './store/sessions.ts'

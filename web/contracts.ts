// The contracts a browser may call: one line a module. Only their types and, at build time, method and path go into the app.

export const contracts = {}
export type Contracts = typeof contracts

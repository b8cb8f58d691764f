import type { Plugin } from 'vite'
import type { Contract } from '#core/operation'
import { contracts } from '../contracts.ts'

/** `virtual:routes`: of the contracts a browser needs only method and path; the schemas stay on the server, the types cost nothing. */
export const routes = (): Plugin => {
  const found = Object.fromEntries(
    Object.entries(contracts as Record<string, Contract>).map(([name, contract]) => [
      name,
      Object.fromEntries(Object.entries(contract).map(([verb, op]) => [verb, [op.method, op.path]])),
    ]),
  )
  return {
    name: 'routes',
    resolveId: id => (id === 'virtual:routes' ? `\0${id}` : null),
    load: id => (id === '\0virtual:routes' ? `export const routes = ${JSON.stringify(found)}` : null),
  }
}

import type { Plugin } from 'vite'
import type { Contract } from '#core/operation'
import { contracts } from '../contracts.ts'

/** What a resident's first screen calls; the rest is fetched with the first call of another module. */
const firsts = new Set(['access', 'delivery'])

/**
 * `virtual:routes` and `virtual:more-routes`: of the contracts a browser needs only method and path;
 * the schemas stay on the server, the types cost nothing.
 */
export const routes = (): Plugin => {
  const routesOf = (contract: Contract) =>
    Object.fromEntries(Object.entries(contract).map(([verb, op]) => [verb, [op.method, op.path]]))
  const found = Object.entries(contracts as Record<string, Contract>)
  const code = (isFirst: boolean) => {
    const some = found.filter(([name]) => firsts.has(name) === isFirst)
    return `export const routes = ${JSON.stringify(Object.fromEntries(some.map(([name, of]) => [name, routesOf(of)])))}`
  }
  const modules: Record<string, string> = { 'virtual:routes': code(true), 'virtual:more-routes': code(false) }
  return {
    name: 'routes',
    resolveId: id => (id in modules ? `\0${id}` : null),
    load: id => modules[id.slice(1)] ?? null,
  }
}

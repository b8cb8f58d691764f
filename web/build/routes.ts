import type { Plugin } from 'vite'
import type { Contract } from '#core/operation'
import { contracts } from '../contracts.ts'

/** What a resident's first screen calls; the rest is fetched with the first call of anything else. */
const firsts = new Set(['access.me', 'delivery.feed', 'delivery.receipts', 'delivery.acknowledge'])

/**
 * `virtual:routes` and `virtual:more-routes`: of the contracts a browser needs only method and path;
 * the schemas stay on the server, the types cost nothing.
 */
export const routes = (): Plugin => {
  const code = (isFirst: boolean) => {
    const found: Record<string, Record<string, [string, string]>> = {}
    for (const [name, contract] of Object.entries(contracts as Record<string, Contract>))
      for (const [verb, op] of Object.entries(contract))
        if (firsts.has(`${name}.${verb}`) === isFirst) (found[name] ??= {})[verb] = [op.method, op.path]
    return `export const routes = ${JSON.stringify(found)}`
  }
  const modules: Record<string, string> = { 'virtual:routes': code(true), 'virtual:more-routes': code(false) }
  return {
    name: 'routes',
    resolveId: id => (id in modules ? `\0${id}` : null),
    load: id => modules[id.slice(1)] ?? null,
  }
}

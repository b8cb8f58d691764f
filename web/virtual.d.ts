/// <reference types="vite/client" />
/** Made from web/contracts.ts when the app is built: module → operation → method and path. */
declare module 'virtual:routes' {
  import type { Route } from '#core/client'
  export const routes: Record<string, Record<string, Route>>
}
declare module 'virtual:more-routes' {
  import type { Route } from '#core/client'
  export const routes: Record<string, Record<string, Route>>
}

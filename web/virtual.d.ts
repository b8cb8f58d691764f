/// <reference types="vite/client" />
declare module 'virtual:routes' {
  import type { Route } from '#core/client'
  /** Made from web/contracts.ts when the app is built: module → operation → method and path. */
  export const routes: Record<string, Record<string, Route>>
}

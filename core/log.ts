import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines to standard error. What may hold a secret or a person is cut out wherever it stands. */
export const makeLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: ['password', 'token', 'phone', 'secret', '*.password', '*.token', '*.phone', '*.secret', '*.endpoint'],
        censor: '[cut]',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )

/** An address without what opens a door: tokens in `/t/…`, `/card/…`, `/hooks/…` and query strings. */
export const safePath = (path: string) =>
  path
    .replace(/^\/(t|card|link|invite|s|u)\/[^/]+/, '/$1/…')
    .replace(/^\/hooks\/([^/]+)\/.*/, '/hooks/$1/…')
    .replace(/\?.*$/, '?…')

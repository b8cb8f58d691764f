// The frame of pages that work without script: signing in must work in the browser inside Zalo on an old phone.
import { html } from 'hono/html'

const style = `
body{margin:0;font:112.5%/1.55 -apple-system,Segoe UI,Roboto,system-ui,Noto Sans,sans-serif;color:#141a25;background:#fff}
header{background:#12264d;color:#fff;padding:12px 16px}main{max-width:40rem;margin:0 auto;padding:16px}
`

export type Html = ReturnType<typeof html>

export const frame = (title: string, place: string, body: Html) =>
  html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header><b>Loa Làng</b> ${place}</header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const isText = (name: string) => /\.(?:js|css|svg|webmanifest)$/.test(name)

/** Beside each file of text its gzip and brotli form, so that no request waits for a compressor. */
export function compress(dir: string) {
  for (const name of readdirSync(dir, { recursive: true }) as string[]) {
    if (!isText(name)) continue
    const bytes = readFileSync(join(dir, name))
    writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }))
    writeFileSync(
      join(dir, `${name}.br`),
      brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
      }),
    )
  }
}

// Attachments: a PDF or a picture, told by its content and not by its name.
import { readFile, storeFile } from '#core/files'
import { newId } from '#core/ids'
import { tidy } from '#core/fold'
import { Problem } from '#core/problem'
import type { Db, Tx } from '#core/db'
import { filesOf, insertFile, type FileRow } from './store/files.ts'

const mostBytes = 10 * 1024 * 1024
const mostFiles = 10

/** As a notice shows it. */
export interface FileShown {
  id: string
  name: string
  media: string
  size: number
  pages?: number
}

export const shown = (row: FileRow): FileShown => ({
  id: row.id,
  name: row.name,
  media: row.media,
  size: row.size,
  ...(row.pages ? { pages: row.pages } : {}),
})

const begins = (bytes: Buffer, ...of: number[]) => of.every((byte, n) => bytes[n] === byte)

/** By its first bytes. SVG, Office files and whatever else may carry a script are nothing we know. */
function mediaOf(bytes: Buffer): 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp' | undefined {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  if (begins(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP')
    return 'image/webp'
  return undefined
}

/** Turned upright and written anew: place, camera and everything else that a phone notes in a picture is gone. */
async function cleanPicture(bytes: Buffer, media: string): Promise<Buffer> {
  try {
    // 28 MB that a server without pictures does not need
    const { default: sharp } = await import('sharp')
    const picture = sharp(bytes, { limitInputPixels: 60_000_000, failOn: 'error' }).rotate()
    const small = picture.resize({ width: 2400, height: 2400, fit: 'inside', withoutEnlargement: true })
    if (media === 'image/png') return await small.png().toBuffer()
    if (media === 'image/webp') return await small.webp({ quality: 82 }).toBuffer()
    return await small.jpeg({ quality: 82 }).toBuffer()
  } catch {
    throw new Problem('file_broken')
  }
}

/** A picture, newly written; anything else is none. @throws Problem file_large, file_broken */
export async function pictureOf(file: Blob): Promise<{ bytes: Buffer; media: string } | undefined> {
  if (file.size > mostBytes) throw new Problem('file_large', { most: 10 })
  const given = Buffer.from(await file.arrayBuffer())
  const media = mediaOf(given)
  return media && media !== 'application/pdf' ? { bytes: await cleanPicture(given, media), media } : undefined
}

/** Pages as the file's own tree counts them; undefined when that is packed away. */
function pagesOf(pdf: Buffer): number | undefined {
  const counts = [
    ...pdf
      .toString('latin1')
      .matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g),
  ]
  const most = Math.max(0, ...counts.map(found => Number(found[1] ?? found[2])))
  return most > 0 && most < 10_000 ? most : undefined
}

const endings: Record<string, string> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}

/** A name that is safe in a header and on a disk, with the ending of what the file really is. */
function safeName(name: string, media: string): string {
  const plain = tidy(name.replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')).replace(/\.\w{1,5}$/u, '')
  return `${plain.slice(0, 100) || 'giay'}${endings[media] ?? ''}`
}

/** @throws Problem file_type, file_large, file_broken, files_many */
export async function attach(tx: Tx, tenant: number, notice: string, file: Blob): Promise<FileShown> {
  if (file.size > mostBytes) throw new Problem('file_large', { most: 10 })
  const given = Buffer.from(await file.arrayBuffer())
  const media = mediaOf(given)
  if (!media) throw new Problem('file_type')
  if ((await filesOf(tx, tenant, notice)).length >= mostFiles) throw new Problem('files_many', { most: mostFiles })
  const bytes = media === 'application/pdf' ? given : await cleanPicture(given, media)
  const name = safeName(file instanceof File ? file.name : '', media)
  const { hash } = await storeFile(tx, tenant, bytes, media, name)
  const pages = media === 'application/pdf' ? (pagesOf(given) ?? null) : null
  const row = { id: newId(), notice_id: notice, hash, name, media, size: bytes.length, pages }
  await insertFile(tx, tenant, row)
  return shown({ ...row, hash: Buffer.alloc(0) })
}

/** The bytes, shown where they are opened and closed in: no script, no other origin. Chromium's PDF reader works within the sandbox; a phone without one hands the file to its own. */
export async function fileResponse(
  db: Db,
  tenant: number,
  row: Pick<FileRow, 'hash' | 'media' | 'name'>,
  isPublic: boolean,
): Promise<Response> {
  const { bytes } = await readFile(db, tenant, row.hash.toString('hex'))
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': row.media,
      'content-length': String(bytes.length),
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(row.name)}`,
      'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': isPublic ? 'public, max-age=3600' : 'private, no-store',
    },
  })
}

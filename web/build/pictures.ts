// The icons and the manifest of the installed app, made from the mark.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { mark } from '../icons.ts'

const indigo = '#12264d'

/** The mark in white on indigo. @param share of the square that the mark is wide: a maskable icon keeps clear of the rim */
const svg = (size: number, share: number, radius: number) => {
  const width = size * share
  const scale = width / 39
  const [x, y] = [(size - width) / 2, (size - 32 * scale) / 2]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" color="#fff"><rect width="${size}" height="${size}" rx="${radius}" fill="${indigo}"/><g transform="translate(${x} ${y}) scale(${scale})">${mark}</g></svg>`
}

const manifest = {
  id: '/',
  name: 'Loa Làng',
  short_name: 'Loa Làng',
  description: 'Tin của xã và thôn tới từng nhà',
  lang: 'vi',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: indigo,
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
}

export async function drawIcons(dir: string) {
  writeFileSync(join(dir, 'icon.svg'), svg(64, 0.72, 12))
  writeFileSync(join(dir, 'manifest.webmanifest'), JSON.stringify(manifest))
  const png = async (name: string, size: number, share: number, radius: number) => {
    await sharp(Buffer.from(svg(size, share, radius)))
      .png({ compressionLevel: 9, palette: true })
      .toFile(join(dir, name))
  }
  await png('icon-192.png', 192, 0.72, 36)
  await png('icon-512.png', 512, 0.72, 96)
  await png('icon-maskable-512.png', 512, 0.5, 0)
  await png('icon-180.png', 180, 0.66, 0)
  /** In the status bar of Android only the shape shows. */
  await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 39 39" color="#fff"><g transform="translate(0 3.5)">${mark}</g></svg>`,
    ),
    { density: 300 },
  )
    .resize(96, 96)
    .png({ compressionLevel: 9 })
    .toFile(join(dir, 'badge-96.png'))
}

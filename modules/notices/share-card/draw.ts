// The picture that a chat shows beside a link. Its words are set with a font of our own (SIL Open Font License, OFL.txt): a fresh
// server has none, and text without a font would just be missing.
import { join } from 'node:path'
import type { OverlayOptions } from 'sharp'
import { mark } from '#web/icons.ts'
import type { NoticeClass } from '../rules.ts'

export interface Card {
  place: string
  title: string
  /** In the words of the card's language. */
  class: { is: NoticeClass; words: string } | undefined
  /** When and where. */
  event: string | undefined
}

const width = 1200
const height = 630
const margin = 72
const bar = 132

const font = join(import.meta.dirname, 'be-vietnam-pro-semibold.ttf')

const navy = '#12264d'
const red = '#a51c13'
const colours = { normal: navy, priority: navy, emergency: red } as const

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What no picture can show, and what would break the mark-up. */
const plain = (text: string) =>
  escaped(
    text
      .toWellFormed()
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' '),
  )

// 28 MB that a server without pictures does not need
const load = async () => (await import('sharp')).default

interface Written {
  data: Buffer
  height: number
}

async function write(text: string, size: number, colour: string, wide = width - 2 * margin): Promise<Written> {
  const sharp = await load()
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${plain(text)}</span>`,
      font: `Be Vietnam Pro SemiBold ${size}`,
      fontfile: font,
      width: wide,
      wrap: 'word-char',
      spacing: Math.round(size / 6),
      dpi: 72,
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { data, height: info.height }
}

const shortened = (text: string, most: number) => {
  const cut = text.slice(0, most)
  return text.length > most ? `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd()}…` : text
}

/** As large as it may be; a title that is too long even when small ends early. */
async function fit(text: string, sizes: readonly number[], tall: number, colour: string): Promise<Written> {
  for (const size of sizes) {
    const written = await write(text, size, colour)
    if (written.height <= tall) return written
  }
  return fit(shortened(text, Math.floor(text.length * 0.8)), sizes.slice(-1), tall, colour)
}

const ground = (colour: string, hasTag: boolean, tagColour: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <rect width="${width}" height="${height}" fill="#fff"/>
  <rect width="${width}" height="${bar}" fill="${colour}"/>
  <g transform="translate(${margin} 36) scale(1.85)" color="#fff">${mark}</g>
  ${hasTag ? `<rect x="${margin}" y="${bar + 40}" width="12" height="44" fill="${tagColour}"/>` : ''}
  <rect y="${height - 16}" width="${width}" height="16" fill="${colour}"/>
</svg>`)

/** A PNG of 1200 × 630, some 20 to 40 KB. */
export async function drawCard({ place, title, class: of, event }: Card): Promise<Buffer> {
  const sharp = await load()
  const colour = colours[of?.is ?? 'normal']
  const tagColour = of?.is === 'priority' ? '#734600' : red
  const top = bar + (of ? 114 : 56)
  const eventTop = height - 128
  const overlays: OverlayOptions[] = [
    { input: (await write(shortened(place, 44), 40, '#ffffff', width - 260)).data, left: margin + 104, top: 46 },
    {
      input: (await fit(title, [68, 58, 50, 42], (event ? eventTop : height - 60) - top - 16, '#141a25')).data,
      left: margin,
      top,
    },
  ]
  if (of) overlays.push({ input: (await write(of.words, 36, tagColour)).data, left: margin + 32, top: bar + 44 })
  if (event) overlays.push({ input: (await fit(event, [36, 32], 84, navy)).data, left: margin, top: eventTop })
  return sharp(ground(colour, Boolean(of), tagColour))
    .composite(overlays)
    .png({ palette: true, colours: 64, effort: 4 })
    .toBuffer()
}

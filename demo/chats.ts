// Chat groups as villages have them: most a Zalo group, some a Facebook page beside it, a few none.
import { chance } from './chance.ts'

export interface DemoChat {
  /** The place of the village in the list; undefined: the commune's. */
  village: number | undefined
  platform: 'zalo' | 'facebook'
  name: string
  members: number
}

/** Press, An Bình ward: a tổ's group of 140, a ward's of about 400, a women's page of more than 600. */
export function makeChats(
  seed: number,
  villages: readonly { name: string; kind: string; homes: readonly unknown[] }[],
): DemoChat[] {
  const by = chance(seed, 'chats')
  const ofVillages = villages.flatMap(({ name, kind, homes }, village): DemoChat[] => {
    const title = kind === 'thôn' ? `Thôn ${name}` : name
    const zalo = { village, platform: 'zalo' as const, name: title, members: Math.round(homes.length * 0.8) }
    const draw = by.between(1, 10)
    if (draw === 10) return []
    return draw < 8
      ? [zalo]
      : [zalo, { village, platform: 'facebook', name: `Người ${name}`, members: Math.round(homes.length * 1.5) }]
  })
  return [{ village: undefined, platform: 'zalo', name: 'Thông tin của xã', members: 400 }, ...ofVillages]
}

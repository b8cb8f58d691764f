// What the API offers about people's posts, sessions and cards. Runs in a browser too.
import { assistContract } from './contract/assist.ts'
import { cardContract } from './contract/cards.ts'
import { mineContract } from './contract/mine.ts'
import { postContract } from './contract/posts.ts'

export type { Me, MyPost } from './contract/mine.ts'
export const contract = { ...mineContract, ...postContract, ...cardContract, ...assistContract }

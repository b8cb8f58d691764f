import { expect, test } from 'vitest'
import { everyPage, pagesOf } from './every-page.ts'

const pages = [
  { items: ['a', 'b'], next: '1', total: 5 },
  { items: ['c', 'd'], next: '2', total: 0 },
  { items: ['e'], next: null, total: 0 },
]
const load = ({ cursor = '0' }: { cursor?: string }) => Promise.resolve(pages[Number(cursor)]!)

test('a list is read to its end, page after page', async () => {
  expect(await everyPage(load)).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('a list is asked for anew as far as it was read, and keeps what its first page says of it', async () => {
  expect(await pagesOf(load, () => 1)).toEqual(pages[0])
  expect(await pagesOf(load, () => 2)).toEqual({ items: ['a', 'b', 'c', 'd'], next: '2', total: 5 })
  expect(await pagesOf(load, () => 9)).toEqual({ items: ['a', 'b', 'c', 'd', 'e'], next: null, total: 5 })
})

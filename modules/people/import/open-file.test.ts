// Files that are made to hurt: an archive whose parts unpack to more than a machine holds, whatever it claims of them.
import { crc32, deflateRawSync } from 'node:zlib'
import writeWorkbook from 'write-excel-file/node'
import { expect, test } from 'vitest'
import { openFile } from './open-file.ts'
import { openZip } from './zip.ts'

interface Part {
  name: string
  content: Buffer
  /** What the archive says of its size, where that is not the truth. */
  claims?: number
}

function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, content, claims = content.length } of parts) {
    const body = deflateRawSync(content)
    const called = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(claims, 18)
    common.writeUInt16LE(called.length, 22)
    const head = Buffer.concat([Buffer.from('504b0304', 'hex'), common, called])
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(at, 10)
    list.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, entry, called]))
    files.push(head, body)
    at += head.length + body.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...files, directory, Buffer.from('504b0506', 'hex'), end])
}

/** A right workbook of one home, and whatever else stands in the archive. */
async function workbookWith(...extra: Part[]) {
  const bytes = await writeWorkbook([[{ value: 'Chủ hộ' }], [{ value: 'Lý Văn An' }]]).toBuffer()
  const parts = openZip(bytes)!.map(({ name, read }) => ({ name, content: read(1_000_000) }))
  return zipOf([...parts, ...extra])
}

test('a workbook with a small part more is read', async () => {
  const [sheet] = await openFile(await workbookWith({ name: 'docProps/x.xml', content: Buffer.from('<x/>') }))
  expect(sheet!.rows[1]).toEqual(['Lý Văn An'])
})

test('a part that unpacks to 210 MB is refused before anything is unpacked, wherever in the archive it stands', async () => {
  for (const name of ['docProps/x.xml', 'xl/worksheets/sheet9.xml', 'media/x.bin'])
    await expect(
      openFile(await workbookWith({ name, content: Buffer.from('<x/>'), claims: 210_000_000 })),
    ).rejects.toMatchObject({
      code: 'import_too_big',
    })
})

test('a part that holds more than it claims is refused', async () => {
  const part = { name: 'docProps/x.xml', content: Buffer.alloc(5_000_000, ' '), claims: 100 }
  await expect(openFile(await workbookWith(part))).rejects.toMatchObject({ code: 'import_too_big' })
})

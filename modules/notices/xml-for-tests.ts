// A strict reader of XML, for tests: what is not well formed throws.
export interface Tag {
  name: string
  attributes: Record<string, string>
  children: Tag[]
  text: string
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(said: string): string {
  if (/[<]|&(?!\w+;)/.test(said)) throw new Error(`not escaped: ${said}`)
  return said.replaceAll(/&(\w+);/g, (whole, name: string) => {
    if (!(name in entities)) throw new Error(`unknown ${whole}`)
    return entities[name]!
  })
}

function attributesOf(said: string): Record<string, string> {
  const found: Record<string, string> = {}
  const rest = said.replaceAll(/\s([\w:]+)="([^"<]*)"/g, (_, name: string, value: string) => {
    if (name in found) throw new Error(`${name} twice`)
    found[name] = plain(value)
    return ''
  })
  if (rest.trim()) throw new Error(`no attribute: ${rest}`)
  return found
}

/** @returns the root */
export function readXml(text: string): Tag {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)) throw new Error('a character that XML has not')
  const top: Tag = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  let at = text.startsWith('<?xml ') ? text.indexOf('?>') + 2 : 0
  for (const [whole, closing, name, attributes, single] of text.slice(at).matchAll(/<(\/?)([\w:]+)([^>]*?)(\/?)>/g)) {
    const from = text.indexOf(whole, at)
    open.at(-1)!.text += plain(text.slice(at, from))
    at = from + whole.length
    if (closing) {
      const last = open.pop()
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`)
      continue
    }
    const tag = { name: name!, attributes: attributesOf(attributes!), children: [], text: '' }
    open.at(-1)!.children.push(tag)
    if (!single) open.push(tag)
  }
  if (open.length !== 1 || top.children.length !== 1 || text.slice(at).trim()) throw new Error('not one root')
  return top.children[0]!
}

export const partsOf = (tag: Tag, name: string) => tag.children.filter(one => one.name === name)
export const partOf = (tag: Tag, name: string): Tag => {
  const found = partsOf(tag, name)
  if (found.length !== 1) throw new Error(`${found.length} of ${name} in ${tag.name}`)
  return found[0]!
}

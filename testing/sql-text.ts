// The SQL that the sources hold, as text: what is put in stands as `$`, pieces written in place are part of their statement.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { levels } from '../architecture.ts'

const root = join(import.meta.dirname, '..')

export interface Source {
  part: string
  /** From the root. */
  file: string
  text: string
}
export interface Statement {
  part: string
  file: string
  text: string
}

const folderOf = (part: string) => (part === 'core' ? 'core' : join('modules', part))

function* filesIn(folder: string, name: RegExp): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesIn(path, name)
    else if (name.test(entry.name)) yield path
  }
}

const isTest = (file: string) => /(\.test|-for-tests)\.tsx?$/.test(file)
const read = (part: string, file: string): Source => ({ part, file, text: readFileSync(join(root, file), 'utf8') })

/** Every source file of core and the modules, tests left out. */
export const sources: readonly Source[] = levels
  .flat()
  .flatMap(part => [...filesIn(folderOf(part), /\.tsx?$/)].filter(file => !isTest(file)).map(file => read(part, file)))

/** Migrations, their comments left out. */
export const migrations: readonly Statement[] = levels.flat().flatMap(part =>
  [...filesIn(join(folderOf(part), 'migrations'), /\.sql$/)].map(file => {
    const source = read(part, file)
    return { ...source, text: source.text.replaceAll(/--.*$/gm, '') }
  }),
)

interface Node {
  type: string
  [key: string]: unknown
}
interface Template extends Node {
  tag: Node
  quasi: { quasis: { value: { cooked: string } }[]; expressions: Node[] }
}

const isNode = (x: unknown): x is Node => typeof x === 'object' && x !== null && 'type' in x
const isTagged = (node: Node): node is Template => node.type === 'TaggedTemplateExpression'
/** Pages are tagged templates too. */
const isSql = ({ tag }: Template) => tag['name'] !== 'html' && tag.type !== 'CallExpression' && tag['name'] !== 'raw'

/** The outermost templates below a node. */
function templatesIn(x: unknown): Template[] {
  if (Array.isArray(x)) return x.flatMap(templatesIn)
  if (!isNode(x)) return []
  if (isTagged(x) && isSql(x)) return [x]
  return Object.entries(x).flatMap(([key, value]) => (key === 'parent' ? [] : templatesIn(value)))
}

const textOf = ({ quasi }: Template): string =>
  quasi.quasis
    .map(({ value }, n) => {
      const put = quasi.expressions[n]
      if (!put) return value.cooked
      return value.cooked + (templatesIn(put).map(textOf).join(' ') || '$')
    })
    .join('')

export const statementsIn = ({ part, file, text }: Source): Statement[] =>
  templatesIn(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' })).map(found => ({
    part,
    file,
    text: textOf(found),
  }))

/** Every statement, or piece of one, in core and the modules. */
export const statements: readonly Statement[] = sources.flatMap(statementsIn)

/** Does it ask the machine what time it is? */
export const asksForTime = (text: string) =>
  /\b(now|clock_timestamp|transaction_timestamp|statement_timestamp|timeofday)\s*\(|\b(current_(timestamp|date|time)|localtime(stamp)?)\b|'(now|today|tomorrow|yesterday)'/i.test(
    text,
  )

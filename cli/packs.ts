// The rules that a commune sets for itself: how its ladder climbs, how long a relay may take, which days are holidays.
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { today } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { findPack, listPacks, readPack, setPack, type Pack } from '#core/packs'
import { Problem } from '#core/problem'
import { Day } from '#core/shapes'
import { getUnit } from '#units'
import { modules } from '../app.ts'
import { needed, optional, Refused, type Command, type Said, type Values } from './command.ts'
import { withInstallation } from './installation.ts'

const shapes = Object.assign({}, ...modules.map(module => module.packs ?? {})) as Record<string, v.GenericSchema>

function shapeOf(kind: string): v.GenericSchema {
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined
  if (!shape) throw new Problem('pack_kind', { kind, kinds: Object.keys(shapes).join(', ') })
  return shape
}

function dayFrom(values: Values, name: string): string {
  const day = needed(values, name)
  const { success: isDay } = v.safeParse(Day, day)
  if (!isDay) throw new Refused(`--${name} ${day} is no day: write it as 2026-11-25`)
  return day
}

function jsonIn(file: string | undefined): unknown {
  if (!file) throw new Refused('name the file: loa packs set … FILE.json')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Refused(`${file} cannot be read`)
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Refused(`${file} is no JSON: ${(error as Error).message}`)
  }
}

const whose = ({ isOwn }: Pack) => (isOwn ? "the commune's own" : "everybody's")
const file = ({ basis, source, body }: Pack) => ({ basis, source, body })

async function list(app: App, tenant: number, { give }: Said) {
  const packs = (await listPacks(app.sql, tenant)).filter(pack => Object.hasOwn(shapes, pack.kind))
  const lines = packs.map(
    pack => `${pack.kind}  from ${pack.from}  ${whose(pack)}  ${pack.basis}  ${pack.source ?? '–'}`,
  )
  give(packs, lines.join('\n'))
}

/** What it prints without --json is a file for `set`. */
async function show(app: App, tenant: number, values: Values, { give }: Said) {
  const kind = needed(values, 'kind')
  shapeOf(kind)
  const day = optional(values, 'on') ? dayFrom(values, 'on') : today()
  const pack = await findPack(app.sql, tenant, kind, day)
  if (!pack) throw new Refused(`no rule pack ${kind} holds on ${day}`)
  give(pack, JSON.stringify(file(pack), null, 2))
}

async function set(app: App, tenant: number, said: unknown, values: Values, { give }: Said) {
  const kind = needed(values, 'kind')
  const pack = { tenant, kind, from: dayFrom(values, 'from'), ...readPack(shapeOf(kind), said) }
  await inTransaction(app.sql, tx => setPack(tx, pack))
  give(pack, `The commune's own ${kind} holds from ${pack.from} on. What was published before keeps its own.`)
}

export const packs: Command = {
  usage: 'list | show --kind KIND [--on DAY] | set --kind KIND --from DAY FILE; all --commune CODE',
  about: `The commune's own rules (${Object.keys(shapes).join(', ')}), dated; show prints what set reads`,
  options: {
    commune: { type: 'string' },
    kind: { type: 'string' },
    from: { type: 'string' },
    on: { type: 'string' },
  },
  async run({ values, words: [verb, path] }, said) {
    if (!['list', 'show', 'set'].includes(verb ?? '')) throw new Refused('loa packs knows list, show and set')
    const code = needed(values, 'commune')
    const read = verb === 'set' ? jsonIn(path) : undefined
    await withInstallation(said, async ({ running: { app } }) => {
      const { tenant } = await getUnit(app.sql, code)
      if (verb === 'list') await list(app, tenant, said)
      else if (verb === 'show') await show(app, tenant, values, said)
      else await set(app, tenant, read, values, said)
    })
  },
}

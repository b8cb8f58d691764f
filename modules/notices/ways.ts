import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import type { Db } from '#core/db'
import type { App } from '#core/module'
import type { Answer } from '#core/operation'
import { say, type Language } from '#core/words'
import { postTitle } from '#access'
import { showDraft, type DraftShown } from '#delivery'
import { isAbove, keep, nameAudience, type NamedAudience } from './audience.ts'
import { contentOf, nobody } from './content.ts'
import type { wayOperations } from './contract-ways.ts'
import { postText } from './post-text.ts'
import { endsAt, lastUseful } from './rules.ts'
import { settle, type Asked, type Settled } from './settle.ts'
import { chatsFor } from './store/chats.ts'
import { packOf } from './store/packs.ts'
import { askedOf, type Draft } from './weigh.ts'

type Given = Answer<(typeof wayOperations)['ways']>

const textOf = ({ text, parts, encoding, dong }: NonNullable<DraftShown['ways'][number]['shown']>) => ({
  text,
  parts: parts ?? null,
  encoding: encoding ?? null,
  dong: dong ?? null,
})

const wayGiven = (
  { shown, past, needs, firstAt, account, ...way }: DraftShown['ways'][number],
  language: Language,
): Given['ways'][number] => ({
  ...way,
  ...needs,
  account: account ?? null,
  firstAt: iso(firstAt),
  past: past ?? null,
  shown: shown
    ? {
        title: shown.title ?? null,
        ...textOf(shown),
        warnings: shown.warnings.map(code => ({ code, message: say(language, `channel.show_${code}`) })),
        other: shown.other ? textOf({ ...shown.other, warnings: [] }) : null,
      }
    : null,
})

/** What would be posted in the chat groups of its villages, as the first of them would show it. */
async function groupGiven(app: App, db: Db, of: Writing): Promise<Given['group']> {
  const { audience, asked, settled, tenant, author } = of
  if (settled.isPrivate || asked.internal || audience.attributes) return null
  const scope = { paths: audience.units.map(unit => unit.path), groups: audience.groups.map(group => group.id) }
  const chats = await chatsFor(db, tenant, scope, today())
  const [first] = chats
  if (!first) return null
  const row = {
    class: asked.class,
    content: contentOf(asked.wording, []),
    author_title: author,
    withdrawn_reason: null,
    local_words: null,
    local_by: null,
    unit_name: first.unit_name,
    unit_kind: first.unit_kind,
  }
  return { groups: chats.length, text: postText(row, 'post', `${app.config.publicUrl}/g/${'x'.repeat(16)}`) }
}

interface Writing {
  tenant: number
  audience: NamedAudience
  asked: Asked
  settled: Settled
  author: string
}

async function draftShown(app: App, db: Db, { tenant, audience, asked, settled, author }: Writing) {
  const { units, groups, attributes } = keep(audience)
  return showDraft(app, db, {
    tenant,
    audience: { units, groups, attributes },
    class: asked.class,
    ask: settled.ask,
    isPrivate: settled.isPrivate,
    content: contentOf(asked.wording, []),
    authorTitle: author,
    endsAt: endsAt(asked.wording),
    lastUsefulAt: lastUseful(asked.wording, now(), await packOf(db, tenant, now())),
  })
}

const nothing: Given = { ways: [], group: null, doors: null, money: null }

/** Nothing is kept, sent or asked of a provider. @throws Problem audience_empty, steps_needed, relay_needs_units */
export async function ways(said: Draft, { app, db, caller }: { app: App; db: Db; caller: Caller }): Promise<Given> {
  const tenant = caller.tenant!
  const audience = await nameAudience(db, caller, said.audience)
  const asked = askedOf(said, audience, caller.post)
  const settled = settle(asked, caller.role)
  if (asked.internal || isAbove(tenant, audience)) return nothing
  const author = caller.post ? await postTitle(db, caller.post) : nobody
  const writing = { tenant, audience, asked, settled, author }
  const { ways: found, doors, money } = await draftShown(app, db, writing)
  return {
    ways: found.map(way => wayGiven(way, caller.language)),
    group: await groupGiven(app, db, writing),
    doors,
    money,
  }
}

// Who a message is for. Runs in a browser.
import * as v from 'valibot'
import { text } from '#core/shapes'

const Word = v.pipe(text(40), v.nonEmpty())
const Words = v.optional(v.pipe(v.array(Word), v.maxLength(20)))

/** Homes with all of what is named: any of the needs, and any of the languages, and any of the kinds of phone. */
export const Attributes = v.object({
  needs: Words,
  /** Languages of listening: `vi`, `tay`, `dao`… */
  languages: Words,
  phoneKinds: v.optional(v.pipe(v.array(v.picklist(['app', 'voice', 'none'])), v.maxLength(3))),
})
export type Attributes = v.InferOutput<typeof Attributes>

/** Do the attributes name anything at all? */
export const hasAttributes = (a: Attributes | undefined): a is Attributes =>
  Boolean(a?.needs?.length ?? 0) || Boolean(a?.languages?.length ?? 0) || Boolean(a?.phoneKinds?.length ?? 0)

/** An attribute that says something about a home's need makes the message private. */
export const isSensitive = (a: Attributes | undefined) => Boolean(a?.needs?.length)

/** The homes of the units, and those of the groups' members; attributes narrow them. Ids as rows keep them. */
export interface Audience {
  units: string[]
  groups: string[]
  attributes: Attributes | undefined
}

// What an officer fills in for an account at a provider. One list makes the form, the check and the guide.
import * as v from 'valibot'

export interface Field {
  name: string
  /** `host` is a name or address that this server connects to; `secret` is kept sealed and never shown again. */
  type: 'text' | 'host' | 'email' | 'whole' | 'secret' | 'choice' | 'flag'
  isOptional?: true
  options?: readonly string[]
  initial?: string | number | boolean
  min?: number
  max?: number
}

export type Settings = Record<string, string | number | boolean>

const Host = v.pipe(v.string(), v.trim(), v.regex(/^[\w.-]+$|^\[[\da-f:]+\]$/i), v.maxLength(253))

function schemaOf({ type, options = [], min = 0, max = 1_000_000 }: Field): v.GenericSchema<unknown, unknown> {
  switch (type) {
    case 'host':
      return Host
    case 'email':
      return v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254))
    case 'whole':
      return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
    case 'flag':
      return v.boolean()
    case 'choice':
      return v.picklist(options)
    case 'secret':
    case 'text':
      return v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(2000))
  }
}

/** Checks what was typed; an empty optional field is absent. Unknown names are refused. */
export const formOf = (fields: readonly Field[]) =>
  v.strictObject(
    Object.fromEntries(
      fields.map(field => [field.name, field.isOptional ? v.optional(schemaOf(field)) : schemaOf(field)]),
    ),
  )

// Everything that may go wrong has one code. Its status stands here or with its module; its wording only in words.*.

/** Codes any part may answer with → HTTP status. */
export const coreProblems = {
  not_json: 400,
  invalid_input: 400,
  bad_cursor: 400,
  sign_in_needed: 401,
  not_allowed: 403,
  not_for_helper: 403,
  cross_site: 403,
  not_found: 404,
  version_conflict: 409,
  key_reused: 409,
  key_in_use: 409,
  gone: 410,
  too_large: 413,
  too_many_requests: 429,
  internal: 500,
  busy: 503,
  disk_full: 507,
  pack_kind: 422,
  pack_wrong: 422,
  pack_past: 422,
  pack_applied: 409,
} as const satisfies Record<string, number>

const statuses = new Map<string, number>(Object.entries(coreProblems))

/** A module brings its own codes; two modules may not give one code two meanings. */
export function addProblems(codes: Readonly<Record<string, number>>) {
  for (const [code, status] of Object.entries(codes)) {
    if ((statuses.get(code) ?? status) !== status) throw new Error(`problem ${code} has two statuses`)
    statuses.set(code, status)
  }
}

export const statusOf = (code: string) => statuses.get(code) ?? 500
export const problemCodes = () => [...statuses.keys()].toSorted()

/** A refusal with a reason that a person can act on. `data` fills the blanks of its sentence and goes out with the answer. */
export class Problem extends Error {
  readonly code: string
  readonly data: Record<string, unknown>
  constructor(code: string, data: Record<string, unknown> = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.data = data
  }
}

const sizeWords = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.floor(bytes / 1000)} KB` : `${Math.floor(bytes / 1_000_000)} MB`

/** @param most in bytes; said as `10 MB` */
export const tooLarge = (most: number) => new Problem('too_large', { most, size: sizeWords(most) })

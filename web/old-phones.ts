// What Chrome 66 and Safari 12 lack of the language's library and screens use; syntax is the bundler's work.
type Any = never

function add(of: object, name: string, value: unknown) {
  if (!(name in of)) Object.defineProperty(of, name, { value, writable: true, configurable: true })
}

const list = Array.prototype
add(list, 'at', function at(this: unknown[], n: number) {
  return this[n < 0 ? this.length + n : n]
})
add(list, 'toSorted', function toSorted(this: unknown[], by: Any) {
  const copy = [...this]
  copy.sort(by)
  return copy
})
add(list, 'toReversed', function toReversed(this: unknown[]) {
  const copy = [...this]
  copy.reverse()
  return copy
})
add(list, 'flat', function flat(this: unknown[]) {
  return ([] as unknown[]).concat(...(this as Any[]))
})
add(list, 'flatMap', function flatMap(this: unknown[], to: Any) {
  return ([] as unknown[]).concat(...this.map(to))
})
add(String.prototype, 'replaceAll', function replaceAll(this: string, what: string | RegExp, by: string) {
  return typeof what === 'string' ? this.split(what).join(by) : this.replace(what, by)
})
add(Object, 'fromEntries', (pairs: Iterable<[string, unknown]>) => {
  const made: Record<string, unknown> = {}
  for (const [name, value] of pairs) made[name] = value
  return made
})
if (typeof globalThis === 'undefined') Object.defineProperty(window, 'globalThis', { value: window })

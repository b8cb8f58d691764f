// Could this word be Vietnamese? Decides between two readings of the same bytes; it never refuses a name by itself.

const tones = /[\u0300\u0301\u0303\u0309\u0323]/g
const shape =
  /^(b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?(uyê|iê|yê|ươ|uô|uâ|oă|oa|oe|uê|uy|uơ|uya|oai|oao|oay|oeo|uay|uây|iêu|yêu|ươi|ươu|uôi|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)(ch|c|m|ng|nh|n|p|t)?$/

/** Without its tone, with the marks of its letters: `Nguyễn` → `nguyên`. */
const untoned = (word: string) => word.toLowerCase().normalize('NFD').replace(tones, '').normalize('NFC')

const toneCount = (word: string) => word.normalize('NFD').match(tones)?.length ?? 0

/** One capital at the head or all capitals, at most one tone, letters in an order that Vietnamese knows. */
const isSyllable = (word: string) =>
  /^(\p{Lu}?\p{Ll}*|\p{Lu}+)$/u.test(word) && toneCount(word) <= 1 && shape.test(untoned(word))

/** The share of a text's words that are syllables, 0 … 1; 1 for a text without words. */
export function syllableShare(text: string): number {
  const words = text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{S}\u00A0-\u00BF]+/u)
    .filter(Boolean)
  return words.length ? words.filter(word => isSyllable(word)).length / words.length : 1
}

// Who opens links without reading them: previews of chats, scanners of mail, prefetching browsers. They are shown the page and prove nothing.

const known =
  /bot\b|bot\/|crawl|spider|slurp|externalhit|facebookcatalog|facebookexternalua|facebot|meta-external|whatsapp|telegram|slack|discord|skype|viber|linkedin|twitter|pinterest|embedly|preview|zalobot|zalo-?(?:crawler|preview|share|og)|googleimageproxy|proxy|scan|safelinks|barracuda|mimecast|proofpoint|headless|lighthouse|curl|wget|python|java\/|go-http|okhttp|axios|node|undici|libwww|httpclient|fetch/i

/** A browser of a person names its machine: a request that names none is nobody's. */
const machine = /Mozilla\/5\.0 \([^)]*(?:Android|iPhone|iPad|iPod|Windows|Macintosh|X11|Linux|KAIOS|Tizen)/i

/** Does a person's browser ask for this picture while it shows our page? */
export function isReader(method: string, headers: Headers): boolean {
  if (method !== 'GET') return false
  const agent = headers.get('user-agent') ?? ''
  if (known.test(agent) || !machine.test(agent)) return false
  if (headers.get('purpose') ?? headers.get('sec-purpose') ?? headers.get('x-purpose') ?? headers.get('x-moz'))
    return false
  const site = headers.get('sec-fetch-site')
  const what = headers.get('sec-fetch-dest')
  // Browsers that say so say that our own page asks for a picture; old ones say nothing.
  return (!site || site === 'same-origin') && (!what || what === 'image')
}

// Ready words leave for another app: copied, then shared or pasted by the person. No programme posts in a group by itself.

/** The old way, where a page may not touch the clipboard. */
function copyByHand(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'sr'
  // Inside an open dialog only what is in it can be selected.
  const around = document.querySelector('dialog[open]') ?? document.body
  around.append(field)
  field.select()
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- old WebViews have nothing else
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
  }
}

/** @returns whether the words are on the clipboard now */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByHand(text)
  }
}

/** A phone that hands things on to another app; of a desk's sheet nobody posts. */
export const canShare = () =>
  typeof (navigator as Partial<Navigator>).share === 'function' && matchMedia('(pointer: coarse)').matches

/** @returns false where the phone could not; a person who closes the sheet has decided, and that is no failure */
export async function share(text: string, picture: File | undefined): Promise<boolean> {
  const whole = picture ? { text, files: [picture] } : { text }
  try {
    await navigator.share(picture && !navigator.canShare(whole) ? { text } : whole)
    return true
  } catch (error) {
    return (error as Error).name === 'AbortError'
  }
}

/** The picture, fetched before it is needed: a tap lasts only a few seconds. */
export async function fetchPicture(address: string, name: string): Promise<File | undefined> {
  try {
    const answer = await fetch(address)
    const blob = answer.ok ? await answer.blob() : undefined
    return blob && new File([blob], name, { type: blob.type })
  } catch {
    return undefined
  }
}

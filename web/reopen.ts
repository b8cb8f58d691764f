const mark = 'loa.reopened'

/** The worker of the new version has taken over, or it takes too long: until then a reload only opens the old shell again. */
async function newestWorker() {
  const registration = await navigator.serviceWorker?.getRegistration()
  await registration?.update()
  const coming = registration?.installing ?? registration?.waiting
  if (!coming) return
  await new Promise<void>(done => {
    setTimeout(done, 8000)
    coming.addEventListener('statechange', () => coming.state === 'activated' && done())
  })
}

/** After a new version the old files are gone from the server: the page is opened anew, once. */
export async function orReopen<T>(load: () => Promise<T>): Promise<T> {
  try {
    const found = await load()
    sessionStorage.removeItem(mark)
    return found
  } catch (error) {
    if (!navigator.onLine || sessionStorage.getItem(mark)) throw error
    sessionStorage.setItem(mark, 'yes')
    await newestWorker().catch(() => {})
    window.location.reload()
    return new Promise(() => {})
  }
}

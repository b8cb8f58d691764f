/** Runs one piece of work; a second one, begun while the first runs, is dropped: a finger taps twice before a screen is drawn anew. */
export function oneAtATime() {
  let isRunning = false
  return async (work: () => unknown): Promise<void> => {
    if (isRunning) return
    isRunning = true
    try {
      await work()
    } finally {
      isRunning = false
    }
  }
}

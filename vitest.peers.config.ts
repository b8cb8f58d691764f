import { defineConfig } from 'vitest/config'

// Channels against programs that are not ours: each must be installed, a missing one is a failure.
export default defineConfig({
  test: {
    include: ['modules/**/*.peer.ts'],
    globalSetup: ['testing/global-setup.ts'],
    reporters: ['default', './testing/closing-line.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['e2e/server.ts'],
    reporters: ['default', './testing/closing-line.ts'],
    // Each file has a commune of its own.
    maxWorkers: 2,
    // Screens of the sweep that are looked at side by side: a page waits for the network most of its time.
    maxConcurrency: 3,
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})

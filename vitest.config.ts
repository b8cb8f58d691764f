import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules/**', 'dist/**', 'e2e/**', '.data/**'],
    globalSetup: ['testing/global-setup.ts'],
    setupFiles: ['testing/properties.ts'],
    reporters: ['default', './testing/closing-line.ts'],
    isolate: false,
    silent: 'passed-only',
    // Tests wait for PostgreSQL most of their time: more of them than cores.
    maxWorkers: 4,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})

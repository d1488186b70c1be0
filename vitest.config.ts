import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

const shared = {
  environment: 'node' as const,
  pool: 'forks' as const,
  setupFiles: ['tests/support/strict-console.ts'],
  env: { MOLIAN_LOG_LEVEL: 'silent' },
}

// What runs real models and browsers has the machine to itself, after everything quick has passed its turn.
const heavy = ['tests/gpu-worker/**/*.test.ts', 'tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts']

export default defineConfig({
  resolve: { alias: { '@': root } },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    globalSetup: ['tests/support/shared-services.ts'],
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'quick',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: heavy,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'heavy',
          include: heavy,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

import { build } from 'esbuild'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '@/bin/commands.mjs'
import { checkout } from '@/bin/home.mjs'

describe('commands that need the npm packages only', () => {
  it.each(['config', 'inspect', 'check'] as const)('%s reaches no database client, no queue and no model', async (name) => {
    expect(commands[name].steps).toHaveLength(1)
    const { metafile } = await build({
      entryPoints: [join(checkout, 'bin/commands', `${name}.ts`)],
      absWorkingDir: checkout,
      bundle: true,
      write: false,
      metafile: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    })
    const files = Object.keys(metafile.inputs)
    expect(files.filter((file) => /^lib\/(generated|db|queue|llm|models)\b|^gpu-worker\//.test(file))).toEqual([])
    expect(files.length).toBeGreaterThan(3)
  })
})

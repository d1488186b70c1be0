#!/usr/bin/env node
const [command, ...args] = process.argv.slice(2)
if (command === 'migration') {
  const { migration } = await import('./commands/migration.mjs')
  process.exitCode = await migration(args)
}

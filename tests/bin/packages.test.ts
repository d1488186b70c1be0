import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { arePackagesThere } from '@/bin/setup/packages.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

type Locked = Record<string, { version: string; optional?: boolean }>

function checkoutWith(wanted: Locked, installed: Locked | null) {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify({ packages: { '': { version: '1.0.0' }, ...wanted } }))
  mkdirSync(join(directory, 'node_modules'))
  if (installed) writeFileSync(join(directory, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
  return directory
}

it('knows whether what is installed is what the lock asks for', () => {
  const wanted = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } }
  expect(arePackagesThere(checkoutWith(wanted, { 'node_modules/a': { version: '1.0.0' } }))).toBe(true)
  expect(arePackagesThere(checkoutWith(wanted, { 'node_modules/a': { version: '0.9.0' } }))).toBe(false)
  expect(arePackagesThere(checkoutWith(wanted, {}))).toBe(false)
  expect(arePackagesThere(checkoutWith(wanted, null))).toBe(false)
})

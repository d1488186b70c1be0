import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { countedByPytest, countedByVitest } from '@/bin/checks/counted.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

function report(content: string) {
  const file = join(temporaryDirectory(), 'report')
  writeFileSync(file, content)
  return file
}

const loaded = { status: 'passed', assertionResults: [{}] }

it('counts the tests of vitest, and a file that could not be loaded as one failure', () => {
  const file = report(JSON.stringify({ numPassedTests: 5, numFailedTests: 1, testResults: [loaded, { status: 'failed', assertionResults: [] }] }))
  expect(countedByVitest(file, 1)).toEqual({ passed: 5, failed: 2 })
})

it('counts the tests of pytest, errors as failures, skipped ones not at all', () => {
  const file = report('<?xml version="1.0"?><testsuites><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10" time="1.5">')
  expect(countedByPytest(file, 1)).toEqual({ passed: 6, failed: 3 })
})

it('never takes a missing report, or an exit code without failures, for success', () => {
  const missing = join(temporaryDirectory(), 'none')
  expect(countedByVitest(missing, 0)).toEqual({ passed: 0, failed: 1 })
  expect(countedByPytest(missing, 0)).toEqual({ passed: 0, failed: 1 })
  const clean = report(JSON.stringify({ numPassedTests: 5, numFailedTests: 0, testResults: [loaded] }))
  expect(countedByVitest(clean, 1)).toEqual({ passed: 5, failed: 1 })
  expect(countedByVitest(clean, 0)).toEqual({ passed: 5, failed: 0 })
})

import { existsSync, readFileSync } from 'node:fs'

/**
 * What a run of vitest counted, from its JSON report. A file that could not even be loaded, or a run that
 * went wrong outside of any test, is one failure: a report that is missing must never read as success.
 */
export function countedByVitest(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  return withExitCode({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }, exitCode)
}

/** What a run of pytest counted, from its JUnit report; an error in a fixture is a failure. */
export function countedByPytest(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 }
  const suite = readFileSync(reportFile, 'utf8').match(/<testsuite [^>]*>/)?.[0] ?? ''
  const number = (name) => Number(suite.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0)
  const failed = number('failures') + number('errors')
  return withExitCode({ passed: Math.max(0, number('tests') - failed - number('skipped')), failed }, exitCode)
}

function withExitCode({ passed, failed }, exitCode) {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

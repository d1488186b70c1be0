import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '@/bin/home.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

function molian(args: string[], env: Record<string, string> = {}) {
  return run([join(checkout, 'bin/molian.mjs'), ...args], env)
}

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  })
  return { status, stdout, stderr }
}

describe('molian', () => {
  it('lists its commands, in the language of the terminal', () => {
    const english = molian(['--help'])
    expect(english.status).toBe(0)
    for (const command of ['demo', 'start', 'run', 'config', 'inspect', 'check', 'doctor', 'bench', 'test']) {
      expect(english.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    }
    expect(molian(['--help'], { LANG: 'zh_CN.UTF-8' }).stdout).toContain('启动工作室')
  })

  it('says its version', () => {
    expect(molian(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it('without a command shows the help and is a mistake', () => {
    expect(molian([])).toMatchObject({ status: 2, stdout: expect.stringContaining('Usage: molian') })
  })

  it('names an unknown command and those there are', () => {
    const { status, stderr } = molian(['strat'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/^There is no command strat\. The commands are: demo, start, .*\.\n$/)
  })

  it('takes no object property for a command', () => {
    expect(molian(['constructor']).status).toBe(2)
  })

  it('refuses an unknown option before it sets up or starts anything', () => {
    expect(molian(['start', '--prot=1'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--prot=1'), stdout: '' })
    expect(molian(['doctor', '--jsno'])).toMatchObject({ status: 2, stderr: expect.stringContaining('it has --json') })
  })

  it('runs in a checkout where nothing is installed yet', () => {
    const bare = temporaryDirectory()
    for (const path of ['bin', 'gpu-worker/python', 'package.json', 'package-lock.json', 'prisma']) {
      cpSync(join(checkout, path), join(bare, path), { recursive: true })
    }
    const bareMolian = (args: string[]) => run([join(bare, 'bin/molian.mjs'), ...args], { MOLIAN_HOME: join(bare, 'home') })
    expect(bareMolian(['--help']).status).toBe(0)
    const { stdout, stderr } = bareMolian(['doctor'])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/npm packages: not set up yet/)
  })

  it('keeps the exit code of what it runs, and 128 + n after a signal', () => {
    const through = (code: string) => {
      const module = new URL('../../bin/run-program.mjs', import.meta.url).href
      const script = `const { runHere } = await import('${module}'); process.exitCode = await runHere(process.execPath, ['-e', ${JSON.stringify(code)}])`
      return run(['--input-type=module', '-e', script]).status
    }
    expect(through('process.exit(0)')).toBe(0)
    expect(through('process.exit(7)')).toBe(7)
    expect(through('process.kill(process.pid, "SIGKILL")')).toBe(137)
  })
})

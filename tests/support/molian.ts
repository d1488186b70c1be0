import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { checkout } from '@/bin/home.mjs'

export type Outcome = { status: number; stdout: string; stderr: string }

/** Runs `molian …` as a person would, in a process of its own and with an environment of its own. */
export function molian(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  return program(process.execPath, [join(checkout, 'bin/molian.mjs'), ...args], environment)
}

/** The TypeScript program behind a command, without the set-up that comes before it. */
export function command(name: string, args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  return program(process.execPath, ['--import', 'tsx', join(checkout, 'bin/commands', `${name}.ts`), ...args], environment)
}

function program(file: string, args: string[], environment: Record<string, string>): Promise<Outcome> {
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, HOME: process.env.HOME, MOLIAN_LANG: 'en', ...environment }
  return new Promise((resolve) => {
    execFile(file, args, { cwd: checkout, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ status: error ? (typeof error.code === 'number' ? error.code : -1) : 0, stdout, stderr })
    })
  })
}

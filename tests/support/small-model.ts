import { execFile } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

/** The tests' own model (see test_model.py), made once a run: two layers, random weights, real to TRL and vLLM. */
export async function smallModel(): Promise<string> {
  const directory = join(inject('servicesDirectory'), 'small-model')
  if (existsSync(directory)) return directory
  const half = `${directory}.${process.pid}`
  const python = process.env.MOLIAN_PYTHON_BIN ?? resolve('.venv/bin/python')
  await promisify(execFile)(python, [resolve('tests/support/test_model.py'), half], { env: { PATH: process.env.PATH, HF_HUB_OFFLINE: '1', NODE_ENV: 'test' } })
  renameSync(half, directory)
  return directory
}

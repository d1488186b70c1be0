import { execFile } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

/** The tests' own model (see test_model.py), made once a run: two layers, random weights, real to TRL and vLLM. */
export async function smallModel(): Promise<string> {
  return madeOnce('small-model', 'test_model.py')
}

/** The same model after some seconds of teaching (see taught_model.py): its answers pass the checks often enough for the whole job. */
export async function taughtModel(): Promise<string> {
  return madeOnce('taught-model', 'taught_model.py')
}

async function madeOnce(name: string, script: string): Promise<string> {
  const directory = join(inject('servicesDirectory'), name)
  if (existsSync(directory)) return directory
  const half = `${directory}.${process.pid}`
  const python = process.env.MOLIAN_PYTHON_BIN ?? resolve('.venv/bin/python')
  await promisify(execFile)(python, [resolve('tests/support', script), half], { env: { PATH: process.env.PATH, HF_HUB_OFFLINE: '1', NODE_ENV: 'test' } })
  try {
    renameSync(half, directory)
  } catch (error) {
    // Another test file was quicker: the model is the same.
    if (!existsSync(directory)) throw error
    rmSync(half, { recursive: true })
  }
  return directory
}

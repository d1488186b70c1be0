import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { measurementSchema, type Measurement } from '@/bench/support/measurement'
import { runAlone } from '@/bench/support/run-alone'
import { thisDevice } from '@/gpu-worker/device'
import { allocator, trainerSettings } from '@/gpu-worker/stages/train-adapter/trainer-settings'
import { homeDirectory } from '@/lib/env'
import { presets } from '@/lib/settings/presets'

export const needs = ['python', 'model']

const checkout = path.resolve(import.meta.dirname, '..')

/**
 * The trainer against a plain transformers Trainer with the baseline's settings, non-pad tokens a second, on the starter
 * model with its whole vocabulary (made at first use) or the folder in MOLIAN_BENCH_MODEL. What is measured and how:
 * bench/python/training.py. Both sides get what the worker gives a run: its settings' spelling, and its environment.
 * MOLIAN_BENCH_STEPS: so many optimizer steps instead of those that a figure takes, to see that it works.
 */
export async function measure(): Promise<Measurement> {
  const model = process.env.MOLIAN_BENCH_MODEL ?? path.join(homeDirectory(), 'models', 'starter-full')
  const python = process.env.MOLIAN_PYTHON_BIN ?? path.join(checkout, '.venv', 'bin', 'python')
  const settings = { ...trainerSettings({ ...presets.kuwen.training, gradientCheckpointing: 'off' }, await thisDevice()), ...runAlone }
  const few = process.env.MOLIAN_BENCH_STEPS
  const steps = few ? ['--steps', few, '--loss-steps', few] : []
  const { stdout } = await promisify(execFile)(python, [path.join(checkout, 'bench/python/training.py'), '--model', model, '--settings', JSON.stringify(settings), ...steps], {
    env: { ...process.env, ...allocator, HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false' },
    maxBuffer: 16 * 1024 * 1024,
  })
  return measurementSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

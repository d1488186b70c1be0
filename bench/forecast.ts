import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { z } from 'zod'
import { type ForecastCase, forecastCases } from '@/bench/support/forecast-cases'
import { leastSquares } from '@/bench/support/least-squares'
import type { Measurement } from '@/bench/support/measurement'
import { runAlone } from '@/bench/support/run-alone'
import { allocator, trainerSettings } from '@/gpu-worker/stages/train-adapter/trainer-settings'
import { homeDirectory } from '@/lib/env'
import type { Architecture } from '@/lib/forecast/architecture'
import { forecastMemory, memoryTerms } from '@/lib/forecast/memory'
import type { ForecastOrder } from '@/lib/forecast/order'
import { readArchitecture } from '@/lib/forecast/read-architecture'
import type { ResolvedSettings } from '@/lib/forecast/resolved'
import { presets } from '@/lib/settings/presets'
import type { TrainingSettings } from '@/lib/settings/training'

export const needs = ['python', 'model']

const checkout = path.resolve(import.meta.dirname, '..')
/** The most that a forecast may differ from what was measured, of runs that it was not fitted on, in per cent. */
const allowed = 15
const answer = z.object({ name: z.string(), peak_bytes: z.number() })

/**
 * The forecast of memory against the peak that the kernel counted of training processes: the largest difference among
 * those that calibration.ts was not fitted on, in per cent, against the most that is allowed. Prints the table, and what
 * a new fit would set. MOLIAN_BENCH_CASES, a pattern of names and of fit or check, measures some alone.
 */
export async function measure(): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'molian-bench-forecast-'))
  try {
    const models = await modelFolders(folder)
    const asked = new RegExp(process.env.MOLIAN_BENCH_CASES ?? '')
    const cases = forecastCases.filter(({ name, model, use }) => asked.test(`${name} ${use}`) && existsSync(models[model]))
    const peaks = await measured(cases, models)
    const rows = await Promise.all(cases.map(async (each) => ({ ...each, peak: peaks.get(each.name) ?? NaN, order: orderOf(each, await architectureOf(models[each.model])) })))
    console.error(`${'configuration'.padEnd(34)}${'forecast'.padStart(10)}${'measured'.padStart(10)}${'difference'.padStart(12)}`)
    const differences = rows.map(({ name, use, peak, order }) => {
      const { total } = forecastMemory(order)
      const difference = 100 * (total / peak - 1)
      console.error(`${`${name} (${use})`.padEnd(34)}${gigabytes(total).padStart(10)}${gigabytes(peak).padStart(10)}${`${difference.toFixed(1)} %`.padStart(12)}`)
      return { use, difference: Math.abs(difference) }
    })
    const worst = (use: ForecastCase['use']) => Math.max(0, ...differences.filter((each) => each.use === use).map(({ difference }) => difference))
    const fit = fitted(rows.filter(({ use }) => use === 'fit'))
    console.error(`A new fit: ${JSON.stringify(fit)}`)
    return { ours: worst('check'), baseline: allowed, ratio: allowed / worst('check'), unit: '% off', worstFittedPercent: worst('fit'), cases: rows.length, ...fit }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function modelFolders(folder: string): Promise<Record<ForecastCase['model'], string>> {
  const tiny = path.join(folder, 'tiny')
  await promisify(execFile)(python(), [path.join(checkout, 'tests/support/test_model.py'), tiny], { env: { ...process.env, HF_HUB_OFFLINE: '1' } })
  const models = path.join(homeDirectory(), 'models')
  return { tiny, starter: path.join(models, 'starter'), full: process.env.MOLIAN_BENCH_MODEL ?? path.join(models, 'starter-full') }
}

async function measured(cases: readonly ForecastCase[], models: Record<ForecastCase['model'], string>): Promise<Map<string, number>> {
  const child = spawn(python(), [path.join(checkout, 'bench/python/peak_memory.py')], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...allocator, HF_HUB_OFFLINE: '1' } })
  for (const { name, model, settings } of cases) {
    const trainer = trainerSettings(settingsOf(settings), { kind: 'cpu', cores: cpus().map((_, index) => index) })
    child.stdin.write(`${JSON.stringify({ name, model: models[model], settings: { ...trainer, ...runAlone } })}\n`)
  }
  child.stdin.end()
  const peaks = new Map<string, number>()
  for await (const line of createInterface(child.stdout)) {
    const { name, peak_bytes: peak } = answer.parse(JSON.parse(line))
    console.error(`· ${name}: ${gigabytes(peak)}`)
    peaks.set(name, peak)
  }
  return peaks
}

function settingsOf(changes: Partial<TrainingSettings>): TrainingSettings & ResolvedSettings {
  const settings = { ...presets.starter.training, accumulation: 1, dropout: 0, precision: 'float32' as const, samples: 0, epochs: 1, adapterFrom: 'last' as const, keepCheckpoints: 1, ...changes }
  return { ...settings, gradientCheckpointing: changes.gradientCheckpointing === 'on' ? 'on' : 'off' }
}

function orderOf({ settings }: ForecastCase, model: Architecture): ForecastOrder {
  const whole = settingsOf(settings)
  return {
    model,
    settings: whole,
    device: { kind: 'cpu', label: '', places: whole.devices, bytes: 0, freeBytes: 0, hasNativeBfloat16: false, hasBitsandbytes: false },
    lengths: { sample: [], longest: Infinity, trainingPairs: 2 * whole.batchSize, validationPairs: 0, counted: true },
  }
}

async function architectureOf(folder: string): Promise<Architecture> {
  const model = await readArchitecture(folder)
  if (!model) throw new Error(`The forecast does not understand ${folder}`)
  return model
}

/** The calibration that these measurements would give. */
function fitted(rows: readonly { order: ForecastOrder; peak: number }[]): Record<string, number> {
  const terms = rows.map(({ order }) => memoryTerms(order))
  const fixed = terms.map(({ weights, adapter, optimiser, logits }) => weights + adapter + optimiser + logits)
  const [process = 0, float32 = 0, half = 0] = leastSquares(
    terms.map(({ saved, reckoned: { precision } }) => [1e9, precision === 'float32' ? saved : 0, precision === 'float32' ? 0 : saved]),
    rows.map(({ peak }, index) => peak - (fixed[index] ?? 0)),
  )
  return { process: Math.round(process * 1000) * 1e6, float32, half }
}

function python(): string {
  return process.env.MOLIAN_PYTHON_BIN ?? path.join(checkout, '.venv', 'bin', 'python')
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`
}

import { forecastMemory } from '@/lib/forecast/memory'
import type { ForecastOrder, ForecastSettings } from '@/lib/forecast/order'
import { fits, resolved } from '@/lib/forecast/resolved'

export type Change =
  | { name: 'batchSize' | 'accumulation' | 'maxLength' | 'rank' | 'devices'; value: number }
  | { name: 'gradientCheckpointing'; value: 'auto' }
  | { name: 'fitBatch'; value: boolean }
  | { name: 'precision'; value: 'bfloat16' }
  | { name: 'method'; value: 'lora' | 'qlora' }

/** Changes that together make a run fit, and what it takes then. */
export type Advice = { changes: Change[]; total: number }

type Step = (settings: ForecastSettings, order: ForecastOrder) => Change[]

/** What costs the least first: time, then numbers' precision, then what is learned. */
const steps: readonly Step[] = [
  (settings) => (settings.gradientCheckpointing === 'off' ? [{ name: 'gradientCheckpointing', value: 'auto' }] : []),
  ({ batchSize, accumulation, fitBatch, packing }) =>
    fitBatch || packing || batchSize === 1 ? [] : batchSize * accumulation <= 1024 ? [{ name: 'batchSize', value: 1 }, { name: 'accumulation', value: batchSize * accumulation }] : [{ name: 'batchSize', value: 1 }],
  ({ devices }, { device }) => (device.kind === 'cpu' && devices > 1 ? [{ name: 'devices', value: 1 }] : []),
  ({ precision }, { device }) => (precision === 'float32' && device.hasNativeBfloat16 ? [{ name: 'precision', value: 'bfloat16' }] : []),
  ({ method }) => (method === 'dora' ? [{ name: 'method', value: 'lora' }] : []),
  ({ method }, { device }) => (method !== 'qlora' && device.kind === 'cuda' && device.hasBitsandbytes ? [{ name: 'method', value: 'qlora' }] : []),
  (settings, order) => shorter(settings, order),
  ({ rank }) => (rank > 8 ? [{ name: 'rank', value: 8 }] : []),
]

/** The fewest changes, cheapest first, with which the run would fit; null where no setting helps: the model is too large. */
export function adviceFor(order: ForecastOrder): Advice | null {
  const single = steps.map((step) => step(order.settings, order)).find((changes) => changes.length > 0 && works(order, changes))
  if (single) return advised(order, largestBatch(order, single))
  let changes: Change[] = []
  for (const step of steps) {
    const more = step(changed(order.settings, changes), { ...order, settings: changed(order.settings, changes) })
    changes = [...changes, ...more]
    if (more.length > 0 && works(order, changes)) return advised(order, changes)
  }
  return null
}

/** The settings with these changes made. */
export function changed(settings: ForecastSettings, changes: readonly Change[]): ForecastSettings {
  return changes.reduce<ForecastSettings>((all, change) => ({ ...all, [change.name]: change.value }), settings)
}

function works(order: ForecastOrder, changes: readonly Change[]): boolean {
  const tried = { ...order, settings: changed(order.settings, changes) }
  return fits({ ...tried, settings: resolved(tried) })
}

function advised(order: ForecastOrder, changes: Change[]): Advice {
  const tried = { ...order, settings: changed(order.settings, changes) }
  return { changes, total: forecastMemory({ ...tried, settings: resolved(tried) }).total }
}

/** Where a pass of one pair fits, perhaps one of more does. */
function largestBatch(order: ForecastOrder, changes: Change[]): Change[] {
  if (changes[0]?.name !== 'batchSize') return changes
  const { batchSize, accumulation } = order.settings
  const product = batchSize * accumulation
  for (let size = batchSize - 1; size > 1; size--) {
    if (product % size !== 0 || product / size > 1024) continue
    const tried: Change[] = [{ name: 'batchSize', value: size }, { name: 'accumulation', value: product / size }]
    if (works(order, tried)) return tried
  }
  return changes
}

/** The longest maximum length, in steps of 64 tokens, with which the run fits; the shortest there is where none does. */
function shorter(settings: ForecastSettings, order: ForecastOrder): Change[] {
  const longest = Math.min(settings.maxLength, settings.packing ? settings.maxLength : order.lengths.longest)
  for (let length = Math.floor((longest - 1) / 64) * 64; length > 64; length -= 64) {
    if (works({ ...order, settings }, [{ name: 'maxLength', value: length }])) return [{ name: 'maxLength', value: length }]
  }
  return settings.maxLength > 64 ? [{ name: 'maxLength', value: 64 }] : []
}

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { EngineRow } from '@/gpu-worker/engine/engine-row'
import { db } from '@/lib/db'
import { engineRowLife } from '@/lib/stages/engine/engine-row'
import { listEngines } from '@/lib/stages/engine/engines'
import { useStudio } from '@/tests/support/studio'

useStudio()
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

const model = { modelDirectory: '/models/a', servedName: '夜航', sha256: 'a'.repeat(64), context: 4096, adapterRank: 0, tensorParallel: 1, dataParallel: 1, deaths: 0 }
const shown = async () => (await listEngines())[0]?.shown
/** As if nothing had been said of it for so long. */
const silence = () => db().engine.updateMany({ data: { seenAt: new Date(Date.now() - engineRowLife.silentMs - 1000) } })

it('an engine that starts for minutes, or is too busy to answer, is not lost: its worker says that it is there, until it has ended', async () => {
  const row = await EngineRow.open({ device: 'host/cpu', owner: 'host:1:1', runId: randomUUID(), ...model })
  await silence()
  expect(await shown()).toBe('lost')
  vi.advanceTimersByTime(engineRowLife.beatMs)
  await expect.poll(shown).toBe('starting')
  row.tell({ state: 'ready' })
  row.hasStarted()
  await expect.poll(shown).toBe('ready')
  await silence()
  vi.advanceTimersByTime(engineRowLife.beatMs)
  await expect.poll(shown).toBe('ready')
  await row.close()
  expect(vi.getTimerCount()).toBe(0)
})

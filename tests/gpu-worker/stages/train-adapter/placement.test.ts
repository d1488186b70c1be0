import { describe, expect, test } from 'vitest'
import { placementOf } from '@/gpu-worker/stages/train-adapter/placement'
import { useStudio } from '@/tests/support/studio'

useStudio()
const cpu = { kind: 'cpu', gpus: 0, cores: [0, 1, 2, 3] } as const
const gpus = { kind: 'cuda', gpus: 2, cores: [0] } as const
const said: string[] = []
const attempt = { log: (_: string, text: string) => void said.push(text) }

describe('where the processes of a run are', () => {
  test.each([
    ['one device is one process', { devices: 1, machines: 1 }, { ...cpu, cores: [...cpu.cores] }, 1],
    ['several on a CPU', { devices: 3, machines: 1 }, { ...cpu, cores: [...cpu.cores] }, 3],
    ['no more than there are cores', { devices: 8, machines: 1 }, { ...cpu, cores: [...cpu.cores] }, 4],
    ['no more than there are GPUs', { devices: 8, machines: 1 }, { ...gpus, cores: [...gpus.cores] }, 2],
  ] as const)('%s', (_, settings, device, processes) => {
    said.length = 0
    expect(placementOf(settings, { ...device, cores: [...device.cores] }, attempt)).toEqual({ processes, machines: 1, main_address: '', main_port: 0 })
    expect(said).toHaveLength(processes < settings.devices ? 1 : 0)
  })

  test('several machines need an address to meet at', () => {
    expect(() => placementOf({ devices: 1, machines: 2 }, { ...gpus, cores: [...gpus.cores] }, attempt)).toThrow(expect.objectContaining({ code: 'training.no-main-address', params: { machines: 2 } }))
  })
})

import { describe, expect, it } from 'vitest'
import { isFound } from '@/lib/stages/training/run-search'
import { quickTraining } from '@/tests/support/frozen-dataset'

const run = {
  ordinal: 12,
  name: '雪夜 Careful',
  tags: ['baseline', '鲁迅'],
  note: '学得太快，\n下次慢些',
  model: 'Qwen2-1.5B-Instruct',
  dataset: { ordinal: 3, name: 'modern only' },
  settings: quickTraining('tiny', { method: 'dora', rank: 16, learningRate: 5e-5, gradientCheckpointing: 'off' }),
}
const labels = new Map([['秩r', 'rank' as const]])

describe('a search for a run', () => {
  it.each(['', '雪夜', 'careful', 'CAREFUL 鲁迅', 'baseline', '太快', 'qwen2', '#12', 'v3', 'modern', 'dora', 'rank=16', 'r=16', 'RANK:16', '秩r=16', 'lr<1e-4', 'learningrate=5e-5', 'learningRate<=0.00005', 'rank>8', 'rank>=16', 'method=dora', 'maxLength=512', '雪夜 rank=16 lr>1e-6'])(
    'finds it by “%s”',
    (search) => expect(isFound(run, search, labels)).toBe(true),
  )
  it.each(['春天', 'careful 春天', 'rank=8', 'rank<16', 'lr>1e-4', 'method=lora', 'method<dora', 'rank=many', 'nosuch=3', '#13', 'rank>'])('does not by “%s”', (search) => expect(isFound(run, search, labels)).toBe(false))

  it('finds a run whose settings are of another time by its words', () => {
    const old = { ...run, settings: { rank: 16 } }
    expect([isFound(old, '雪夜'), isFound(old, 'rank=16'), isFound(old, 'dora')]).toEqual([true, false, false])
  })
})

import { describe, expect, it } from 'vitest'
import { readConfig } from '@/lib/settings/config-file'
import { presets } from '@/lib/settings/presets'
import { command, molian } from '@/tests/support/molian'

describe('molian config', () => {
  it('prints the starter preset, which can be given back as it is', async () => {
    const { status, stdout, stderr } = await molian(['config'])
    expect([status, stderr]).toEqual([0, ''])
    expect(readConfig(stdout, 'c', presets.kuwen, 'en')).toEqual(presets.starter)
    expect(stdout).toContain('// Peak learning rate.')
  })

  it('prints another preset, with its comments in the terminal’s language', async () => {
    const { status, stdout } = await command('config', ['--preset', 'kuwen'], { MOLIAN_LANG: 'zh-CN' })
    expect(status).toBe(0)
    expect(readConfig(stdout, 'c', presets.starter, 'en')).toEqual(presets.kuwen)
    expect(stdout).toContain('// 学习率峰值。')
  })

  it('names the presets there are', async () => {
    const { status, stdout, stderr } = await command('config', ['--preset', 'best'])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/best.*starter, kuwen/)
  })
})

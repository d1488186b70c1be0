import { expect, it } from 'vitest'
import { presetSettings } from '@/bin/whole-job/preset-option'
import { db } from '@/lib/db'
import { presets } from '@/lib/settings/presets'
import { deleteOwnPreset, findOwnPreset, listOwnPresets, renameOwnPreset, replaceOwnPreset, saveOwnPreset } from '@/lib/stages/training/presets'
import { useStudio } from '@/tests/support/studio'

useStudio()
const mine = { ...presets.starter.training, rank: 24 }

it('keeps settings under a name, renames, replaces and forgets them', async () => {
  await saveOwnPreset(' 夜里跑 ', mine)
  const [kept] = await listOwnPresets()
  expect(kept).toMatchObject({ name: '夜里跑', settings: mine })
  const id = kept?.id ?? ''
  await renameOwnPreset(id, '白天跑')
  await replaceOwnPreset(id, { ...mine, rank: 4 })
  expect(await findOwnPreset('夜里跑')).toBeNull()
  expect(await findOwnPreset('白天跑')).toMatchObject({ settings: { rank: 4 } })
  await deleteOwnPreset(id)
  expect(await listOwnPresets()).toEqual([])
  await expect(renameOwnPreset(id, '没有了')).rejects.toMatchObject({ code: 'run.missing' })
  await expect(replaceOwnPreset(id, mine)).rejects.toMatchObject({ code: 'run.missing' })
})

it('gives a name once, and none of those that come with Molian', async () => {
  await saveOwnPreset('甲', mine)
  await saveOwnPreset('乙', mine)
  const second = await findOwnPreset('乙')
  await expect(saveOwnPreset('甲', mine)).rejects.toMatchObject({ code: 'preset.taken' })
  await expect(renameOwnPreset(second?.id ?? '', '甲')).rejects.toMatchObject({ code: 'preset.taken' })
  await expect(saveOwnPreset('kuwen', mine)).rejects.toMatchObject({ code: 'preset.taken' })
  await expect(saveOwnPreset('丙', { ...mine, rank: 0 })).rejects.toMatchObject({ code: 'training.bad-setting' })
})

it('is what --preset names: around it the other stages', async () => {
  await saveOwnPreset('quiet', mine)
  await saveOwnPreset('big', { ...mine, baseModel: 'Qwen2-1.5B-Instruct' })
  expect(await presetSettings('quiet')).toEqual({ ...presets.starter, training: mine })
  expect(await presetSettings('big')).toMatchObject({ passages: presets.kuwen.passages, training: { rank: 24 } })
  expect(await presetSettings('careful')).toEqual(presets.careful)
  await expect(presetSettings('best')).rejects.toMatchObject({ code: 'preset.unknown', params: { known: expect.stringContaining('quiet') } })
})

it('that this version cannot read is left out of the list, and refused by name', async () => {
  await db().trainingPreset.create({ data: { name: 'old', settings: { ...mine, rank: 'eight' } } })
  expect((await listOwnPresets()).map(({ name }) => name)).not.toContain('old')
  await expect(findOwnPreset('old')).rejects.toMatchObject({ code: 'training.bad-setting', params: { field: 'rank' } })
})

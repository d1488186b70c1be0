import type { Beginning, PresetEntry } from '@/app/projects/[projectId]/premises/_components/premise-form'
import { getTranslator } from '@/app/_i18n/server'
import type { WriterValue } from '@/app/_writer/writer-choice'
import type { PromptVersion } from '@/lib/generated/prisma/client'
import { presets, stagePresetNames } from '@/lib/settings/presets'
import { type PremiseRunWithJob, premiseRunSettings } from '@/lib/stages/premises/premises'
import { promptWordsOf } from '@/lib/stages/prompts/prompts'

/** What the form begins with: the chosen prompt version and the settings of the last run, else the starter preset. */
export function beginningOf(version: PromptVersion | undefined, last: PremiseRunWithJob | undefined): Beginning {
  const preset = presets.starter.premises
  const settings = premiseRunSettings.safeParse(last?.settings)
  return {
    prompt: version ? promptWordsOf(version) : preset.prompt,
    sampling: { ...off, ...(settings.success ? settings.data.sampling : preset.sampling) },
    writer: last ? writerOf(last) : {},
  }
}

/** What a run has only where it says so. */
const off = { jsonOutput: false, scoring: false }

export async function presetEntries(): Promise<PresetEntry[]> {
  const t = await getTranslator('premises')
  return stagePresetNames.map((name) => {
    const { prompt, sampling, writer } = presets[name].premises
    return { name, title: t(`preset.${name}.title`), about: t(`preset.${name}.about`), prompt, sampling: { ...off, ...sampling }, writer: writer.kind === 'engine' ? { kind: 'engine', engineModel: writer.model } : {} }
  })
}

function writerOf(run: PremiseRunWithJob): Partial<WriterValue> {
  const settings = premiseRunSettings.safeParse(run.settings)
  if (run.endpointId && settings.success && settings.data.writer.kind === 'endpoint') return { kind: 'endpoint', endpointId: run.endpointId, endpointModel: settings.data.writer.model }
  return run.model ? { kind: 'engine', engineModel: run.model.name } : {}
}

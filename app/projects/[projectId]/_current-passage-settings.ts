import { presets } from '@/lib/settings/presets'
import { listPassageSets, passageSetSettings, type PassageSetSettings } from '@/lib/stages/passages/passages'

/** What the next passages would be cut by: as the last time, else as the starter preset has it. */
export async function currentPassageSettings(projectId: string): Promise<PassageSetSettings> {
  const [last] = await listPassageSets(projectId)
  const known = passageSetSettings.safeParse(last?.settings)
  return known.success ? known.data : { novels: presets.starter.novels, passages: presets.starter.passages }
}

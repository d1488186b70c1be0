import { getTranslator } from '@/app/_i18n/server'
import { passageSetSettings } from '@/lib/stages/passages/passages'

/** How a set was cut, in a line. Nothing where its settings are of a shape that is no longer known. */
export async function SetSettings({ settings }: { settings: unknown }) {
  const known = passageSetSettings.safeParse(settings)
  if (!known.success) return null
  const t = await getTranslator('passages')
  const { passages, novels } = known.data
  const { strategy, target, minimum, maximum, limit } = passages
  return [
    t('cutBy', { strategy: t(`strategies.${strategy}`), target, minimum, maximum }),
    novels.registers.map((register) => t(`register.${register}`)).join(' '),
    limit === null ? '' : t('limited', { limit }),
  ].filter(Boolean).join(' · ')
}

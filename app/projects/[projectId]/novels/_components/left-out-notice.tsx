import { queryOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { registers } from '@/lib/settings/novels'
import { leftOutByRegister } from '@/lib/stages/novels/left-out-registers'
import type { PassageSetSettings } from '@/lib/stages/passages/passages'

/** How much is left out by its register, and the way to the setting with those registers let in. */
export async function LeftOutNotice({ projectId, settings }: { projectId: string; settings: PassageSetSettings }) {
  const [t, leftOut] = await Promise.all([getTranslator('novels'), leftOutByRegister(projectId, settings.novels)])
  if (leftOut.length === 0) return null
  const names = leftOut.map(({ register }) => t(`register.${register}`)).join(t('and'))
  const wider = { novels: { registers: registers.filter((register) => settings.novels.registers.includes(register) || leftOut.some((each) => each.register === register)) }, passages: settings.passages }
  return (
    <section aria-label={t('leftOut')} className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-base border border-line bg-raised px-4 py-3">
      <ul className="m-0 list-none p-0">
        {leftOut.map((each) => (
          <li key={each.register}>{t('leftOutOf', { ...each, register: t(`register.${each.register}`) })}</li>
        ))}
      </ul>
      <span className="ml-auto">
        <LinkButton small href={`/projects/${projectId}/passages?${queryOf(wider)}`}>
          {t('letIn', { registers: names })}
        </LinkButton>
      </span>
    </section>
  )
}

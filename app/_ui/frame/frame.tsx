import { Link } from '@/app/_ui/link'
import type { ReactNode } from 'react'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { Palette } from '@/app/_palette/palette'
import { LanguageSwitch } from '@/app/_ui/frame/language-switch'
import { ProjectSwitcher } from '@/app/_ui/frame/project-switcher'
import { Rail } from '@/app/_ui/frame/rail'
import { RunningJobLine } from '@/app/_ui/frame/running-job-line'
import { Seal } from '@/app/_ui/frame/seal'
import type { ProjectLink, RunningJob, StageState } from '@/app/_ui/frame/stage-state'
import { ThemeSwitch } from '@/app/_ui/frame/theme-switch'

export type FrameProps = {
  /** The project one is in; without it the rail has no stages. */
  project?: ProjectLink
  projects: readonly ProjectLink[]
  stages?: readonly StageState[]
  running?: RunningJob | null
  /** Jobs that wait or run, over all projects. */
  liveJobs?: number
  children: ReactNode
}

/** What stands around every page: header, rail of the seven stages, and the page as main. */
export async function Frame({ project, projects, stages = [], running, liveJobs = 0, children }: FrameProps) {
  const t = await getTranslator('frame')
  return (
    <div className="grid min-h-dvh grid-rows-[52px_1fr] md:grid-cols-[216px_minmax(0,1fr)]">
      <a href="#page" className="absolute -top-20 left-3 z-50 rounded-base bg-ink px-3 py-2 text-paper focus:top-3">
        {t('skip')}
      </a>
      <header className="sticky top-0 z-30 flex min-w-0 items-center gap-3 border-b border-line bg-paper px-4 md:col-span-2 md:gap-5 md:px-5">
        <Link href="/" aria-label={t('home')} className="flex items-center rounded-seal">
          <Seal />
        </Link>
        <ProjectSwitcher current={project ?? null} projects={projects} words={{ choose: t('chooseProject'), all: t('allProjects') }} />
        <span className="hidden text-muted lg:inline">{t('product')}</span>
        <div className="ml-auto flex shrink-0 items-center gap-2 md:min-w-0 md:shrink md:gap-4">
          {running && <RunningJobLine job={running} />}
          <ClientMessages areas={['palette']}>
            <Palette project={project ?? null} />
          </ClientMessages>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <Rail projectId={project?.id ?? null} stages={stages} liveJobs={liveJobs} />
      <main id="page" tabIndex={-1} className="mx-auto w-full max-w-[1400px] min-w-0 px-4 pt-6 pb-28 outline-none md:px-8 md:pb-10">
        {children}
      </main>
    </div>
  )
}

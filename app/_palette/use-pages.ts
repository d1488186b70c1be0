import { useTranslations } from 'use-intl/react'
import type { ProjectLink } from '@/app/_ui/frame/stage-state'
import { stageNames } from '@/lib/stages/names'

export type PalettePage = { key: string; name: string; href: string; names: string[] }

/** The pages of the project one is in, and those of the studio; each is found by its name in the other language too. */
export function usePages(project: ProjectLink | null): PalettePage[] {
  const t = useTranslations('palette')
  const page = (key: 'projects' | 'jobs' | 'models' | 'engine' | 'settings' | 'overview' | 'search' | 'duplicates' | 'prompts' | 'versions' | 'playground' | (typeof stageNames)[number], href: string) => ({ key: `page-${key}`, name: t(`page.${key}`), href, names: [t(`otherName.${key}`)] })
  const studio = [page('projects', '/'), page('jobs', '/jobs'), page('models', '/models'), page('engine', '/engine'), page('settings', '/settings')]
  if (!project) return studio
  const base = `/projects/${project.id}`
  return [
    page('overview', base),
    ...stageNames.map((name) => page(name, `${base}/${name}`)),
    page('search', `${base}/search`),
    page('duplicates', `${base}/novels/duplicates`),
    page('prompts', `${base}/premises/prompts`),
    page('versions', `${base}/pairs/versions`),
    page('playground', `${base}/stories/playground`),
    ...studio,
  ]
}

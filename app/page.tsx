import { Link } from '@/app/_ui/link'
import { connection } from 'next/server'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { NewProject } from '@/app/_projects/new-project'
import { ProjectMenu } from '@/app/_projects/project-menu'
import { EmptyState } from '@/app/_ui/empty-state'
import { LocalTime } from '@/app/_ui/local-time'
import { PageHead } from '@/app/_ui/page-head'
import { deletionOf, listProjects } from '@/lib/stages/projects'

export default async function ProjectsPage() {
  await connection()
  const [t, projects] = await Promise.all([getTranslator('projects'), listProjects()])
  const removals = await Promise.all(projects.map((project) => deletionOf(project.id)))
  return (
    <StudioFrame>
      <ClientMessages areas={['projects']}>
        <PageHead title={t('title')} actions={projects.length > 0 && <NewProject />} />
        {projects.length === 0 ? (
          <EmptyState action={<NewProject />}>{t('empty')}</EmptyState>
        ) : (
          <ul className="m-0 list-none border-t border-line p-0">
            {projects.map((project, at) => (
              <li key={project.id} className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line py-3">
                <Link href={`/projects/${project.id}`} className="min-w-48 flex-1 text-lg font-semibold text-ink no-underline [overflow-wrap:anywhere] hover:underline">
                  {project.name}
                </Link>
                <span className="text-muted">
                  {t('counts', { novels: project.counts.novels, runs: project.counts.trainingRuns, submissions: project.counts.submissions })}
                </span>
                <span className="text-muted">
                  <LocalTime at={project.createdAt.toISOString()} only="date" />
                </span>
                <ProjectMenu project={{ id: project.id, name: project.name }} removes={removes(removals[at])} />
              </li>
            ))}
          </ul>
        )}
      </ClientMessages>
    </StudioFrame>
  )

  function removes(what: (typeof removals)[number] | undefined): string[] {
    if (!what) return []
    return (['novels', 'pairs', 'adapters', 'stories', 'submissions'] as const)
      .filter((kind) => what[kind] > 0)
      .map((kind) => t(`removes.${kind}`, { count: what[kind] }))
  }
}

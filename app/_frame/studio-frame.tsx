import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { lastProjectCookie } from '@/app/_frame/last-project'
import { RememberProject } from '@/app/_frame/remember-project'
import { runningJobOf, stageStates } from '@/app/_frame/standing'
import { getTranslator } from '@/app/_i18n/server'
import { Frame } from '@/app/_ui/frame/frame'
import { Live } from '@/app/_ui/live'
import { liveJobs, projectStanding } from '@/lib/stages/overview'
import { findProject, listProjects } from '@/lib/stages/projects'

type Props = {
  /** The project whose page it surrounds. */
  project?: { id: string; name: string }
  /** The page belongs to no project: the one that one was in last stays at hand. */
  keepsProject?: boolean
  children: ReactNode
}

/** The frame with what the database knows, redrawn as it changes. */
export async function StudioFrame({ project: own, keepsProject = false, children }: Props) {
  const project = own ?? (keepsProject ? await lastProject() : undefined)
  const [t, projects, jobs, standing] = await Promise.all([
    getTranslator('frame'),
    listProjects(),
    liveJobs(),
    project ? projectStanding(project.id) : [],
  ])
  return (
    <Frame project={project} projects={projects} stages={stageStates(standing)} running={runningJobOf(jobs, project?.id, (name) => t(name))} liveJobs={jobs.length}>
      <Live projectId={own?.id} />
      {own && <RememberProject id={own.id} />}
      {children}
    </Frame>
  )
}

async function lastProject(): Promise<{ id: string; name: string } | undefined> {
  const id = (await cookies()).get(lastProjectCookie)?.value
  return (id === undefined ? null : await findProject(id)) ?? undefined
}

import type { ReactNode } from 'react'
import { runningJobOf, stageStates } from '@/app/_frame/standing'
import { getTranslator } from '@/app/_i18n/server'
import { Frame } from '@/app/_ui/frame/frame'
import { Live } from '@/app/_ui/live'
import { liveJobs, projectStanding } from '@/lib/stages/overview'
import { listProjects } from '@/lib/stages/projects'

/** The frame with what the database knows, redrawn as it changes. `project` is the one whose page it surrounds. */
export async function StudioFrame({ project, children }: { project?: { id: string; name: string }; children: ReactNode }) {
  const [t, projects, jobs, standing] = await Promise.all([
    getTranslator('frame'),
    listProjects(),
    liveJobs(),
    project ? projectStanding(project.id) : [],
  ])
  return (
    <Frame project={project} projects={projects} stages={stageStates(standing)} running={runningJobOf(jobs, project?.id, (name) => t(name))} liveJobs={jobs.length}>
      <Live projectId={project?.id} />
      {children}
    </Frame>
  )
}

import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type Project } from '@/lib/generated/prisma/client'

export const projectName = z.string().trim().min(1).max(80)

export type ProjectSummary = Project & { counts: { novels: number; trainingRuns: number; submissions: number } }

export async function listProjects(): Promise<ProjectSummary[]> {
  const rows = await db().project.findMany({
    orderBy: { createdAt: 'desc' },
    include: { _count: { select: { novels: true, trainingRuns: true, submissions: true } } },
  })
  return rows.map(({ _count, ...project }) => ({ ...project, counts: _count }))
}

export async function findProject(id: string): Promise<Project | null> {
  return z.uuid().safeParse(id).success ? db().project.findUnique({ where: { id } }) : null
}

/** Throws `project.name-taken`. */
export async function createProject(name: string): Promise<Project> {
  return named(name, () => db().project.create({ data: { name: projectName.parse(name) } }))
}

/** The project of that name, made when there is none: what the command line means by --project. */
export async function projectNamed(name: string): Promise<Project> {
  const parsed = projectName.parse(name)
  return db().project.upsert({ where: { name: parsed }, update: {}, create: { name: parsed } })
}

/** Throws `project.name-taken`. */
export async function renameProject(id: string, name: string): Promise<Project> {
  return named(name, () => db().project.update({ where: { id }, data: { name: projectName.parse(name) } }))
}

/** What deleting the project would remove, for the question before it. */
export async function deletionOf(id: string): Promise<{ novels: number; pairs: number; adapters: number; stories: number; submissions: number }> {
  const [novels, pairs, adapters, stories, submissions] = await Promise.all([
    db().novel.count({ where: { projectId: id } }),
    db().datasetPair.count({ where: { datasetVersion: { projectId: id } } }),
    db().adapter.count({ where: { trainingRun: { projectId: id } } }),
    db().story.count({ where: { storyRun: { projectId: id } } }),
    db().submission.count({ where: { projectId: id } }),
  ])
  return { novels, pairs, adapters, stories, submissions }
}

/** Removes the project, everything made from it, and its files. Refused while a job of it runs. */
export async function deleteProject(id: string): Promise<void> {
  const running = await db().job.count({ where: { projectId: id, state: 'running' } })
  if (running > 0) throw new MolianError('project.busy', { jobs: running })
  const owned = await db().project.findUniqueOrThrow({
    where: { id },
    select: {
      uploads: { select: { id: true } },
      pairImports: { select: { id: true } },
      datasetVersions: { select: { id: true } },
      trainingRuns: { select: { id: true } },
      submissions: { select: { id: true } },
      jobs: { select: { id: true } },
    },
  })
  await db().project.delete({ where: { id } })
  const files = [
    ...owned.uploads.flatMap((row) => [artifactPath.upload(row.id), artifactPath.uploadPart(row.id)]),
    ...owned.pairImports.map((row) => artifactPath.pairImport(row.id)),
    ...owned.datasetVersions.map((row) => artifactPath.dataset(row.id)),
    ...owned.trainingRuns.flatMap((row) => [artifactPath.trainingRun(row.id), artifactPath.mergedModel(row.id)]),
    ...owned.submissions.map((row) => artifactPath.submissionDirectory(row.id)),
    ...owned.jobs.map((row) => artifactPath.jobDirectory(row.id)),
  ]
  await Promise.all(files.map((file) => rm(inHome(file), { recursive: true, force: true })))
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new MolianError('project.name-taken', { name }, { cause: error })
    }
    throw error
  }
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { findProject } from '@/lib/stages/projects'

type Props = { params: Promise<{ projectId: string }>; children: ReactNode }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = await findProject((await params).projectId)
  return project ? { title: { default: project.name, template: `%s · ${project.name}` } } : {}
}

export default async function ProjectLayout({ params, children }: Props) {
  const project = await findProject((await params).projectId)
  if (!project) notFound()
  return <StudioFrame project={project}>{children}</StudioFrame>
}

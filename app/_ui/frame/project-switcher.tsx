'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { DropdownMenu } from 'radix-ui'
import type { ProjectLink } from '@/app/_ui/frame/stage-state'

const item = 'flex items-center gap-2 rounded-base px-3 py-2 text-ink no-underline outline-none data-[highlighted]:bg-wash'

/** The project one is in, and the way to another one. */
export function ProjectSwitcher(props: { current: ProjectLink | null; projects: readonly ProjectLink[]; words: { choose: string; all: string } }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="flex min-w-0 items-center gap-1.5 rounded-base px-1 py-1.5 hover:bg-wash" aria-label={props.current ? `${props.words.choose}: ${props.current.name}` : undefined}>
        <span className="truncate font-semibold">{props.current?.name ?? props.words.choose}</span>
        <ChevronsUpDown size={14} className="shrink-0 text-muted" aria-hidden />
      </DropdownMenu.Trigger>
        <DropdownMenu.Content align="start" sideOffset={6} className="z-40 max-h-[60dvh] min-w-56 overflow-y-auto rounded-base border border-line bg-raised p-1 shadow-float">
          {props.projects.map((project) => (
            <DropdownMenu.Item key={project.id} asChild>
              <Link href={`/projects/${project.id}`} className={item}>
                <span className="flex-1 truncate">{project.name}</span>
                {project.id === props.current?.id && <Check size={14} aria-hidden />}
              </Link>
            </DropdownMenu.Item>
          ))}
          {props.projects.length > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
          <DropdownMenu.Item asChild>
            <Link href="/" className={item}>
              {props.words.all}
            </Link>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

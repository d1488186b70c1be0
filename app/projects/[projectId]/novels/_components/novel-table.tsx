import { ArrowDown, ArrowUp } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { hrefOf, type NovelQuery, type Sort } from '@/app/projects/[projectId]/novels/_novel-query'
import type { NovelRow } from '@/app/projects/[projectId]/novels/_sorted'
import { Tick } from '@/app/projects/[projectId]/novels/_components/selection'
import { DuplicateTag } from '@/app/projects/[projectId]/novels/_components/duplicate-tag'
import { decideOnNovel } from '@/app/projects/[projectId]/novels/actions'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Choice } from '@/app/_ui/choice'
import { Pages } from '@/app/_ui/pages'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { registers } from '@/lib/settings/novels'
import { duplicatesOfNovels } from '@/lib/stages/novels/duplicate-groups'
import { roleSchema, takingSchema } from '@/lib/stages/novels/novels'

const size = 50

/** The novels that the filter leaves, with what takes part of each and a person's word on it. */
export async function NovelTable({ projectId, rows: all, query }: { projectId: string; rows: readonly NovelRow[]; query: NovelQuery }) {
  const [t, library, { number }, duplicates] = await Promise.all([getTranslator('novels'), getTranslator('library'), getFormatter(), duplicatesOfNovels(projectId)])
  const page = Math.min(query.page, Math.max(1, Math.ceil(all.length / size)))
  const rows = all.slice((page - 1) * size, page * size)
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 })
  const sorting = (sort: Sort, label: string) => <SortLink projectId={projectId} query={query} sort={sort} label={label} />
  const registersOf = (novel: NovelRow) =>
    registers
      .filter((register) => novel.registers[register] > 0)
      .map((register) => (
        <Tag key={register}>
          {t(`register.${register}`)} {percent(novel.registers[register] / Math.max(1, novel.characters))}
        </Tag>
      ))

  return (
    <>
      <Table
        label={t('title')}
        rows={rows}
        rowKey={(novel) => novel.id}
        columns={[
          { key: 'tick', head: <Tick ids={rows.map(({ id }) => id)} label={library('tickAll')} />, cell: (novel) => <Tick ids={[novel.id]} label={library('tick', { title: novel.title })} /> },
          {
            key: 'title',
            head: sorting('title', t('name')),
            className: 'min-w-32',
            cell: (novel) => (
              <>
                <Link href={`/projects/${projectId}/novels/${novel.id}`} className="font-semibold text-ink underline decoration-line underline-offset-4 [overflow-wrap:anywhere] hover:decoration-current">
                  {novel.title}
                </Link>
                <DuplicateTag projectId={projectId} duplicates={duplicates.get(novel.id)} />
                <span className="mt-1 flex flex-wrap gap-1.5 text-xs text-muted md:hidden">
                  {t('size', { characters: novel.characters, chapters: novel.chapters })} · {novel.taken === 0 ? t('none') : t('takenSize', { characters: novel.taken })} {registersOf(novel)}
                </span>
              </>
            ),
          },
          { key: 'characters', head: sorting('characters', t('characters')), number: true, className: 'max-md:hidden', cell: (novel) => number(novel.characters) },
          {
            key: 'chapters',
            head: sorting('chapters', t('chapters')),
            number: true,
            className: 'max-md:hidden',
            cell: (novel) => (novel.chosen.chapters < novel.chapters ? library('some', { some: novel.chosen.chapters, all: novel.chapters }) : number(novel.chapters)),
          },
          { key: 'register', head: t('registers'), className: 'max-md:hidden', cell: (novel) => <span className="flex flex-wrap gap-1.5">{registersOf(novel)}</span> },
          {
            key: 'clutter',
            head: sorting('clutter', library('clutter')),
            number: true,
            className: 'max-md:hidden',
            cell: (novel) => (novel.cluttered === 0 ? null : <Link href={`/projects/${projectId}/novels/${novel.id}?clutter=${mostOf(novel)}`} className="text-ink underline decoration-line underline-offset-4">{number(novel.cluttered)}</Link>),
          },
          { key: 'taken', head: sorting('taken', t('taken')), number: true, className: 'max-md:hidden', cell: (novel) => (novel.taken === 0 ? <span className="text-muted">{t('none')}</span> : number(novel.taken)) },
          {
            key: 'taking',
            head: t('taking'),
            cell: (novel) => (
              <Choice
                label={t('takingOf', { title: novel.title })}
                name="taking"
                value={novel.taking}
                options={takingSchema.options.map((value) => ({ value, label: t(`takings.${value}`) }))}
                action={decideOnNovel}
                values={{ projectId, novelId: novel.id }}
              />
            ),
          },
          {
            key: 'role',
            head: t('role'),
            className: 'max-md:hidden',
            cell: (novel) => (
              <Choice
                label={t('roleOf', { title: novel.title })}
                name="role"
                value={novel.role}
                options={roleSchema.options.map((value) => ({ value, label: t(`roles.${value}`) }))}
                action={decideOnNovel}
                values={{ projectId, novelId: novel.id }}
              />
            ),
          },
        ]}
      />
      {rows.length === 0 && <p className="py-4 text-muted">{library('noMatch')}</p>}
      <Pages page={page} size={size} total={all.length} href={(to) => hrefOf(projectId, query, { page: to })} />
    </>
  )
}

/** The kind of clutter that a novel has most of. */
function mostOf({ clutter }: NovelRow): string {
  return Object.entries(clutter).sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}

/** A column's head that sorts by it, falling first; a second time rising, a third time as the files have them. */
async function SortLink({ projectId, query, sort, label }: { projectId: string; query: NovelQuery; sort: Sort; label: string }) {
  const t = await getTranslator('library')
  const isOn = query.sort === sort
  const fallsFirst = sort !== 'title'
  const next = !isOn ? { sort, down: fallsFirst } : query.down === fallsFirst ? { sort, down: !fallsFirst } : { sort: 'file' as const, down: false }
  return (
    <Link href={hrefOf(projectId, query, next)} className="inline-flex items-center gap-1 text-inherit no-underline hover:text-ink" aria-label={t('sortBy', { column: label })}>
      {label}
      {isOn && (query.down ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
    </Link>
  )
}

import { Link } from '@/app/_ui/link'
import { decideOnNovel } from '@/app/projects/[projectId]/novels/actions'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Choice } from '@/app/_ui/choice'
import { Pages } from '@/app/_ui/pages'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { registers } from '@/lib/settings/novels'
import { type NovelEntry, roleSchema, takingSchema } from '@/lib/stages/novels'

const size = 50

/** The novels, with what takes part of each and a person's word on it. */
export async function NovelTable({ projectId, novels, page }: { projectId: string; novels: readonly NovelEntry[]; page: number }) {
  const [t, { number }] = await Promise.all([getTranslator('novels'), getFormatter()])
  const rows = novels.slice((page - 1) * size, page * size)
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 })

  return (
    <>
      <Table
        label={t('title')}
        rows={rows}
        rowKey={(novel) => novel.id}
        columns={[
          {
            key: 'title',
            head: t('name'),
            className: 'min-w-32',
            cell: (novel) => (
              <Link href={`/projects/${projectId}/novels/${novel.id}`} className="font-semibold text-ink underline decoration-line underline-offset-4 [overflow-wrap:anywhere] hover:decoration-current">
                {novel.title}
              </Link>
            ),
          },
          { key: 'characters', head: t('characters'), number: true, cell: (novel) => number(novel.characters) },
          { key: 'chapters', head: t('chapters'), number: true, cell: (novel) => number(novel.chapters) },
          {
            key: 'register',
            head: t('registers'),
            cell: (novel) => (
              <span className="flex flex-wrap gap-1.5">
                {registers
                  .filter((register) => novel.registers[register] > 0)
                  .map((register) => (
                    <Tag key={register}>
                      {t(`register.${register}`)} {percent(novel.registers[register] / Math.max(1, novel.characters))}
                    </Tag>
                  ))}
              </span>
            ),
          },
          { key: 'taken', head: t('taken'), number: true, cell: (novel) => (novel.taken === 0 ? <span className="text-muted">{t('none')}</span> : number(novel.taken)) },
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
      <Pages page={page} size={size} total={novels.length} href={(to) => `/projects/${projectId}/novels?page=${to}`} />
    </>
  )
}

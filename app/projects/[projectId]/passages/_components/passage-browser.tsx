import { Link } from '@/app/_ui/link'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { binsOfTally } from '@/app/_ui/bins'
import { Facts } from '@/app/_ui/facts'
import { Histogram } from '@/app/_ui/histogram'
import { Pages } from '@/app/_ui/pages'
import { Prose } from '@/app/_ui/prose'
import { TabLinks } from '@/app/_ui/tab-links'
import { Tag } from '@/app/_ui/tag'
import { lengthTally, listPassages, type PassageSetWithJob } from '@/lib/stages/passages'

const size = 10
export const orders = ['novel', 'shortest', 'longest'] as const
export type Order = (typeof orders)[number]

/** The passages of one set: figures, lengths, and the texts page by page. `href` gives the URL of a view. */
export async function PassageBrowser({ set, order, page, href }: { set: PassageSetWithJob; order: Order; page: number; href: (view: { order: Order; page?: number }) => string }) {
  const [t, { number }, histogram, passages] = await Promise.all([
    getTranslator('passages'),
    getFormatter(),
    lengthTally(set.id),
    listPassages(set.id, { order, take: size, skip: (page - 1) * size }),
  ])
  return (
    <>
      <Facts
        facts={[
          { label: t('passages'), value: number(set.kept), hint: set.kept < set.found ? t('drawnOf', { count: set.found }) : undefined },
          { label: t('characters'), value: number(set.characters) },
          { label: t('average'), value: number(Math.round(set.characters / Math.max(1, set.kept))) },
        ]}
      />
      <div className="mb-6 max-w-[520px]">
        <Histogram label={t('lengths')} unit={t('charactersUnit')} bins={binsOfTally(histogram, 24)} />
      </div>
      <TabLinks label={t('order')} links={orders.map((each) => ({ href: href({ order: each }), label: t(`orders.${each}`), current: each === order }))} />
      <ol className="m-0 list-none p-0">
        {passages.map((passage) => (
          <li key={passage.id} className="border-b border-line py-5">
            <p className="mt-0 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
              <span className="font-semibold text-ink">{number(passage.ordinal + 1)}</span>
              <Link href={`/projects/${set.projectId}/novels/${passage.novelId}?chapter=${passage.chapterId}&passage=${passage.ordinal}#passage-${passage.ordinal + 1}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">
                {passage.chapter ? `${passage.novel} · ${passage.chapter}` : passage.novel}
              </Link>
              <span>{t('length', { count: passage.characters })}</span>
              {passage.midParagraph && <Tag kind="warn">{t('midParagraph')}</Tag>}
            </p>
            <Prose text={passage.text} />
          </li>
        ))}
      </ol>
      <Pages page={page} size={size} total={set.kept} href={(to) => href({ order, page: to })} />
    </>
  )
}

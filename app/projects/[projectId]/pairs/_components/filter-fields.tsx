import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { cx } from '@/app/_ui/cx'
import { Link } from '@/app/_ui/link'
import { longestPhrase } from '@/lib/text/search-grams'
import { filterQuery, pairOrder, type PairFilter } from '@/lib/stages/pairs/filter'
import type { Facet, PairFacets } from '@/lib/stages/pairs/facets'
import { FilterForm } from '@/app/_ui/filter-form'
import { flawName } from '@/app/projects/[projectId]/pairs/_components/flaw-name'

const control = 'h-8 rounded-base border border-edge bg-raised px-2 text-sm text-ink'

/** Everything that pairs can be filtered by, as they have it, with how many pairs have each; the address holds what is chosen. */
export async function FilterFields({ base, filter, facets }: { base: string; filter: PairFilter; facets: PairFacets }) {
  const [t, novels, flaw] = await Promise.all([getTranslator('pairs'), getTranslator('novels'), flawName()])
  const set = filterQuery(filter)
  set.delete('order')
  const isAdvanced = [...set.keys()].some((name) => name !== 'verdict' && name !== 'text')
  const verdict = (key: string) => (key === 'kept' ? t('filters.kept') : key === 'rejected' ? t('filters.rejected') : t('filters.undecided'))
  const register = (key: string) => (key === 'modern' || key === 'early_vernacular' || key === 'classical' ? novels(`register.${key}`) : key)
  return (
    <FilterForm base={base} query={filterQuery(filter).toString()} label={t('filter')}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input type="search" name="text" defaultValue={filter.text ?? ''} placeholder={t('field.text')} aria-label={t('field.text')} maxLength={longestPhrase} className={cx(control, 'w-64 max-w-full')} />
        <Boxes name="verdict" legend={t('field.verdict')} options={facets.verdicts} chosen={filter.verdict} label={verdict} />
        <label className="flex items-center gap-2 text-sm">
          <span className="text-muted">{t('field.order')}</span>
          <select name="order" defaultValue={filter.order === 'place' ? '' : filter.order} className={control}>
            {pairOrder.options.filter((order) => facets.hasScores || !order.startsWith('score')).map((order) => (
              <option key={order} value={order === 'place' ? '' : order}>
                {t(`order.${order}`)}
              </option>
            ))}
          </select>
        </label>
        {set.size > 0 && (
          <Link href={base} className="text-sm text-muted underline underline-offset-4 hover:text-ink">
            {t('clearFilter')}
          </Link>
        )}
      </div>
      <details open={isAdvanced} className="rounded-base border border-line">
        <summary className="rounded-base px-3 py-1.5 text-sm hover:bg-wash">{t('moreFilters')}</summary>
        <div className="grid gap-x-8 gap-y-4 border-t border-line p-3 sm:grid-cols-2 xl:grid-cols-3">
          <Boxes name="outcome" legend={t('field.outcome')} options={facets.outcomes} chosen={filter.outcome} label={(key) => (key === 'good' ? t('filters.good') : t('filters.refused'))} />
          <Boxes name="flaw" legend={t('field.flaw')} options={facets.flaws} chosen={filter.flaw} label={flaw} first={{ key: 'none', name: t('noFlaw') }} />
          <Boxes name="register" legend={t('field.register')} options={facets.registers} chosen={filter.register} label={register} />
          {facets.styles.length > 0 && <Boxes name="style" legend={t('field.style')} options={facets.styles} chosen={filter.style} label={(key) => styleName(t, key)} />}
          <Boxes name="novel" legend={t('field.novel')} options={facets.novels} chosen={filter.novel} />
          {facets.chapters.length > 1 && <Boxes name="chapter" legend={t('field.chapter')} options={facets.chapters} chosen={filter.chapter} />}
          <Range name="premise" legend={t('field.premise')} least={filter.premiseMin} most={filter.premiseMax} />
          <Range name="passage" legend={t('field.passage')} least={filter.passageMin} most={filter.passageMax} />
          {facets.hasScores && <Range name="score" legend={t('field.score')} least={filter.scoreMin} most={filter.scoreMax} />}
          <Select name="duplicate" legend={t('field.duplicate')} value={filter.duplicate} options={[['any', facets.duplicates], ['rest', facets.repeats], ['no', facets.total - facets.duplicates], ['out', facets.leftOut]]} label={(key) => t(`duplicate.${key}`)} />
          <Select name="leak" legend={t('field.leak')} value={filter.leak} options={[['yes', facets.leaks], ['no', facets.total - facets.leaks]]} label={(key) => t(`leak.${key}`)} />
          <Select name="edited" legend={t('field.edited')} value={filter.edited} options={[['yes', facets.edited], ['no', facets.total - facets.edited]]} label={(key) => t(`yesNo.${key}`)} />
          <Select name="ending" legend={t('field.ending')} value={filter.ending} options={[['yes', facets.endings], ['no', facets.total - facets.endings]]} label={(key) => t(`yesNo.${key}`)} />
          {filter.group !== null && <input type="hidden" name="group" value={filter.group} />}
        </div>
      </details>
    </FilterForm>
  )
}

function styleName(t: Awaited<ReturnType<typeof getTranslator<'pairs'>>>, key: string): string {
  return key === 'sentence' || key === 'outline' || key === 'opening' || key === 'theme' ? t(`style.${key}`) : key
}

async function Boxes(props: { name: string; legend: string; options: readonly Facet[]; chosen: readonly string[]; label?: (key: string) => string; first?: { key: string; name: string } }) {
  const { number } = await getFormatter()
  // What is chosen stays to be unchosen, though no pair has it any more.
  const gone = props.chosen.filter((key) => key !== props.first?.key && !props.options.some((option) => option.key === key))
  const options = [...(props.first ? [{ ...props.first, count: null }] : []), ...props.options, ...gone.map((key) => ({ key, name: key, count: 0 }))]
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className={props.name === 'verdict' ? 'sr-only' : 'mb-1 p-0 text-sm text-muted'}>{props.legend}</legend>
      <div className="flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {options.map(({ key, name, count }) => (
          <label key={key} className="inline-flex min-w-0 items-center gap-1.5 text-sm">
            <input type="checkbox" name={props.name} value={key} defaultChecked={props.chosen.includes(key)} className="size-4 shrink-0" />
            <span className="truncate">{props.label && count !== null ? props.label(key) : name || '–'}</span>
            {count !== null && <span className="text-muted">{number(count)}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

async function Range({ name, legend, least, most }: { name: string; legend: string; least: number | null; most: number | null }) {
  const t = await getTranslator('pairs')
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-1 p-0 text-sm text-muted">{legend}</legend>
      <span className="flex items-center gap-2">
        <input type="number" min={0} name={`${name}Min`} defaultValue={least ?? ''} aria-label={t('least', { what: legend })} className={cx(control, 'w-24')} />
        –
        <input type="number" min={0} name={`${name}Max`} defaultValue={most ?? ''} aria-label={t('most', { what: legend })} className={cx(control, 'w-24')} />
      </span>
    </fieldset>
  )
}

async function Select<Key extends string>(props: { name: string; legend: string; value: Key | null; options: readonly (readonly [Key, number])[]; label: (key: Key) => string }) {
  const [t, { number }] = await Promise.all([getTranslator('pairs'), getFormatter()])
  return (
    <label className="grid content-start justify-items-start gap-1 text-sm">
      <span className="text-muted">{props.legend}</span>
      <select name={props.name} defaultValue={props.value ?? ''} className={control}>
        <option value="">{t('whichever')}</option>
        {props.options.map(([key, count]) => (
          <option key={key} value={key}>
            {`${props.label(key)} · ${number(count)}`}
          </option>
        ))}
      </select>
    </label>
  )
}

import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { jsonReason } from '@/app/_writer/json-reason'
import { FactList, type Fact } from '@/app/_ui/facts'
import { Link } from '@/app/_ui/link'
import { money } from '@/app/_ui/money'
import { Panel } from '@/app/_ui/panel'
import { premiseRunSettings, priceOfRun, type PremiseRunWithJob } from '@/lib/stages/premises/premises'

const numbers = ['temperature', 'topP', 'maxTokens', 'minimumCharacters', 'maximumCharacters', 'tries'] as const

/** What the run was started with, frozen in its row, and what the servers say they ran. */
export async function RunConfig({ run, servedModels }: { run: PremiseRunWithJob; servedModels: readonly string[] }) {
  const [t, premises, { number, list }, locale] = await Promise.all([getTranslator('premise-run'), getTranslator('premises'), getFormatter(), getLocale()])
  const known = premiseRunSettings.safeParse(run.settings)
  if (!known.success) return null
  const { sampling, writer, selection } = known.data
  const price = priceOfRun(run)
  const word = (text: string) => <span className="[overflow-wrap:anywhere]">{text}</span>
  const left = selection ? selection.leaveOut.novels.length + selection.leaveOut.chapters.length + selection.leaveOut.passages.length : 0
  const facts: Fact[] = [
    { label: t('model'), value: word(writer.kind === 'endpoint' ? writer.model : (run.model?.name ?? '–')) },
    ...(writer.kind === 'endpoint' ? [{ label: t('endpoint'), value: word(run.endpoint?.name ?? '–') }] : []),
    ...(servedModels.length > 0 ? [{ label: t('served'), value: word(list(servedModels, { type: 'unit' })) }] : []),
    ...(price ? [{ label: t('price'), value: t('priceValue', { input: money(price.input, price.currency, locale), output: money(price.output, price.currency, locale) }) }] : []),
    { label: t('prompt'), value: <Link href={`/projects/${run.projectId}/premises?version=${run.promptVersion.version}#order`}>{t('version', { version: run.promptVersion.version })}</Link> },
    { label: t('set'), value: <Link href={`/projects/${run.projectId}/passages/${run.passageSet.ordinal}`}>{run.passageSet.name ?? t('setOf', { ordinal: run.passageSet.ordinal })}</Link> },
    ...(left > 0 ? [{ label: t('leftOut'), value: number(left) }] : []),
    ...(selection?.sample ? [{ label: t('sample'), value: t('sampleValue', { size: selection.sample.size, seed: String(selection.sample.seed) }) }] : []),
    { label: premises('sampling.style'), value: sampling.style },
    ...numbers.map((name) => ({ label: premises(`sampling.${name}`), value: number(sampling[name], { maximumFractionDigits: 4 }) })),
    { label: premises('sampling.seed'), value: String(sampling.seed) },
    ...(sampling.jsonOutput ? [{ label: t('jsonOutput'), value: run.endpoint?.takesJsonSchema === false ? t('jsonRefused') : t('yes') }] : []),
    ...(sampling.scoring ? [{ label: t('scoring'), value: t('yes') }] : []),
  ]
  return (
    <Panel title={t('config')}>
      <FactList facts={facts} />
      {sampling.jsonOutput && run.endpoint?.jsonSchemaReason && <p className="mt-2 mb-0 text-sm [overflow-wrap:anywhere] text-muted">{await jsonReason(run.endpoint.jsonSchemaReason)}</p>}
      <details className="mt-3 text-sm">
        <summary className="w-fit text-muted hover:text-ink">{t('promptText')}</summary>
        <p className="mt-2 mb-0 [overflow-wrap:anywhere] whitespace-pre-wrap">{run.promptVersion.system || '–'}</p>
        <p className="mt-2 mb-0 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{run.promptVersion.template}</p>
      </details>
    </Panel>
  )
}

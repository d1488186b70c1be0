import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { FactList } from '@/app/_ui/facts'
import { Panel } from '@/app/_ui/panel'
import type { TrainingRunWithJob } from '@/lib/stages/training/training'
import { trainingSettings } from '@/lib/settings/training'
import { projections } from '@/lib/settings/training-choices'

/** What the run was started with, frozen in its row. */
export async function RunConfig({ run }: { run: TrainingRunWithJob }) {
  const [t, { number }] = await Promise.all([getTranslator('training'), getFormatter()])
  const known = trainingSettings.safeParse(run.settings)
  if (!known.success) return null
  const s = known.data
  const all = (value: number) => number(value, { maximumFractionDigits: 6 })
  const targets = s.targets.length === projections.length ? t('allTargets', { count: projections.length }) : s.targets.join(', ')
  return (
    <Panel title={t('config')}>
      <FactList
        facts={[
          { label: t('configOf.method'), value: `${t(`methods.${s.method}`)} r ${all(s.rank)} · α ${all(s.alpha)} · ${t('setting.dropout')} ${all(s.dropout)}` },
          { label: t('setting.targets'), value: targets },
          { label: t('configOf.batch'), value: `${all(s.batchSize)} × ${all(s.accumulation)}` },
          { label: t('setting.learningRate'), value: `${s.learningRate.toExponential()} ${t(`schedules.${s.schedule}`)}` },
          s.warmupSteps > 0 ? { label: t('setting.warmupSteps'), value: all(s.warmupSteps) } : { label: t('setting.warmupRatio'), value: all(s.warmupRatio) },
          ...(s.neftuneAlpha > 0 ? [{ label: t('setting.neftuneAlpha'), value: all(s.neftuneAlpha) }] : []),
          { label: t('setting.maxGradNorm'), value: all(s.maxGradNorm) },
          { label: t('setting.weightDecay'), value: all(s.weightDecay) },
          s.maxSteps > 0 ? { label: t('setting.maxSteps'), value: all(s.maxSteps) } : { label: t('setting.epochs'), value: all(s.epochs) },
          ...(s.fitBatch ? [{ label: t('setting.fitBatch'), value: t('yes') }] : []),
          ...(s.packing ? [{ label: t('setting.packing'), value: t('yes') }] : []),
          { label: t('setting.maxLength'), value: t('configOf.tokens', { count: s.maxLength }) },
          { label: t('setting.precision'), value: t(`precisions.${s.precision}`) },
          { label: t('setting.gradientCheckpointing'), value: t(`checkpointings.${s.gradientCheckpointing}`) },
          ...(s.devices > 1 ? [{ label: t('setting.devices'), value: all(s.devices) }] : []),
          ...(s.machines > 1 ? [{ label: t('setting.machines'), value: all(s.machines) }] : []),
          { label: t('setting.evaluationSteps'), value: all(s.evaluationSteps) },
          ...(s.patience > 0 ? [{ label: t('setting.patience'), value: all(s.patience) }] : []),
          { label: t('setting.adapterFrom'), value: t(`adapterSources.${s.adapterFrom}`) },
          { label: t('setting.checkpointSteps'), value: all(s.checkpointSteps) },
          { label: t('setting.keepCheckpoints'), value: all(s.keepCheckpoints) },
          { label: t('setting.samples'), value: s.samples > 0 ? t('samplesOf', { count: s.samples, tokens: s.sampleTokens }) : t('samplesNone') },
          { label: t('setting.seed'), value: String(s.seed) },
        ]}
      />
      <details className="mt-3 text-sm">
        <summary className="w-fit text-muted hover:text-ink">{t('promptOf', { version: run.promptVersion.version })}</summary>
        <p className="mt-2 mb-0 [overflow-wrap:anywhere] whitespace-pre-wrap">{run.promptVersion.system || '–'}</p>
        <p className="mt-2 mb-0 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{run.promptVersion.template}</p>
      </details>
    </Panel>
  )
}

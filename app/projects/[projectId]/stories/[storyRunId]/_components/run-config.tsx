import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { CopyButton } from '@/app/_ui/copy-button'
import { FactList } from '@/app/_ui/facts'
import { Panel } from '@/app/_ui/panel'
import { anyRunSettings } from '@/lib/stages/stories/run-settings'
import type { StoryRunWithJob } from '@/lib/stages/stories/stories'

/** What the run was started with, frozen in its row, and what the server says it ran. */
export async function StoryRunConfig({ run }: { run: StoryRunWithJob }) {
  const [t, { number }] = await Promise.all([getTranslator('stories'), getFormatter()])
  const known = anyRunSettings.safeParse(run.settings)
  if (!known.success) return null
  if (!('sampling' in known.data)) {
    const { fileName, sha256 } = known.data.writer
    return (
      <Panel title={t('config')}>
        <FactList facts={[{ label: t('cameWith'), value: <span className="[overflow-wrap:anywhere]">{fileName}</span> }, { label: 'SHA-256', value: <code className="text-xs [overflow-wrap:anywhere]">{sha256}</code> }]} />
      </Panel>
    )
  }
  const { sampling, writer } = known.data
  const asked = writer.kind === 'endpoint' ? `${writer.model} · ${run.endpoint?.name ?? '–'}` : (run.model?.name ?? '–')
  return (
    <Panel title={t('config')}>
      <FactList
        facts={[
          { label: t('model'), value: <span className="[overflow-wrap:anywhere]">{asked}</span> },
          ...(run.servedName === null ? [] : [{ label: t('servedName'), value: <span className="[overflow-wrap:anywhere]">{run.servedName}</span> }]),
          { label: t('setting.style'), value: t(`styles.${sampling.style}`) },
          ...(['temperature', 'topP', 'topK', 'repetitionPenalty', 'maxTokens', 'target', 'minimumCharacters', 'tries', 'concurrency'] as const).map((name) => ({ label: t(`setting.${name}`), value: number(sampling[name], { maximumFractionDigits: 4 }) })),
          { label: t('setting.seed'), value: String(sampling.seed) },
        ]}
      />
      {run.servedSha256 && (
        <p className="mt-2 mb-0 flex items-center gap-2 text-sm">
          <span className="text-muted">SHA-256</span>
          <code className="truncate text-xs" title={run.servedSha256}>
            {run.servedSha256.slice(0, 16)}…
          </code>
          <CopyButton text={run.servedSha256} label={t('servedHash')} />
        </p>
      )}
      {run.promptVersion && <details className="mt-3 text-sm">
        <summary className="w-fit text-muted hover:text-ink">{t('promptOf', { version: run.promptVersion.version })}</summary>
        <p className="mt-2 mb-0 [overflow-wrap:anywhere] whitespace-pre-wrap">{run.promptVersion.system || '–'}</p>
        <p className="mt-2 mb-0 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{run.promptVersion.template}</p>
      </details>}
    </Panel>
  )
}

import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { CopyButton } from '@/app/_ui/copy-button'
import { Link } from '@/app/_ui/link'
import { RelativeTime } from '@/app/_ui/local-time'
import type { DatasetVersionWithJob } from '@/lib/stages/pairs/datasets'
import { ComparePicker } from '@/app/_ui/compare-picker'

/** The frozen versions, newest first: their pairs, their hash, the way to each and to what two of them differ in. */
export async function VersionList({ projectId, versions }: { projectId: string; versions: readonly DatasetVersionWithJob[] }) {
  const [t, { number }] = await Promise.all([getTranslator('pairs'), getFormatter()])
  const frozen = versions.filter(({ sha256 }) => sha256 !== null)
  const nameOf = (version: DatasetVersionWithJob) => [t('version', { ordinal: version.ordinal }), version.name].filter(Boolean).join(' · ')
  return (
    <>
      {frozen.length > 1 && <ComparePicker href={`/projects/${projectId}/pairs/versions/compare`} options={frozen.map((version) => ({ ordinal: version.ordinal, label: nameOf(version) }))} words={{ compare: t('compare'), first: t('older'), second: t('newer') }} className="mb-4" />}
      <ul className="m-0 list-none border-t border-line p-0">
        {versions.map((version) => (
          <li key={version.id} className="grid gap-2 border-b border-line py-3">
            <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
              {version.sha256 ? (
                <Link href={`/projects/${projectId}/pairs/versions/${version.id}`} className="font-semibold text-ink underline decoration-line underline-offset-4 hover:decoration-current">
                  {nameOf(version)}
                </Link>
              ) : (
                <span className="font-semibold">{nameOf(version)}</span>
              )}
              <JobStateTag job={version.job} />
              {version.sha256 && (
                <>
                  <span>{t('split', { training: number(version.trainingPairs), validation: number(version.validationPairs) })}</span>
                  <span className="text-muted">{t('length', { count: version.characters })}</span>
                  <span className="inline-flex items-center text-muted">
                    <code className="text-sm">{version.sha256.slice(0, 12)}</code>
                    <CopyButton text={version.sha256} label={t('hashOf', { name: nameOf(version) })} />
                  </span>
                </>
              )}
              <span className="text-muted">
                <RelativeTime at={version.createdAt.toISOString()} />
              </span>
              <span className="ml-auto flex gap-2">
                <CancelJob job={version.job} name={nameOf(version)} small />
              </span>
            </div>
            <JobFailure job={version.job} name={nameOf(version)} />
            <JobProgress job={version.job} />
          </li>
        ))}
      </ul>
    </>
  )
}

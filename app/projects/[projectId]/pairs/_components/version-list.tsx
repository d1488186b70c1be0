import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { DownloadButton } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'
import { RelativeTime } from '@/app/_ui/local-time'
import type { DatasetVersionWithJob } from '@/lib/stages/pairs'

/** The frozen versions, newest first: their pairs, their hash, and their download. */
export async function VersionList({ versions }: { versions: readonly DatasetVersionWithJob[] }) {
  const [t, { number }] = await Promise.all([getTranslator('pairs'), getFormatter()])
  return (
    <ul className="m-0 list-none border-t border-line p-0">
      {versions.map((version) => {
        const name = t('version', { ordinal: version.ordinal })
        return (
          <li key={version.id} className="grid gap-2 border-b border-line py-3">
            <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
              <span className="font-semibold">{name}</span>
              <JobStateTag job={version.job} />
              {version.sha256 && (
                <>
                  <span>{t('split', { training: number(version.trainingPairs), validation: number(version.validationPairs) })}</span>
                  <span className="text-muted">{t('length', { count: version.characters })}</span>
                  <span className="text-muted">{t('fromRun', { ordinal: version.premiseRun.ordinal })}</span>
                  <span className="inline-flex items-center text-muted">
                    <code className="text-sm">{version.sha256.slice(0, 12)}</code>
                    <CopyButton text={version.sha256} label={t('hashOf', { name })} />
                  </span>
                </>
              )}
              <span className="text-muted">
                <RelativeTime at={version.createdAt.toISOString()} />
              </span>
              <span className="ml-auto flex gap-2">
                <CancelJob job={version.job} name={name} small />
                {version.sha256 && (
                  <DownloadButton small href={`/api/datasets/${version.id}/alpaca`}>
                    {t('alpaca')}
                  </DownloadButton>
                )}
              </span>
            </div>
            <JobFailure job={version.job} name={name} />
            <JobProgress job={version.job} />
          </li>
        )
      })}
    </ul>
  )
}

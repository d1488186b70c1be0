import { getTranslator } from '@/app/_i18n/server'
import { DownloadButton } from '@/app/_ui/button'
import type { DatasetVersion } from '@/lib/generated/prisma/client'
import { pairFormats } from '@/lib/pair-formats/format'

/** A version in every form, and each of its sides alone in the trainer's own. */
export async function ExportLinks({ version }: { version: Pick<DatasetVersion, 'id' | 'validationPairs'> }) {
  const t = await getTranslator('pairs')
  const base = `/api/datasets/${version.id}`
  return (
    <section aria-label={t('download')}>
      <h2 className="mt-0 mb-2 text-sm font-semibold">{t('download')}</h2>
      <div className="flex flex-wrap gap-2">
        {pairFormats.map((format) => (
          <DownloadButton key={format} small href={`${base}/${format}`}>
            {t(`format.${format}`)}
          </DownloadButton>
        ))}
        {version.validationPairs > 0 &&
          (['training', 'validation'] as const).map((split) => (
            <DownloadButton key={split} small kind="quiet" href={`${base}/json-lines?split=${split}`}>
              {t('downloadSide', { side: t(`figure.${split}`), format: t('format.json-lines') })}
            </DownloadButton>
          ))}
      </div>
    </section>
  )
}

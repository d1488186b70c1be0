import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import type { UploadEntry } from '@/lib/stages/uploads'
import { textEncodingSchema } from '@/lib/text/encoding'

/** Below this a text is probably read in a wrong encoding. */
export const DOUBTFUL = 0.4

/** The encoding that an upload was read in, leading to where it can be overruled, with a word of warning where it may be wrong. */
export async function EncodingLink({ upload, href }: { upload: UploadEntry; href: string }) {
  const t = await getTranslator('uploads')
  const encoding = textEncodingSchema.safeParse(upload.encoding)
  const [file] = upload.files
  const isDoubtful = file !== undefined && file.form !== null && (file.mojibake !== null || (file.plausibility ?? 1) < DOUBTFUL)
  if (!encoding.success && upload.errorCode !== 'upload.encoding-unknown') return null
  return (
    <>
      <Link href={href} className="text-muted underline underline-offset-4">
        {encoding.success ? t(`shortEncoding.${encoding.data}`) : t('encoding')}
      </Link>
      {isDoubtful && <Tag kind="warn">{t('mayBeMojibake')}</Tag>}
    </>
  )
}

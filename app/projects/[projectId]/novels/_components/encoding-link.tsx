import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import type { UploadEntry } from '@/lib/stages/uploads/uploads'
import { textEncodingSchema } from '@/lib/text/encoding'

/** The encoding that an upload was read in, leading to where it can be overruled, with a word of warning where it may be wrong. */
export async function EncodingLink({ upload, href }: { upload: UploadEntry; href: string }) {
  const t = await getTranslator('uploads')
  const encoding = textEncodingSchema.safeParse(upload.encoding)
  const isOpen = encoding.success || upload.errorCode === 'upload.encoding-unknown'
  return (
    <>
      {isOpen && (
        <Link href={href} className="text-muted underline underline-offset-4">
          {encoding.success ? t(`shortEncoding.${encoding.data}`) : t('encoding')}
        </Link>
      )}
      {upload.doubtful > 0 && <Tag kind="warn">{t('mayBeMojibake')}</Tag>}
    </>
  )
}

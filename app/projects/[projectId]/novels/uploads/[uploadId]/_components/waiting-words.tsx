import { z } from 'zod'
import { getTranslator } from '@/app/_i18n/server'
import { changeWords } from '@/app/projects/[projectId]/novels/[novelId]/_change-words'
import { type RememberedNovel, waitingWords } from '@/lib/stages/uploads/remembered-words'
import type { UploadEntry } from '@/lib/stages/uploads/uploads'

/** Sentences of one novel that are shown. */
const most = 20
const result = z.object({ carried: z.number() }).nullable().catch(null)

/** What became of a person's decisions when the file was read again: how many were carried over, and which found no place. */
export async function WaitingWords({ upload }: { upload: UploadEntry }) {
  const t = await getTranslator('uploads')
  const carried = result.parse(upload.job?.result ?? null)?.carried ?? 0
  const waiting = await Promise.all(waitingWords.parse(upload.waitingWords).map(async (novel) => ({ title: novel.title, sentences: await sentencesOf(novel) })))
  if (carried === 0 && waiting.length === 0) return null
  return (
    <section aria-label={t('waitingWords')} className="mb-6 max-w-[52em]">
      {carried > 0 && <p className="mt-0 mb-3">{t('carried', { count: carried })}</p>}
      {waiting.length > 0 && (
        <>
          <h2 className="mt-0 mb-1 text-base font-semibold">{t('waitingWords')}</h2>
          <p className="mt-0 mb-3 text-muted">{t('waitingNote')}</p>
          <ul className="m-0 grid list-none gap-3 border-t border-line p-0 pt-3">
            {waiting.map(({ title, sentences }, at) => (
              <li key={at} className="[overflow-wrap:anywhere]">
                <span lang="zh" className="font-semibold">{title}</span>
                <ul className="mt-1 mb-0 grid list-disc gap-1 pl-5 text-sm">
                  {sentences.slice(0, most).map((sentence, index) => (
                    <li key={index}>{sentence}</li>
                  ))}
                  {sentences.length > most && <li className="text-muted">{t('waitingMore', { count: sentences.length - most })}</li>}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

async function sentencesOf({ word, chapters, changes, keptClutter }: RememberedNovel): Promise<string[]> {
  const [t, reading, novels] = await Promise.all([getTranslator('uploads'), getTranslator('reading'), getTranslator('novels')])
  return [
    ...(word ? [t('waitingNovel')] : []),
    ...changes.map((change) => changeWords(reading, change)),
    ...chapters.map(({ heading, taking, role, register }) => {
      const words = [novels(`takings.${taking}`), ...(role === 'drawn' ? [] : [novels(`roles.${role}`)]), ...(register ? [novels(`register.${register}`)] : [])]
      return t('waitingChapter', { heading: heading || reading('noHeading'), words: words.join(reading('and')) })
    }),
    ...keptClutter.map(({ words }) => t('waitingKept', { words })),
  ]
}

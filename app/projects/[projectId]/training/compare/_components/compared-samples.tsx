import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Prose } from '@/app/_ui/prose'
import type { ComparedSamples as Compared } from '@/lib/stages/training/samples'

/** What the runs wrote last to the same premises, side by side; the first premise stands open. */
export async function ComparedSamples({ names, samples }: { names: readonly string[]; samples: readonly Compared[] }) {
  const [t, { number }] = await Promise.all([getTranslator('training'), getFormatter()])
  return (
    <>
      <h2 className="mt-8 mb-2 text-lg font-semibold">{t('samples.title')}</h2>
      {samples.map(({ premise, texts }, at) => (
        <details key={premise} open={at === 0} className="border-t border-line py-2">
          <summary lang="zh-CN" className="py-1 font-serif text-[17px] [overflow-wrap:anywhere]">
            {premise}
          </summary>
          <div className="mt-3 mb-4 grid grid-cols-[repeat(auto-fit,minmax(min(280px,100%),1fr))] gap-x-8 gap-y-6">
            {texts.map(
              (sample, run) =>
                sample && (
                  <section key={names[run]} aria-label={names[run]} className="min-w-0">
                    <p className="mt-0 mb-1 text-sm text-muted">{`${names[run]} · ${sample.step === 0 ? t('samples.untuned') : t('stepIs', { step: number(sample.step) })}`}</p>
                    <Prose text={sample.text} className="[overflow-wrap:anywhere]" />
                    <p className="mt-1 mb-0 text-sm text-muted">{t('samples.ended', { ending: sample.ending, tokens: sample.tokens })}</p>
                  </section>
                ),
            )}
          </div>
        </details>
      ))}
    </>
  )
}

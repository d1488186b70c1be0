import { z } from 'zod'
import type { getTranslator } from '@/app/_i18n/server'
import type { Revision } from '@/lib/generated/prisma/client'
import { clutterKinds } from '@/lib/text/clutter'

const merged = z.object({ first: z.string(), second: z.string() })
const split = z.object({ heading: z.string(), second: z.string() })
const joined = z.object({ heading: z.string(), before: z.string() })
const renamed = z.object({ from: z.string(), to: z.string() })
const cleaned = z.object({ chapters: z.number(), places: z.partialRecord(z.enum(clutterKinds), z.number()) })
const simplified = z.object({ chapters: z.number(), characters: z.number() })

/** A change of a novel's chapters as a sentence. */
export function changeWords(t: Awaited<ReturnType<typeof getTranslator<'reading'>>>, { kind, what }: Pick<Revision, 'kind' | 'what'>): string {
  switch (kind) {
    case 'merged':
      return t('did.merged', named(merged.parse(what)))
    case 'split':
      return t('did.split', named(split.parse(what)))
    case 'joined':
      return t('did.joined', named(joined.parse(what)))
    case 'renamed':
      return t('did.renamed', named(renamed.parse(what)))
    case 'cleaned': {
      const { chapters, places } = cleaned.parse(what)
      const kinds = clutterKinds.filter((each) => (places[each] ?? 0) > 0).map((each) => `${t(`clutter.${each}`)} ${places[each]}`)
      return t('did.cleaned', { chapters, kinds: kinds.join(t('and')) })
    }
    case 'simplified':
      return t('did.simplified', simplified.parse(what))
  }

  function named<T extends Record<string, string>>(headings: T): T {
    const filled = Object.entries(headings).map(([name, heading]) => [name, heading || t('noHeading')])
    return { ...headings, ...Object.fromEntries(filled) }
  }
}

import { getTranslator } from '@/app/_i18n/server'
import { Tag } from '@/app/_ui/tag'
import { premiseFlaws } from '@/lib/llm/premise-flaws'

/** What the checks say about a premise, each as a word. */
export async function FlawTags({ flaws }: { flaws: readonly string[] }) {
  const t = await getTranslator('premises')
  return flaws.map((flaw) => {
    const known = premiseFlaws.find((each) => each === flaw)
    return (
      <Tag key={flaw} kind="warn">
        {known ? t(`flaw.${known}`) : flaw}
      </Tag>
    )
  })
}

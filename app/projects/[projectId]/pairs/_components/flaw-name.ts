import { getTranslator } from '@/app/_i18n/server'
import { premiseFlaws } from '@/lib/llm/premise-flaws'

/** The reader's word for what the checks say. */
export async function flawName(): Promise<(flaw: string) => string> {
  const t = await getTranslator('premises')
  return (flaw) => {
    const known = premiseFlaws.find((each) => each === flaw)
    return known ? t(`flaw.${known}`) : flaw
  }
}

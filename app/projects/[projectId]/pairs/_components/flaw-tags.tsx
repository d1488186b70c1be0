import { Tag } from '@/app/_ui/tag'
import { flawName } from '@/app/projects/[projectId]/pairs/_components/flaw-name'

/** What the checks say about a premise, each as a word. */
export async function FlawTags({ flaws }: { flaws: readonly string[] }) {
  const name = await flawName()
  return flaws.map((flaw) => (
    <Tag key={flaw} kind="warn">
      {name(flaw)}
    </Tag>
  ))
}

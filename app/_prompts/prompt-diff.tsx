import { getTranslator } from '@/app/_i18n/server'
import { Tag } from '@/app/_ui/tag'
import { type ExampleDiff, isSame, type PartDiff, type TextDiff } from '@/lib/llm/prompt-diff'

/** What became of a prompt: its words with what went struck out and what came underlined, its examples row by row. */
export async function PromptDiff({ parts }: { parts: readonly PartDiff[] }) {
  const [t, premises] = await Promise.all([getTranslator('prompts'), getTranslator('premises')])
  if (parts.every(isSame)) return <p className="text-muted">{t('noDifference')}</p>
  const isStyled = parts.length > 1
  return (
    <div className="grid gap-8">
      {parts.map((part) => (
        <section key={part.style} aria-label={premises(`style.${part.style}`)} className="grid gap-4">
          {isStyled && <h3 className="m-0 text-base font-semibold">{premises(`style.${part.style}`)}</h3>}
          {part.figures.map(({ name, before, after }) => (
            <p key={name} className="m-0">
              {name === 'share' ? t('share') : premises(`sampling.${name}`)}: <del className="text-seal">{before ?? '–'}</del> → <ins className="text-malachite-text">{after ?? '–'}</ins>
            </p>
          ))}
          <Words title={premises('system')} diff={part.system} same={t('same')} />
          <Words title={premises('template')} diff={part.template} same={t('same')} />
          {part.examples.length > 0 && (
            <div>
              <h4 className="mt-0 mb-1 text-sm font-normal text-muted">{premises('examples')}</h4>
              <ol className="m-0 grid list-none gap-2 p-0">
                {part.examples.map((row, at) => (
                  <ExampleRow key={at} row={row} />
                ))}
              </ol>
            </div>
          )}
        </section>
      ))}
    </div>
  )
}

function Words({ title, diff, same }: { title: string; diff: TextDiff; same: string }) {
  return (
    <div>
      <h4 className="mt-0 mb-1 text-sm font-normal text-muted">
        {title}
        {!diff.isChanged && ` · ${same}`}
      </h4>
      <Pieces diff={diff} />
    </div>
  )
}

function Pieces({ diff }: { diff: TextDiff }) {
  return (
    <p lang="zh-CN" className="m-0 rounded-base bg-wash px-3 py-2 font-mono text-sm leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {diff.pieces.map(({ kind, text }, at) => {
        if (kind === 'added') return <ins key={at} className="bg-[color-mix(in_srgb,var(--color-malachite)_18%,transparent)] text-malachite-text">{text}</ins>
        if (kind === 'removed') return <del key={at} className="bg-[color-mix(in_srgb,var(--color-seal)_12%,transparent)] text-seal">{text}</del>
        return <span key={at}>{text}</span>
      })}
      {diff.pieces.length === 0 && '–'}
    </p>
  )
}

async function ExampleRow({ row }: { row: ExampleDiff }) {
  const t = await getTranslator('prompts')
  const number = (at: number | null) => (at === null ? '–' : String(at + 1))
  const place = row.before === row.after ? number(row.after) : `${number(row.before)} → ${number(row.after)}`
  const whole = (text: string, kind: 'added' | 'removed' | 'same'): TextDiff => ({ isChanged: kind !== 'same', pieces: [{ kind, text }] })
  return (
    <li className="grid gap-1">
      <span className="flex items-center gap-2 text-sm">
        {place} {row.kind !== 'same' && <Tag kind={row.kind === 'removed' ? 'bad' : row.kind === 'added' ? 'ok' : 'warn'}>{t(`row.${row.kind}`)}</Tag>}
      </span>
      <Pieces diff={row.kind === 'changed' ? row.passage : whole(row.example.passage, row.kind)} />
      <Pieces diff={row.kind === 'changed' ? row.premise : whole(row.example.premise, row.kind)} />
    </li>
  )
}

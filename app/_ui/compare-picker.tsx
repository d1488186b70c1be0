import { Columns2 } from 'lucide-react'
import Form from 'next/form'
import { buttonClass } from '@/app/_ui/button'

type Props = {
  href: string
  /** The newest first. */
  options: readonly { ordinal: number; label: string }[]
  words: { compare: string; first: string; second: string }
  chosen?: readonly number[]
  className?: string
}

/** Two of a list to put beside each other, in the address as `a` and `b`; the newest two to begin with. */
export function ComparePicker({ href, options, words, chosen = [], className = '' }: Props) {
  const of = (at: number) => chosen[at] ?? options[at === 0 ? 1 : 0]?.ordinal
  return (
    <Form action={href} className={`flex flex-wrap items-center gap-x-3 gap-y-2 ${className}`} aria-label={words.compare}>
      {(['a', 'b'] as const).map((name, at) => (
        <select key={name} name={name} defaultValue={of(at)} aria-label={at === 0 ? words.first : words.second} className="h-8 max-w-44 rounded-base border border-edge bg-raised px-2 text-sm text-ink">
          {options.map((option) => (
            <option key={option.ordinal} value={option.ordinal}>
              {option.label}
            </option>
          ))}
        </select>
      ))}
      <button type="submit" className={buttonClass('plain', true)}>
        <Columns2 size={14} aria-hidden />
        {words.compare}
      </button>
    </Form>
  )
}

import { Link } from '@/app/_ui/link'

/** Lengths that lead to their passages, the outermost first. */
export function PlaceLinks({ places }: { places: readonly { href: string; text: string }[] }) {
  return places.map(({ href, text }, at) => (
    <span key={href}>
      {at > 0 && ' · '}
      <Link href={href} className="underline decoration-line underline-offset-4 hover:decoration-current">
        {text}
      </Link>
    </span>
  ))
}

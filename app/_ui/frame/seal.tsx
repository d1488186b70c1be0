/** The mark: a square cinnabar seal with 墨 in white. */
export function Seal({ size = 26 }: { size?: number }) {
  return (
    <span aria-hidden className="grid shrink-0 place-items-center rounded-seal bg-[#B3352C] font-seal leading-none text-[#fff]" style={{ width: size, height: size, fontSize: size * 0.62 }}>
      墨
    </span>
  )
}

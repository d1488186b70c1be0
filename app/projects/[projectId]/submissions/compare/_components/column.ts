/** One submission beside the others: its name, who wrote it, the file where there is one. */
export type ComparedColumn = { id: string; name: string; writer: string; download: string | null }

/** 甲 乙 丙 丁: each column has a letter as well as a colour. */
export const marks = [
  { name: 'column.0', colour: 'text-azurite' },
  { name: 'column.1', colour: 'text-plum' },
  { name: 'column.2', colour: 'text-ochre-text' },
  { name: 'column.3', colour: 'text-malachite-text' },
] as const

/** Documents that are zip archives inside, by the names that only they hold. */
const kinds: readonly { found: string; has: (names: ReadonlySet<string>, starts: (folder: string) => boolean) => boolean }[] = [
  { found: 'EPUB', has: (names) => names.has('META-INF/container.xml') },
  { found: 'Word, .docx', has: (names, starts) => names.has('[Content_Types].xml') && starts('word/') },
  { found: 'Excel, .xlsx', has: (names, starts) => names.has('[Content_Types].xml') && starts('xl/') },
  { found: 'Office', has: (names) => names.has('[Content_Types].xml') },
  { found: 'OpenDocument', has: (names) => names.has('mimetype') && names.has('content.xml') },
  { found: 'Java', has: (names) => names.has('META-INF/MANIFEST.MF') },
]

/** What kind of document an archive with these entries really is, whatever its name says; undefined for a plain archive. */
export function documentIn(entryNames: readonly string[]): string | undefined {
  const names = new Set(entryNames)
  return kinds.find(({ has }) => has(names, (folder) => entryNames.some((name) => name.startsWith(folder))))?.found
}

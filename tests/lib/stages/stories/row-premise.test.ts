import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { premiseOf } from '@/lib/text/test-row'
import { makeTestFile } from '@/tests/support/written-submissions'
import { useStudio } from '@/tests/support/studio'

useStudio()

/** Every UTF-16 unit that trim takes off alone, and one that looks blank and is not. */
const blanks = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter((unit) => unit.trim() === '')
const inputs = ['', ' ', '  \n', ' 一句。 ', '\u200b', blanks.join(''), ...blanks]

test('SQL and TypeScript take the same for a row’s premise', async () => {
  const { testFileId } = await makeTestFile(inputs)
  await db().testRow.updateMany({ where: { testFileId }, data: { instruction: '写' } })
  const rows = await db().testRow.findMany({ where: { testFileId }, orderBy: { ordinal: 'asc' } })
  const premises = await db().$queryRaw<{ premise: string }[]>`SELECT ${rowPremise} AS premise FROM test_row WHERE test_file_id = ${testFileId}::uuid ORDER BY ordinal`
  expect(blanks.length).toBeGreaterThan(20)
  expect(premises.map(({ premise }) => premise)).toEqual(rows.map(premiseOf))
  expect(premises.slice(0, 6).map(({ premise }) => premise)).toEqual(['写', '写', '写', ' 一句。 ', '\u200b', '写'])
})

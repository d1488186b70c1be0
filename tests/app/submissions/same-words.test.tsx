import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { messagesOf } from '@/app/_i18n/messages'
import { ProblemTable } from '@/app/projects/[projectId]/submissions/_components/problem-table'
import { db } from '@/lib/db'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'
import { importSubmission } from '@/lib/stages/submissions/import'
import { checkOf, type CheckRecord, checkRecord } from '@/lib/stages/submissions/submissions'
import { changeSentence } from '@/lib/submission/fix-sentences'
import { makeProject } from '@/tests/support/jobs'
import { command } from '@/tests/support/molian'
import { jsonLines, row, sendTest } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

useStudio()
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const rows = [row('雪夜归人'), row('江上的灯'), row('门外的脚步')]
const [first, second, third] = rows.map((each, at) => ({ ...each, output: `第${at}篇。` }))
const files: [string, string][] = [
  ['rows in another order, one too many and one without output', jsonLines([second, first, { ...third, output: '' }, { input: '别的', output: '多的。' }])],
  ['a mark, Windows line ends, blank lines and text after a row', `\ufeff${jsonLines([first, second, third]).replace('}\n', '} 完\n\n').replaceAll('\n', '\r\n')}`],
  ['fields changed and a row missing', jsonLines([{ ...first, score: 1 }, { ...second, input: '别的' }])],
]

const shown = z.object({ ...checkRecord.shape, problems: z.array(z.looseObject({ ...checkRecord.shape.problems.element.shape, sentence: z.string(), fixSentence: z.string().nullable() })), mending: z.looseObject({ ...checkRecord.shape.mending.unwrap().shape, sentences: z.array(z.string()) }).optional() })

describe('the studio and the terminal', () => {
  let projectId: string
  let testFileId: string
  beforeAll(async () => {
    projectId = await makeProject()
    testFileId = (await testFileOfUpload((await sendTest(projectId, rows)).id))?.id ?? ''
  })

  async function inStudio(content: string): Promise<CheckRecord> {
    async function* body() {
      yield Buffer.from(content)
    }
    const { id } = await importSubmission(projectId, { testFileId, fileName: 'submit.json', settings: { minimumCharacters: 1 } }, body())
    await runNextWell()
    return checkOf(await db().submission.findUniqueOrThrow({ where: { id } })) ?? expect.unreachable()
  }

  async function atTerminal(content: string, args: string[] = []) {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'submit.json'), content)
    writeFileSync(join(directory, 'test.json'), jsonLines(rows))
    return (await command('check', [join(directory, 'submit.json'), '--test', join(directory, 'test.json'), ...args], { MOLIAN_LANG: 'zh' })).stdout
  }

  it.each(files)('say the same of %s', async (_, content) => {
    await db().job.deleteMany({ where: { state: 'queued' } })
    const check = await inStudio(content)
    const said = shown.parse(JSON.parse(await atTerminal(content, ['--json'])))
    expect(said.problems.map(({ row: at, code, params, fix }) => ({ row: at, code, params, fix }))).toEqual(check.problems)
    expect(said.mending).toMatchObject(check.mending ?? {})
    const page = renderToStaticMarkup(<IntlProvider locale="zh-CN" timeZone="UTC" messages={messagesOf('zh-CN')}>{await ProblemTable({ label: '问题', check })}</IntlProvider>).replace(/<[^>]+>/g, '')
    const lines = await atTerminal(content)
    for (const { sentence, fixSentence } of said.problems) {
      expect(page).toContain([sentence, fixSentence].filter(Boolean).join(' '))
      expect(lines).toContain([sentence, fixSentence].filter(Boolean).join(''))
    }
    for (const change of check.mending?.changes ?? []) expect(lines).toContain(changeSentence(change, 'zh'))
  })
})

'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { FileBox } from '@/app/_ui/file-box'
import { Field } from '@/app/_ui/field'
import { Select } from '@/app/_ui/inputs'
import { Panel } from '@/app/_ui/panel'

export type AnsweredFile = { id: string; fileName: string; rows: number }

/** Takes submissions made elsewhere, to check them and to compare them with one's own. */
export function ImportBox({ projectId, testFiles }: { projectId: string; testFiles: readonly AnsweredFile[] }) {
  const t = useTranslations('submissions')
  const [testFile, setTestFile] = useState(testFiles[0]?.id ?? '')
  return (
    <Panel title={t('import')} aside={<span className="text-sm text-muted">{t('importNote')}</span>} className="mt-8">
      <FileBox
        accept=".json,.jsonl"
        multiple
        button={t('importFile')}
        hint={t('importHint')}
        address={(name) => `/api/submissions/imports?${new URLSearchParams({ project: projectId, testFile, name })}`}
      >
        {testFiles.length > 1 && (
          <Field name="testFile" label={t('answers')}>
            <Select value={testFile} onChange={(event) => setTestFile(event.target.value)}>
              {testFiles.map((file) => (
                <option key={file.id} value={file.id}>
                  {t('testFileNamed', { name: file.fileName, rows: file.rows })}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </FileBox>
    </Panel>
  )
}

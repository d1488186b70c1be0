import { writeFileSync } from 'node:fs'

/** Two premises, two stories each: with quotation marks, escapes and a character outside the BMP, which must come back as they are. */
export const testRows = [
  { instruction: '', input: '渡口的老船夫说：“雾散了再走。”那一夜谁也没有睡。', output: '' },
  { instruction: '', input: '渡口的老船夫说：“雾散了再走。”那一夜谁也没有睡。', output: '' },
  { instruction: '', input: '掌柜的把𠮷字灯笼取下来，\\"旧\\"字还在上面。', output: '' },
  { instruction: '', input: '掌柜的把𠮷字灯笼取下来，\\"旧\\"字还在上面。', output: '' },
]

/** Writes the rows as the challenge's test files are: a JSON object a line. */
export function writeTestFile(file: string): void {
  writeFileSync(file, testRows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

import type { Sentences } from '@/lib/error-sentences/locale'

/** The checks of a submission. */
export const submissionSentences = {
  'check.bad-test-row': {
    en: '{file}, line {line}: {reason} A submission cannot be checked against a test file that is not whole.',
    zh: '{file} 第 {line} 行：{reason}测试文件本身不完整，无法据以检查。',
  },
  'submission.blank-lines': {
    en: 'The file has {count} blank lines. There must be one row a line and nothing else.',
    zh: '文件中有 {count} 个空行。每行应恰为一条，不得有其他内容。',
  },
  'submission.byte-order-mark': {
    en: 'The file begins with a byte order mark. Save it as UTF-8 without one.',
    zh: '文件开头有字节序标记（BOM）。请另存为不带 BOM 的 UTF-8。',
  },
  'submission.carriage-return': {
    en: 'The file has Windows line ends. Each line must end with a line feed alone.',
    zh: '文件使用了 Windows 换行。每行应只以换行符（LF）结尾。',
  },
  'submission.changed-field': {
    en: 'The field {field} is not as the test file has it. Only output may differ.',
    zh: '字段 {field} 与测试文件不一致。只有 output 可以不同。',
  },
  'submission.empty-output': {
    en: 'The output is empty. Generate this row again.',
    zh: 'output 为空。请重新生成此行。',
  },
  'submission.extra-row': {
    en: 'The test file has no such row. Remove it.',
    zh: '测试文件中没有这一行，请删除。',
  },
  'submission.missing-row': {
    en: 'This row of the test file is missing.',
    zh: '缺少测试文件中的这一行。',
  },
  'submission.no-output': {
    en: 'The row has no output, or one that is not text.',
    zh: '该行没有 output，或不是文本。',
  },
  'submission.not-a-row-a-line': {
    en: 'The row stands on line {line} of the file. Each row must stand on a line of its own, in JSON Lines.',
    zh: '该行位于文件第 {line} 行。应采用 JSON Lines 格式，每条单独占一行。',
  },
  'submission.not-lines': {
    en: 'The file is a JSON array, or its rows are spread over several lines. It must be JSON Lines: one object a line, no brackets or commas around them.',
    zh: '文件是 JSON 数组，或一条记录分成了多行。应为 JSON Lines：每行一个对象，外面没有方括号和逗号。',
  },
  'submission.file-gone': {
    en: 'The file of this submission is no longer on this machine. Make the submission again on the page of its story run, or bring the file back from a backup.',
    zh: '这份提交的文件已不在本机。请在该次生成的页面重新制作提交，或从备份恢复文件。',
  },
  'submission.nothing-to-mend': {
    en: 'There is nothing in this file that could be put right without a writer. Have the rows that it lacks written again.',
    zh: '此文件中没有无需重写即可修正之处。请重新生成所缺的行。',
  },
  'submission.nothing-to-write': {
    en: 'No row of this story run needs to be written again: they were written meanwhile, or the stories came with a file. Make a new submission on the run’s page.',
    zh: '这次生成没有需要重写的行：可能已补写，或成稿来自外部文件。请在该次生成的页面重新制作提交。',
  },
  'submission.still-made': {
    en: 'This submission is still being made. Wait for it, or cancel its job first.',
    zh: '这份提交还在制作。请等它完成，或先取消任务。',
  },
  'submission.short-output': {
    en: 'The output has {length} characters, fewer than the {minimum} asked for.',
    zh: 'output 只有 {length} 字，少于要求的 {minimum} 字。',
  },
} as const satisfies Sentences

import type { Sentences } from '@/lib/error-sentences/locale'

/** Reading files of novels and test rows. */
export const readingSentences = {
  'record.after-array': {
    en: 'Text goes on after the end of the array; everything from here on was left out.',
    zh: '数组结束之后仍有内容，从此处起的内容未被读取。',
  },
  'record.array-not-closed': {
    en: 'The array is never closed with “]”: the file was probably cut off here.',
    zh: '数组没有以“]”结束，文件很可能在此处被截断。',
  },
  'record.bad-string': {
    en: 'Not valid JSON: a string holds a raw line break or control character, or an escape that JSON does not know.',
    zh: '不是有效的 JSON：某个字符串中含有未转义的换行或控制字符，或含有 JSON 不支持的转义。',
  },
  'record.duplicate-key': {
    en: 'The key “{key}” stands twice in the same object, so it is not clear which value is meant.',
    zh: '同一对象中键“{key}”出现了两次，无法确定以哪个值为准。',
  },
  'record.empty-text': {
    en: 'The field “{field}” is empty.',
    zh: '字段“{field}”为空。',
  },
  'record.forbidden-key': {
    en: 'The key “{key}” is not allowed in a record.',
    zh: '记录中不允许使用键“{key}”。',
  },
  'record.invalid-utf8': {
    en: 'Not valid UTF-8 at byte {byte} of the file. Save the file as UTF-8 and upload it again.',
    zh: '文件第 {byte} 字节处不是有效的 UTF-8。请另存为 UTF-8 后重新上传。',
  },
  'record.lone-surrogate': {
    en: 'The field “{field}” holds half of a surrogate pair (such as \\ud800), which is no character.',
    zh: '字段“{field}”中含有不成对的代理项（如 \\ud800），它不是任何字符。',
  },
  'record.missing-field': {
    en: 'The field “{field}” is missing.',
    zh: '缺少字段“{field}”。',
  },
  'record.no-comma': {
    en: 'There is no comma between this record and the one before it.',
    zh: '此记录与前一条记录之间缺少逗号。',
  },
  'record.not-json': {
    en: 'Not valid JSON at character {column} of the record.',
    zh: '记录的第 {column} 个字符处不是有效的 JSON。',
  },
  'record.not-object': {
    en: 'A record must be an object in braces; here is {found}.',
    zh: '每条记录必须是花括号中的对象；此处为 {found}。',
  },
  'record.not-string': {
    en: 'The field “{field}” must be text; here it is {found}.',
    zh: '字段“{field}”必须是文本；此处为 {found}。',
  },
  'record.nul': {
    en: 'A NUL character (code 0) stands in the record. Text cannot hold it.',
    zh: '记录中含有 NUL 字符（编码 0），文本中不能含有该字符。',
  },
  'record.number': {
    en: 'The number {number} is none that JSON can hold.',
    zh: '数字 {number} 不是 JSON 能表示的数。',
  },
  'record.too-deep': {
    en: 'Values are nested more than {limit} levels deep.',
    zh: '嵌套超过 {limit} 层。',
  },
  'record.too-large': {
    en: 'The record is larger than {limit} bytes. Split it into several.',
    zh: '记录超过 {limit} 字节，请拆分为多条。',
  },
  'record.trailing-comma': {
    en: 'A comma stands where nothing follows it. JSON does not allow that; take the comma away.',
    zh: '逗号之后没有内容，JSON 不允许这样写，请去掉该逗号。',
  },
  'record.truncated': {
    en: 'The record breaks off before its end: a bracket or a quotation mark is never closed.',
    zh: '记录不完整：有括号或引号未闭合。',
  },
  'upload.binary': {
    en: '“{file}” is not a text file ({found}). Novels and test rows are JSON Lines or a JSON array.',
    zh: '“{file}”不是文本文件（{found}）。小说与测试行应为 JSON Lines 或 JSON 数组。',
  },
  'upload.compressed': {
    en: '“{file}” is compressed ({found}). Unpack it first and give the file inside.',
    zh: '“{file}”是压缩文件（{found}）。请先解压，再选择其中的文件。',
  },
  'upload.empty': {
    en: '“{file}” is empty.',
    zh: '“{file}”是空文件。',
  },
  'upload.encoding-unknown': {
    en: 'The encoding of “{file}” could not be told. Save it as UTF-8 and upload it again.',
    zh: '无法识别“{file}”的编码。请另存为 UTF-8 后重新上传。',
  },
  'upload.invalid-bytes': {
    en: '“{file}” is not {encoding} throughout: line {line}, byte {byte}. Save it as UTF-8 and upload it again.',
    zh: '“{file}”并非全部为 {encoding} 编码：第 {line} 行，第 {byte} 字节处出错。请另存为 UTF-8 后重新上传。',
  },
  'upload.unreadable': {
    en: '“{file}” could not be read: {reason}.',
    zh: '无法读取“{file}”：{reason}。',
  },
} as const satisfies Sentences

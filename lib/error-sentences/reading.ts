import type { Sentences } from '@/lib/error-sentences/locale'

/** Reading files of novels and test rows. */
export const readingSentences = {
  'entry.damaged': {
    en: '“{file}” in the archive is damaged or cut off: its length or checksum is not what it should be. Nothing of it was taken.',
    zh: '压缩包中的“{file}”已损坏或不完整：长度或校验值不符，未采用其中任何内容。',
  },
  'entry.encrypted': {
    en: '“{file}” in the archive is protected by a password. Pack it again without one.',
    zh: '压缩包中的“{file}”有密码保护。请不设密码重新打包。',
  },
  'entry.hidden': {
    en: '“{file}” was passed over: a system’s own file, not a person’s.',
    zh: '已略过“{file}”：这是系统文件。',
  },
  'entry.method': {
    en: '“{file}” is packed by a method ({method}) that is not read here. Pack it again as an ordinary .zip.',
    zh: '“{file}”的压缩方式（{method}）不受支持。请重新打包为普通的 .zip。',
  },
  'entry.nested-archive': {
    en: '“{file}” is an archive inside the archive ({found}), which is not opened. Give it by itself.',
    zh: '“{file}”是压缩包中的压缩包（{found}），不会打开。请单独上传。',
  },
  'entry.path-escapes': {
    en: '“{file}” has a name that leads out of the archive’s folder, so it was not read.',
    zh: '“{file}”的路径指向压缩包之外，未读取。',
  },
  'entry.special': {
    en: '“{file}” is no ordinary file but a device, a pipe or the like, so it was not read.',
    zh: '“{file}”不是普通文件（设备、管道等），未读取。',
  },
  'entry.symlink': {
    en: '“{file}” is only a link to another place, so there is nothing in it to read.',
    zh: '“{file}”只是指向别处的链接，没有内容可读。',
  },
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
  'record.damaged-text': {
    en: '{count} characters of the text could not be read, more than one in a hundred: the encoding is probably another one.',
    zh: '正文中有 {count} 个字符无法识别，超过百分之一，很可能不是这种编码。',
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
  'record.invalid-bytes': {
    en: 'Not valid {encoding} in line {line} of the file: a few bytes are damaged. The other records are not touched by it.',
    zh: '文件第 {line} 行有不属于 {encoding} 的字节，此处已损坏；其他记录不受影响。',
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
  'record.second-test-file': {
    en: 'A test file stands before this one in the archive already. Upload each test file by itself.',
    zh: '压缩包中已有另一个测试文件。请将测试文件分别上传。',
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
  'upload.archive-broken': {
    en: '“{file}” is no whole .zip archive: it is cut off or damaged. Pack or download it again.',
    zh: '“{file}”不是完整的 .zip 压缩包，可能被截断或已损坏。请重新打包或下载。',
  },
  'upload.archive-entries': {
    en: '“{file}” holds more than {limit} files. Split it.',
    zh: '“{file}”中的文件超过 {limit} 个，请拆分。',
  },
  'upload.archive-nothing': {
    en: 'None of the {files} files in “{file}” could be used; each one’s reason stands in its list.',
    zh: '“{file}”中的 {files} 个文件都无法使用，原因见文件列表。',
  },
  'upload.archive-ratio': {
    en: '“{entry}” in “{file}” grows more than {ratio} times as large when it is unpacked, as no text does. The archive was not read.',
    zh: '“{file}”中的“{entry}”解压后膨胀超过 {ratio} 倍，正常文本不会如此，因此未读取该压缩包。',
  },
  'upload.archive-too-large': {
    en: '“{file}” is larger than {limit} when it is unpacked (reached at “{entry}”). Split it, or raise MOLIAN_UPLOAD_LIMIT.',
    zh: '“{file}”解压后超过 {limit}（读到“{entry}”时）。请拆分，或调高 MOLIAN_UPLOAD_LIMIT。',
  },
  'upload.binary': {
    en: '“{file}” is not a text file ({found}). Novels come as JSON or as .txt, test rows as JSON.',
    zh: '“{file}”不是文本文件（{found}）。小说应为 JSON 或 .txt，测试行应为 JSON。',
  },
  'upload.compressed': {
    en: '“{file}” is compressed ({found}), which is not opened here. Unpack it and give the files, or pack them as .zip or .gz.',
    zh: '“{file}”是 {found} 压缩文件，这里不能打开。请解压后选择其中的文件，或改用 .zip、.gz。',
  },
  'upload.document': {
    en: '“{file}” is a document ({found}), not plain text. Save it as .txt and upload that.',
    zh: '“{file}”是文档（{found}），不是纯文本。请另存为 .txt 后上传。',
  },
  'upload.empty': {
    en: '“{file}” is empty.',
    zh: '“{file}”是空文件。',
  },
  'upload.encoding-unknown': {
    en: 'The encoding of “{file}” could not be told. Choose it by how the text reads.',
    zh: '无法识别“{file}”的编码。请按文字预览选择。',
  },
  'upload.unknown-kind': {
    en: '“{file}” is neither .txt nor JSON. Save it as .txt and upload that.',
    zh: '“{file}”既不是 .txt 也不是 JSON。请另存为 .txt 后上传。',
  },
  'upload.unreadable': {
    en: '“{file}” could not be read: {reason}.',
    zh: '无法读取“{file}”：{reason}。',
  },
} as const satisfies Sentences

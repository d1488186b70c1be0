import type { Sentences } from '@/lib/error-sentences/locale'

/** Projects and uploads. */
export const uploadSentences = {
  'project.busy': {
    en: 'A job of this project is running ({jobs}). Cancel it first, on the Jobs page.',
    zh: '该项目有任务正在运行（{jobs} 个）。请先在“任务”页取消。',
  },
  'project.missing': {
    en: 'There is no such project; it may have been deleted.',
    zh: '没有这个项目，可能已被删除。',
  },
  'project.name-taken': {
    en: 'There is already a project called {name}. Choose another name.',
    zh: '已有名为“{name}”的项目，请换一个名称。',
  },
  'upload.disk-full': {
    en: 'The disk is full, so {file} could not be kept. Free some space and upload it again; nothing else was lost.',
    zh: '磁盘已满，无法保存 {file}。请腾出空间后重新上传，其他内容没有受影响。',
  },
  'upload.being-read': {
    en: '{file} is being read. Wait for its end, or cancel it on the Jobs page.',
    zh: '正在读取 {file}。请等它读完，或在“任务”页取消。',
  },
  'upload.incomplete': {
    en: '{file} broke off: {received} of {declared} bytes came. Upload it again.',
    zh: '{file} 传输中断：声明 {declared} 字节，只收到 {received} 字节。请重新上传。',
  },
  'upload.interrupted': {
    en: 'The upload of {file} was interrupted before its end, so nothing of it was taken. Choose the same file again.',
    zh: '{file} 上传中断，未采用其中任何内容。请再次选择同一文件。',
  },
  'upload.nothing-accepted': {
    en: 'No record of {file} could be used ({rejected} rejected). The list of rejected records gives each line and its reason.',
    zh: '{file} 中没有可用的记录（{rejected} 条被拒）。“未采用的记录”列出了每一行及原因。',
  },
  'upload.offset': {
    en: 'Of {file} only {offset} bytes are here; the sender must go on from there.',
    zh: '{file} 目前只收到 {offset} 字节，应从该处继续。',
  },
  'upload.other-file': {
    en: '{file} is not the file that was begun: its size or its bytes have changed. Choose it again to upload it from its beginning.',
    zh: '{file} 与先前开始上传的文件不同：大小或内容已改变。请重新选择，从头上传。',
  },
  'upload.too-large': {
    en: '{file} is larger than the limit of {limit}. Split it, or raise MOLIAN_UPLOAD_LIMIT.',
    zh: '{file} 超过上限 {limit}。请拆分文件，或调高 MOLIAN_UPLOAD_LIMIT。',
  },
  'upload.used-by-passages': {
    en: 'Passages were made from {file} (sets {sets}), and they name it as their source, so it stays as it is. Leave its novels out instead, or delete those sets first.',
    zh: '{file} 已用于切片（第 {sets} 组），这些切片以它为来源，因此保持原样。可改为不选用其中的书，或先删除这些切片。',
  },
  'upload.used-by-stories': {
    en: 'Stories were written for {file} (runs {runs}), and they name it as their source, so it stays as it is.',
    zh: '{file} 已用于生成（第 {runs} 次），这些成稿以它为来源，因此保持原样。',
  },
} as const satisfies Sentences

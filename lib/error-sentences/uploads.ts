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
  'upload.in-use': {
    en: 'Passages or stories were made from {file}, and they name it as their source, so it stays. Leave its novels out instead, or delete the whole project.',
    zh: '{file} 已用于切片或生成，这些结果以它为来源，因此保留。可改为不选用其中的书，或删除整个项目。',
  },
  'upload.incomplete': {
    en: '{file} broke off: {received} of {declared} bytes came. Upload it again.',
    zh: '{file} 传输中断：声明 {declared} 字节，只收到 {received} 字节。请重新上传。',
  },
  'upload.interrupted': {
    en: 'The upload of {file} was interrupted before its end, so nothing of it was taken. Upload it again.',
    zh: '{file} 上传中断，未采用其中任何内容。请重新上传。',
  },
  'upload.nothing-accepted': {
    en: 'No record of {file} could be used ({rejected} rejected). The list of rejected records gives each line and its reason.',
    zh: '{file} 中没有可用的记录（{rejected} 条被拒）。“未采用的记录”列出了每一行及原因。',
  },
  'upload.too-large': {
    en: '{file} is larger than the limit of {limit}. Split it, or raise MOLIAN_UPLOAD_LIMIT.',
    zh: '{file} 超过上限 {limit}。请拆分文件，或调高 MOLIAN_UPLOAD_LIMIT。',
  },
} as const satisfies Sentences

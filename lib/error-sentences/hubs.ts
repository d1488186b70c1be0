import type { Sentences } from '@/lib/error-sentences/locale'

/** What models are fetched from. */
export const hubSentences = {
  'download.running': {
    en: '“{what}” is being worked on. Cancel it first.',
    zh: '“{what}”正在处理，请先取消。',
  },
  'hub.bad-id': {
    en: '“{id}” is not the id of a model. It should look like Qwen/Qwen2-1.5B-Instruct, or be the address of the model’s page.',
    zh: '“{id}”不是模型 ID。应形如 Qwen/Qwen2-1.5B-Instruct，或直接粘贴模型页面的网址。',
  },
  'hub.failed': {
    en: '{url} could not answer for {what} (status {status}). Try again later; what has come is kept.',
    zh: '{url} 未能提供 {what}（状态码 {status}）。请稍后重试，已下载的部分会保留。',
  },
  'hub.no-config': {
    en: '{what} has no config.json at its top, so it is no model that can be used here.',
    zh: '{what} 顶层没有 config.json，不是可在此使用的模型。',
  },
  'hub.no-model': {
    en: '{url} has no {what}, or not this revision of it. Check the id.',
    zh: '{url} 上没有 {what}，或没有这个版本。请检查 ID。',
  },
  'hub.no-safetensors': {
    en: '{what} has no safetensors. Other formats can run code when they are loaded and are not taken; look for a version with safetensors.',
    zh: '{what} 没有 safetensors 文件。其他格式在载入时可能执行代码，因此不接受；请找提供 safetensors 的版本。',
  },
  'hub.no-space': {
    en: '{what} needs {needs} GB more, and the disk of the home has {free} GB free. Delete what is no longer needed, then go on: what has come is kept.',
    zh: '{what} 还需要 {needs} GB，而数据目录所在磁盘只剩 {free} GB。请先删除不需要的内容再继续，已下载的部分会保留。',
  },
  'hub.not-protocol': {
    en: '{url} answered, but not as this hub does. Check the address of the hub.',
    zh: '{url} 有应答，但不符合该平台的接口。请检查平台地址。',
  },
  'hub.other-bytes': {
    en: 'The bytes of {file} are not those that the hub vouches for (expected {expected}, got {found}). They are thrown away; try again, or choose another address of the hub.',
    zh: '{file} 的内容与平台给出的校验值不符（应为 {expected}，实为 {found}），已丢弃。请重试，或更换平台地址。',
  },
  'hub.refused': {
    en: '{url} does not hand out {what} ({status}): it does not exist, is private, or its terms must be accepted on its page first. Then enter an access token for the hub.',
    zh: '{url} 拒绝提供 {what}（{status}）：它不存在、未公开，或需先在模型页面接受许可条款。之后请填写该平台的访问令牌。',
  },
  'hub.unreachable': {
    en: 'This machine does not reach {url} ({reason}). Set the address of a mirror that it reaches, or copy the model’s folder to this machine and add that folder.',
    zh: '本机无法访问 {url}（{reason}）。请填写可访问的镜像地址，或把模型文件夹复制到本机后添加该文件夹。',
  },
} as const satisfies Sentences

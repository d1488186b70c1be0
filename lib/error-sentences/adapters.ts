import type { Sentences } from '@/lib/error-sentences/locale'

/** Adapters made elsewhere. */
export const adapterSentences = {
  'adapter.bad-config': {
    en: 'The adapter_config.json of {name} is not one that can be read here: {field} is missing or wrong.',
    zh: '{name} 的 adapter_config.json 无法识别：{field} 缺失或有误。',
  },
  'adapter.damaged': {
    en: '{tensor} of the adapter {name} is damaged, cut off, or lacks its other half. Copy or download the adapter again.',
    zh: '适配器 {name} 的 {tensor} 已损坏、不完整或缺少配对部分。请重新复制或下载。',
  },
  'adapter.deleted': {
    en: 'The files of the adapter {name} have been deleted. Train it again, or import it again.',
    zh: '适配器 {name} 的文件已删除。请重新训练或重新导入。',
  },
  'adapter.empty': {
    en: 'The adapter {name} holds no LoRA weights, so there is nothing to take.',
    zh: '适配器 {name} 中没有 LoRA 权重，无可导入。',
  },
  'adapter.feature': {
    en: 'The adapter {name} uses {feature}, which cannot be merged here. Merge it with the program that made it, and add the merged model’s folder.',
    zh: '适配器 {name} 使用了此处无法合并的功能：{feature}。请用制作它的程序合并后，再添加合并后模型的文件夹。',
  },
  'adapter.no-file': {
    en: 'There is no {file} in {name}. An adapter is adapter_config.json and adapter_model.safetensors, at the top or in one folder.',
    zh: '{name} 中没有 {file}。适配器由 adapter_config.json 和 adapter_model.safetensors 组成，应在顶层或同一文件夹内。',
  },
  'adapter.not-lora': {
    en: 'The adapter {name} is of the kind {method}. Only LoRA (with rsLoRA and DoRA) can be used here.',
    zh: '适配器 {name} 的类型是 {method}。此处只支持 LoRA（含 rsLoRA 与 DoRA）。',
  },
  'adapter.not-served': {
    en: 'The engine cannot use the adapter {name} beside its base: {reason}. Merge it into a model, and take that one.',
    zh: '推理引擎无法在基座上直接加载适配器 {name}：{reason}。请先把它合并成模型，再用合并后的模型。',
  },
  'adapter.other-base': {
    en: 'The adapter {name} is for another base than {base}: its module {module} wants {wants}, the base has {has}. Choose the model it was trained on.',
    zh: '适配器 {name} 不是为 {base} 训练的：模块 {module} 需要 {wants}，而该基座为 {has}。请选择训练它所用的基座。',
  },
  'adapter.other-module': {
    en: 'The adapter {name} changes {module}, but its configuration names only {said}. The two files do not belong together.',
    zh: '适配器 {name} 改动了 {module}，而配置只列出 {said}。两个文件并非一套。',
  },
  'adapter.other-rank': {
    en: 'The weights of the adapter {name} have rank {rank} (in {module}), its configuration says {said}. The two files do not belong together.',
    zh: '适配器 {name} 的权重秩为 {rank}（{module}），而配置写的是 {said}。两个文件并非一套。',
  },
  'adapter.pickled': {
    en: '{name} holds its weights as .bin or .pt. Such files can run code when they are loaded and are not taken; save the adapter as safetensors.',
    zh: '{name} 的权重是 .bin 或 .pt。这类文件在载入时可能执行代码，因此不接受；请将适配器另存为 safetensors。',
  },
  'adapter.several': {
    en: '{name} holds several adapters. Send each in an archive of its own.',
    zh: '{name} 中有多个适配器。请每个单独打包。',
  },
  'adapter.unknown-tensor': {
    en: 'The adapter {name} holds {tensor}, which is neither LoRA nor a module that its configuration saves. Such an adapter would be used only in part, so it is not taken.',
    zh: '适配器 {name} 含有 {tensor}，它既不是 LoRA 权重，也不在配置要保存的模块之列。这样的适配器只能部分生效，因此不接受。',
  },
} as const satisfies Sentences

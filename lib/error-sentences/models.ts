import type { Sentences } from '@/lib/error-sentences/locale'

/** Models. */
export const modelSentences = {
  'model.ambiguous': {
    en: 'Several models are called {name}. Give the folder of the one that is meant: {folders}.',
    zh: '有多个模型名为 {name}。请改为给出其中一个的文件夹：{folders}。',
  },
  'model.bad-config': {
    en: 'The file {file} of the model in {path} is not as a model\'s file must be. Download the model again.',
    zh: '{path} 中的 {file} 不是有效的模型文件。请重新下载该模型。',
  },
  'model.bad-template': {
    en: 'The chat template of the model in {path} cannot be rendered: {reason}.',
    zh: '{path} 中模型的对话模板无法渲染：{reason}。',
  },
  'model.damaged': {
    en: '{file} of the model in {path} is damaged or cut off. Download it again.',
    zh: '{path} 中的 {file} 已损坏或不完整，请重新下载。',
  },
  'model.deleted': {
    en: 'The files of the model {name} have been deleted. Download it again, or add the folder that holds it.',
    zh: '模型 {name} 的文件已删除。请重新下载，或添加存放它的文件夹。',
  },
  'model.elsewhere': {
    en: '{path} does not lie in Molian’s home, so Molian does not delete it. Delete it where it lies; it is then no longer listed.',
    zh: '{path} 不在墨炼的数据目录内，墨炼不会删除它。请在原处自行删除，之后便不再列出。',
  },
  'model.folder-relative': {
    en: '“{path}” is not a whole path. Give the folder from the root on, such as /data/models.',
    zh: '“{path}”不是完整路径。请从根目录写起，例如 /data/models。',
  },
  'model.in-use': {
    en: '“{name}” is needed by what waits or runs: {jobs}. Wait for it, or cancel it first.',
    zh: '“{name}”正被等待或进行中的任务使用：{jobs}。请等其结束，或先取消。',
  },
  'model.is-adapter': {
    en: '{path} holds an adapter, not a whole model. Give the folder of its base model.',
    zh: '{path} 中只有适配器，不是完整模型。请给出其基座模型的文件夹。',
  },
  'model.link-escapes': {
    en: '{file} in {path} is a link that leads out of the folder. Put the file itself there (cp -L copies what links lead to).',
    zh: '{path} 中的 {file} 是指向文件夹之外的链接。请放入文件本身（cp -L 可复制链接所指的内容）。',
  },
  'model.missing-shard': {
    en: '{file} of the model in {path} is missing. Download it again.',
    zh: '{path} 中的模型缺少 {file}，请重新下载。',
  },
  'model.no-chat-template': {
    en: 'The model in {path} has no chat template, which training needs. Take the instruction-tuned model of its family, or add a chat_template.jinja.',
    zh: '{path} 中的模型没有对话模板，而训练需要它。请改用同系列的指令模型，或补上 chat_template.jinja。',
  },
  'model.no-config': {
    en: 'There is no config.json in {path}, so it is no model folder. Give the folder that holds config.json and the safetensors.',
    zh: '{path} 中没有 config.json，不是模型文件夹。请给出含 config.json 和 safetensors 的文件夹。',
  },
  'model.no-folder': {
    en: 'There is no folder {path} that could be read.',
    zh: '文件夹 {path} 不存在或无法读取。',
  },
  'model.no-safetensors': {
    en: 'The model in {path} has no safetensors. Other formats can run code when they are loaded and are not taken; save the model as safetensors.',
    zh: '{path} 中没有 safetensors 文件。其他格式在载入时可能执行代码，因此不接受；请将模型另存为 safetensors。',
  },
  'model.no-starter': {
    en: 'The starter model has not been made yet. Run "npm run demo", or name the folder of another model.',
    zh: '入门模型尚未生成。请先运行 npm run demo，或指定其他模型的文件夹。',
  },
  'model.no-tokenizer': {
    en: 'The model in {path} has no tokenizer. Copy tokenizer.json and tokenizer_config.json beside its weights.',
    zh: '{path} 中没有分词器。请将 tokenizer.json 与 tokenizer_config.json 放到权重旁边。',
  },
  'model.own-code': {
    en: '{file} of the model in {path} asks to run code of its own (auto_map). Molian runs no code from model folders.',
    zh: '{path} 中的 {file} 要求执行自带代码（auto_map）。墨炼不执行模型文件夹中的代码。',
  },
  'model.tokenizer-too-large': {
    en: '{file} of the model in {path} is larger than {limit} MB, more than any tokenizer needs. Download the model again.',
    zh: '{path} 中的 {file} 超过 {limit} MB，远大于任何分词器所需。请重新下载该模型。',
  },
  'model.tokenizer-unknown': {
    en: 'The tokenizer of the model in {path} is of a kind that cannot be read here ({reason}), so its tokens are not counted.',
    zh: '{path} 中模型的分词器属于此处无法读取的类型（{reason}），因此不统计其词元。',
  },
  'model.unknown': {
    en: 'There is no model called {name} here. Give the path of its folder instead, such as ./models/{name}.',
    zh: '这里没有名为 {name} 的模型。请改为给出它的文件夹路径，例如 ./models/{name}。',
  },
} as const satisfies Sentences

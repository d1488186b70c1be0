import type { Locale } from '@/lib/error-sentences/locale'

type Words = Record<Locale, string>

/** What a setting is called, and what its number counts. `hidden`: what was given may hold a secret and is not repeated. */
export type SettingName = Words & { unit?: Words; hidden?: true }

const characters = { en: 'characters', zh: '字' }
const tokens = { en: 'tokens', zh: '词元' }
const steps = { en: 'steps', zh: '步' }
const pairs = { en: 'pairs', zh: '条' }
const times = { en: 'times', zh: '次' }
const share = { en: 'as a share, 1 is all', zh: '占比，1 为全部' }

/** Every setting by its key, in both languages: the label of its field, and its name in what is said of it. */
export const settingNames = {
  // The stages, as sections of a config file.
  novels: { en: 'Novels', zh: '书稿' },
  passages: { en: 'Passages', zh: '切片' },
  premises: { en: 'Premises', zh: '提要' },
  pairs: { en: 'Pairs', zh: '样本' },
  training: { en: 'Training', zh: '训练' },
  stories: { en: 'Stories', zh: '生成' },
  submissions: { en: 'Submissions', zh: '提交' },

  registers: { en: 'Registers', zh: '语体' },

  strategy: { en: 'Way of cutting', zh: '切法' },
  target: { en: 'Target length', zh: '目标字数', unit: characters },
  minimum: { en: 'Shortest length', zh: '最短字数', unit: characters },
  maximum: { en: 'Longest length', zh: '最长字数', unit: characters },
  chapterMaximum: { en: 'Longest whole chapter', zh: '整章上限', unit: characters },
  limit: { en: 'Most passages', zh: '最多切片数', unit: { en: 'passages', zh: '段' } },
  endings: { en: 'Share of chapter endings', zh: '章末比例', unit: share },
  likeness: { en: 'Likeness', zh: '相似度', unit: share },

  writer: { en: 'Writer', zh: '由谁写' },
  kind: { en: 'Kind', zh: '类型' },
  model: { en: 'Model', zh: '模型' },
  baseUrl: { en: 'Address', zh: '地址', hidden: true },
  keyFrom: { en: 'Variable with the key', zh: '密钥变量名', hidden: true },

  prompt: { en: 'Prompt', zh: '提示词' },
  system: { en: 'System prompt', zh: '总要求' },
  template: { en: 'Template', zh: '模板' },
  examples: { en: 'Examples', zh: '示例' },
  passage: { en: 'Passage', zh: '切片' },
  premise: { en: 'Premise', zh: '提要' },
  styles: { en: 'Styles', zh: '体裁' },
  'styles.style': { en: 'Kind of premise', zh: '体裁' },
  share: { en: 'Share', zh: '比例', unit: { en: 'percent', zh: '%' } },

  sampling: { en: 'Sampling', zh: '采样' },
  style: { en: 'Interface', zh: '请求方式' },
  temperature: { en: 'Temperature', zh: '温度' },
  topP: { en: 'top-p', zh: 'top-p' },
  topK: { en: 'top-k', zh: 'top-k' },
  repetitionPenalty: { en: 'Repetition penalty', zh: '重复惩罚' },
  maxTokens: { en: 'Most tokens', zh: '最多词元', unit: tokens },
  minimumCharacters: { en: 'Fewest characters', zh: '最少字数', unit: characters },
  maximumCharacters: { en: 'Most characters', zh: '最多字数', unit: characters },
  tries: { en: 'Most tries', zh: '最多尝试', unit: times },
  concurrency: { en: 'In flight at once', zh: '并发', unit: { en: 'requests', zh: '个请求' } },
  jsonOutput: { en: 'JSON output', zh: 'JSON 格式' },
  scoring: { en: 'Grading', zh: '打分' },
  seed: { en: 'Seed', zh: '随机种子' },
  flaws: { en: 'Flaws', zh: '问题' },
  adherenceBelow: { en: 'Share of the premise’s words', zh: '提要词语比例', unit: share },
  continueCutOff: { en: 'Continue what was cut off', zh: '续写被截断的' },
  rows: { en: 'Rows', zh: '行' },

  splitBy: { en: 'Split by', zh: '划分单位' },
  validationShare: { en: 'Validation share', zh: '验证集比例', unit: share },
  undecided: { en: 'Unreviewed pairs', zh: '未审看的样本' },
  duplicates: { en: 'Near duplicates', zh: '近似重复' },
  leaks: { en: 'Test premise leaks', zh: '与测试题雷同' },
  novelCap: { en: 'Max pairs per novel', zh: '每书上限', unit: pairs },
  modernShare: { en: 'Modern share', zh: '白话比例', unit: share },
  earlyVernacularShare: { en: 'Early vernacular share', zh: '古白话比例', unit: share },
  classicalShare: { en: 'Classical share', zh: '文言比例', unit: share },

  baseModel: { en: 'Base model', zh: '基座模型' },
  method: { en: 'Method', zh: '方法' },
  rank: { en: 'Rank r', zh: '秩 r' },
  alpha: { en: 'Alpha α', zh: '缩放 α' },
  dropout: { en: 'Dropout', zh: '丢弃率', unit: share },
  targets: { en: 'Projections', zh: '投影层' },
  neftuneAlpha: { en: 'NEFTune noise', zh: 'NEFTune 噪声' },
  learningRate: { en: 'Learning rate', zh: '学习率' },
  schedule: { en: 'Schedule', zh: '学习率曲线' },
  warmupRatio: { en: 'Warm-up share', zh: '预热比例', unit: share },
  warmupSteps: { en: 'Warm-up steps', zh: '预热步数', unit: steps },
  weightDecay: { en: 'Weight decay', zh: '权重衰减' },
  maxGradNorm: { en: 'Largest gradient norm', zh: '梯度范数上限' },
  batchSize: { en: 'Batch size', zh: '批大小', unit: pairs },
  accumulation: { en: 'Accumulation', zh: '梯度累积', unit: { en: 'passes', zh: '次' } },
  fitBatch: { en: 'Fit the batch to the memory', zh: '批大小随内存' },
  epochs: { en: 'Epochs', zh: '轮数', unit: { en: 'times through the pairs', zh: '轮' } },
  maxSteps: { en: 'At most so many steps', zh: '最多步数', unit: steps },
  maxLength: { en: 'Maximum length', zh: '最大长度', unit: tokens },
  packing: { en: 'Packing', zh: '样本打包' },
  gradientCheckpointing: { en: 'Gradient checkpointing', zh: '梯度检查点' },
  devices: { en: 'Devices', zh: '设备数', unit: { en: 'devices of a machine', zh: '台' } },
  machines: { en: 'Machines', zh: '机器数', unit: { en: 'machines', zh: '台' } },
  precision: { en: 'Precision', zh: '精度' },
  evaluationSteps: { en: 'Steps between evaluations', zh: '验证间隔', unit: steps },
  patience: { en: 'Early stopping', zh: '早停', unit: { en: 'evaluations', zh: '次评估' } },
  adapterFrom: { en: 'Adapter from', zh: '适配器取自' },
  checkpointSteps: { en: 'Steps between checkpoints', zh: '检查点间隔', unit: steps },
  keepCheckpoints: { en: 'Checkpoints kept', zh: '保留检查点', unit: { en: 'checkpoints', zh: '个' } },
  samples: { en: 'Samples', zh: '试写条数', unit: { en: 'premises', zh: '条' } },
  samplePremises: { en: 'Premises of your own', zh: '自填提要' },
  sampleTokens: { en: 'Longest sample', zh: '每条最长', unit: tokens },
  sampleTemperature: { en: 'Temperature of samples', zh: '试写温度' },
  sampleSeconds: { en: 'Time for samples', zh: '试写限时', unit: { en: 'seconds', zh: '秒' } },
} as const satisfies Record<string, SettingName>

export type NamedSetting = keyof typeof settingNames

/** The names of these settings in one language. */
export function namesOf<Key extends NamedSetting>(locale: Locale, keys: readonly Key[]): Record<Key, string> {
  const names: Partial<Record<Key, string>> = {}
  for (const key of keys) names[key] = settingNames[key][locale]
  if (!hasAll(names, keys)) throw new TypeError('A setting has no name')
  return names
}

function hasAll<Key extends string>(names: Partial<Record<Key, string>>, keys: readonly Key[]): names is Record<Key, string> {
  return keys.every((key) => names[key] !== undefined)
}

/** Which of them a page area's `setting` words are. */
export const shownNames = {
  training: [
    'method', 'rank', 'alpha', 'dropout', 'targets', 'neftuneAlpha', 'learningRate', 'schedule', 'warmupRatio', 'warmupSteps', 'weightDecay', 'maxGradNorm', 'batchSize',
    'accumulation', 'fitBatch', 'epochs', 'maxSteps', 'maxLength', 'packing', 'gradientCheckpointing', 'devices', 'machines', 'precision', 'evaluationSteps', 'patience',
    'adapterFrom', 'checkpointSteps', 'keepCheckpoints', 'samples', 'samplePremises', 'sampleTokens', 'sampleTemperature', 'sampleSeconds', 'seed',
  ],
  stories: ['style', 'temperature', 'topP', 'topK', 'repetitionPenalty', 'maxTokens', 'target', 'minimumCharacters', 'tries', 'concurrency', 'seed'],
  premises: ['style', 'temperature', 'topP', 'maxTokens', 'maximumCharacters', 'minimumCharacters', 'tries', 'concurrency', 'seed', 'jsonOutput', 'scoring'],
  pairs: ['splitBy', 'validationShare', 'undecided', 'seed', 'duplicates', 'leaks', 'novelCap', 'modernShare', 'earlyVernacularShare', 'classicalShare'],
} as const satisfies Record<string, readonly NamedSetting[]>

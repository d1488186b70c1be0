import type { Locale } from '@/lib/error-sentences'
import { isPhase, type Phase } from '@/lib/queue/phases'

/** What the parts of the worker's jobs are called at the terminal, as messages/ has them in the browser. */
const phaseWords: Record<Phase, Record<Locale, string>> = {
  reading: { en: 'reading', zh: '读取' },
  comparing: { en: 'comparing', zh: '比较' },
  revising: { en: 'revising', zh: '修订' },
  cutting: { en: 'cutting', zh: '切分' },
  'starting-engine': { en: 'starting the engine', zh: '启动推理引擎' },
  serving: { en: 'serving', zh: '服务中' },
  writing: { en: 'writing', zh: '写作' },
  scoring: { en: 'grading', zh: '打分' },
  judging: { en: 'judging', zh: '评判' },
  measuring: { en: 'measuring', zh: '测量' },
  checking: { en: 'checking', zh: '检查' },
  freezing: { en: 'freezing', zh: '冻结' },
  counting: { en: 'counting tokens', zh: '计词元' },
  'reading-pairs': { en: 'reading the pairs', zh: '读取样本' },
  'listing-files': { en: 'listing the files', zh: '读取文件列表' },
  downloading: { en: 'downloading', zh: '下载' },
  copying: { en: 'copying', zh: '复制' },
  'loading-model': { en: 'loading the model', zh: '载入模型' },
  training: { en: 'training', zh: '训练' },
  validating: { en: 'validating', zh: '验证' },
  silent: { en: 'nothing heard for long', zh: '久无消息' },
  merging: { en: 'merging', zh: '合并' },
  saving: { en: 'saving', zh: '保存' },
}

/** The word for the phase of a job; null while it has none. */
export function phaseWord(phase: string | null, locale: Locale): string | null {
  return isPhase(phase) ? phaseWords[phase][locale] : null
}

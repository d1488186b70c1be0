import type { Sentences } from '@/lib/error-sentences/locale'

/** Children of the worker. */
export const childSentences = {
  'engine.died': {
    en: 'The engine ended in the middle of its work (exit {code}): {reason}. "Try again" goes on from what is finished.',
    zh: '推理引擎中途退出（退出码 {code}）：{reason}。点“重试”会从已完成处继续。',
  },
  'engine.hung': {
    en: 'The engine did not answer for {minutes} minutes and was ended. "Try again" goes on from what is finished; its log is on the Engine page.',
    zh: '推理引擎 {minutes} 分钟没有应答，已被终止。点“重试”会从已完成处继续；日志见“引擎”页。',
  },
  'engine.killed': {
    en: 'The engine was killed by the system (exit 137), most often because memory ran out. Free some memory or take a smaller model, then try again: it goes on from what is finished.',
    zh: '推理引擎被系统强制终止（退出码 137），多半是内存不足。请释放内存或换用较小的模型后重试，会从已完成处继续。',
  },
  'engine.missing': {
    en: 'There is no log of the engine {run} any more. Those of the last eight engines are kept.',
    zh: '推理引擎 {run} 的日志已不存在。只保留最近八次启动的日志。',
  },
  'engine.not-ready': {
    en: 'The engine did not become ready ({how}): {reason}. Its whole log is {log}.',
    zh: '推理引擎未能就绪（{how}）：{reason}。完整日志在 {log}。',
  },
  'process.ended': {
    en: '{program} was ended from outside (SIGTERM). "Try again" goes on from what is finished.',
    zh: '{program} 被外部信号（SIGTERM）终止。点“重试”会从已完成处继续。',
  },
  'process.failed': {
    en: '{program} failed ({code}): {reason}. The job log has its last lines.',
    zh: '{program} 运行失败（{code}）：{reason}。任务日志中有其最后的输出。',
  },
  'process.killed': {
    en: '{program} was killed by the system (exit 137), most often because memory ran out. Free some memory or lower the settings, then try again.',
    zh: '{program} 被系统强制终止（退出码 137），多半是内存不足。请释放内存或调低设置后重试。',
  },
  'process.silent': {
    en: '{program} ended without saying what came of it. The job log has its last lines.',
    zh: '{program} 结束时没有给出结果。任务日志中有其最后的输出。',
  },
} as const satisfies Sentences

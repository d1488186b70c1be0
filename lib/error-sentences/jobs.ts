import type { Sentences } from '@/lib/error-sentences/locale'

/** Jobs. */
export const jobSentences = {
  'job.attempts-used-up': {
    en: 'The worker died {attempts} times during this job, so it was given up. The worker log says why; "try again" goes on from what is finished.',
    zh: '工作进程在此任务中终止了 {attempts} 次，因此放弃。原因见工作进程日志；点“重试”会从已完成处继续。',
  },
  'job.cancelled': {
    en: 'The job {name} was cancelled, so the whole stopped there. Run the same command again to go on.',
    zh: '任务 {name} 被取消，流程停在此处。再次运行同一命令即可继续。',
  },
  'job.missing': {
    en: 'There is no job {job} any more. It may have been deleted with its project.',
    zh: '任务 {job} 已不存在，可能已随项目一起删除。',
  },
} as const satisfies Sentences

export type Locale = 'zh' | 'en'

/** Every error a person can meet: what happened, to what, and what to do next. */
export const errorSentences = {
  internal: {
    en: 'Something went wrong that Molian did not foresee: {reason}. The log has the details.',
    zh: '出现了意料之外的错误：{reason}。详情见日志。',
  },

  // The studio's door
  'guard.host': {
    en: 'The studio does not answer under the name “{name}”. Open it as http://localhost with the port it printed at its start.',
    zh: '本工作室不以“{name}”这一主机名应答。请用 http://localhost 加启动时显示的端口打开。',
  },
  'guard.origin': {
    en: 'This request did not come from a page of the studio (its origin is “{name}”), so nothing was changed. Reload the page and try again.',
    zh: '该请求并非来自本工作室的页面（来源为“{name}”），因此什么都没有改动。请刷新页面后重试。',
  },

  // Jobs
  'job.attempts-used-up': {
    en: 'The worker died {attempts} times during this job, so it was given up. The worker log says why; "try again" goes on from what is finished.',
    zh: '工作进程在此任务中终止了 {attempts} 次，因此放弃。原因见工作进程日志；点“重试”会从已完成处继续。',
  },
  'job.missing': {
    en: 'There is no job {job} any more. It may have been deleted with its project.',
    zh: '任务 {job} 已不存在，可能已随项目一起删除。',
  },

  // The config file
  'config.bad-field': {
    en: '{file}: the field {field} is not as it must be: {reason}. "npx molian config" prints a complete file with a comment on each field.',
    zh: '{file}：字段 {field} 不合要求：{reason}。运行 npx molian config 可打印带注释的完整配置。',
  },
  'config.not-json': {
    en: '{file}, line {line}: this is not JSON ({reason}). Comments and trailing commas are fine; mend the line and try again.',
    zh: '{file} 第 {line} 行不是有效的 JSON（{reason}）。允许注释和尾随逗号；请改正该行后重试。',
  },
} as const satisfies Record<string, Record<Locale, string>>

export type ErrorCode = keyof typeof errorSentences

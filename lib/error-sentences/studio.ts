import type { Sentences } from '@/lib/error-sentences/locale'

/** The studio itself: what nobody foresaw, and who may ask. */
export const studioSentences = {
  internal: {
    en: 'Something went wrong that Molian did not foresee: {reason}. The log has the details.',
    zh: '出现了意料之外的错误：{reason}。详情见日志。',
  },
  'request.bad-query': {
    en: 'The request’s {field} is missing or not one that the studio knows, so nothing was done. Reload the page and try again.',
    zh: '请求中的 {field} 缺失或无法识别，因此什么都没有做。请刷新页面后重试。',
  },
  'guard.host': {
    en: 'The studio does not answer under the name “{name}”. Open it as http://localhost with the port it printed at its start.',
    zh: '本工作室不以“{name}”这一主机名应答。请用 http://localhost 加启动时显示的端口打开。',
  },
  'guard.origin': {
    en: 'This request did not come from a page of the studio (its origin is “{name}”), so nothing was changed. Reload the page and try again.',
    zh: '该请求并非来自本工作室的页面（来源为“{name}”），因此什么都没有改动。请刷新页面后重试。',
  },
} as const satisfies Sentences

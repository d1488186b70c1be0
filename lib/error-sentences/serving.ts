import type { Sentences } from '@/lib/error-sentences/locale'

/** Models that are served for other programs. */
export const servingSentences = {
  'serving.port-taken': {
    en: 'Port {port} of {host} is taken by another program, so nothing can be served there. End that program, or set MOLIAN_SERVE_PORT to another port.',
    zh: '{host} 的端口 {port} 已被其他程序占用，无法在此提供服务。请结束该程序，或将 MOLIAN_SERVE_PORT 设为别的端口。',
  },
  'serving.running': {
    en: 'This model is being served already, with other settings. Stop serving it, then start it with the new ones.',
    zh: '这个模型正在以另一组设置提供服务。请先停止，再用新设置启动。',
  },
} as const satisfies Sentences

/** What the command line says of itself. */
export const usageSentences = {
  internal: {
    en: 'Something went wrong that Molian did not foresee: {reason}. The logs have the details.',
    zh: '出现了意料之外的错误：{reason}。详情见日志。',
  },
  'usage.help': {
    en: 'Molian: a fine-tuning studio for fiction, from novels to a checked submission.\n\nUsage: molian COMMAND [OPTIONS]   (npx molian …, or npm run COMMAND -- [OPTIONS])',
    zh: '墨炼：小说微调工作室，从小说到通过检查的提交。\n\n用法：molian 命令 [选项]   （npx molian …，或 npm run 命令 -- [选项]）',
  },
  'usage.unknown-command': {
    en: 'There is no command {word}. The commands are: {commands}.',
    zh: '没有 {word} 这个命令。可用的命令有：{commands}。',
  },
  'usage.unknown-option': {
    en: 'molian {word} has no option {option}; it has {known}.',
    zh: 'molian {word} 没有 {option} 这个选项；可用的有 {known}。',
  },
  'usage.no-options': {
    en: 'molian {word} takes no options; {option} means nothing to it.',
    zh: 'molian {word} 不接受选项；{option} 无效。',
  },
  'setup.done': { en: 'Everything is set up. State is kept in {home}.', zh: '准备完毕。数据保存在 {home}。' },
  'start.open': { en: 'The studio is open: {url}   (Ctrl-C closes it)', zh: '工作室已启动：{url}   （按 Ctrl-C 关闭）' },
  'start.joined': {
    en: 'The studio runs already: {url}   (Ctrl-C leaves it to the other command)',
    zh: '工作室已在运行：{url}   （按 Ctrl-C 离开，另一命令仍保持其运行）',
  },
  'start.ended': { en: 'The studio was closed by another command.', zh: '工作室已被其他命令关闭。' },
  'usage.unknown-bench': {
    en: 'There is no benchmark {name}. The benchmarks are: {names}.',
    zh: '没有 {name} 这项测量。可用的有：{names}。',
  },
}

import type { Sentences } from '@/lib/error-sentences/locale'

/** Training and merging. */
export const trainingSentences = {
  'merge.bad-config': {
    en: 'The adapter cannot be merged: {field}: {reason}.',
    zh: '无法合并适配器：{field}：{reason}。',
  },
  'merge.failed': {
    en: 'Merging failed: {reason}.',
    zh: '合并失败：{reason}。',
  },
  'merge.other-base': {
    en: 'The adapter belongs to another base model: {reason}. Put the base model back as it was when the adapter was trained.',
    zh: '该适配器属于另一个基座模型：{reason}。请将基座模型恢复为训练时的样子。',
  },
  'merge.out-of-memory': {
    en: 'There was not enough memory to merge. Free some memory, then try again.',
    zh: '内存不足，无法合并。请释放内存后重试。',
  },
  'training.bad-config': {
    en: 'The training settings are wrong: {field}: {reason}.',
    zh: '训练设置有误：{field}：{reason}。',
  },
  'training.bad-model': {
    en: 'The base model in {path} cannot be used: {reason}.',
    zh: '无法使用 {path} 中的基座模型：{reason}。',
  },
  'training.bad-pairs': {
    en: 'The pairs in {file} cannot be used (line {line}): {reason}.',
    zh: '无法使用 {file} 中的样本（第 {line} 行）：{reason}。',
  },
  'training.dataset-not-frozen': {
    en: 'Dataset version {version} is not frozen yet. Wait for its job, then train.',
    zh: '数据集版本 {version} 尚未冻结完成，请等其任务结束后再训练。',
  },
  'training.failed': {
    en: 'Training failed: {reason}. The job log has the details.',
    zh: '训练失败：{reason}。详情见任务日志。',
  },
  'training.nan-loss': {
    en: 'Training broke down: the loss at step {step} is not a number. Lower the learning rate, then train again.',
    zh: '训练发散：第 {step} 步的损失不是数。请降低学习率后重新训练。',
  },
  'training.no-checkpoint': {
    en: 'The run has no complete checkpoint of step {step} any more. Choose another one.',
    zh: '该训练已没有第 {step} 步的完整检查点，请另选一个。',
  },
  'training.nothing-more': {
    en: 'With these epochs and steps the run ends at step {steps}, and the checkpoint is of step {step} already. Give it more.',
    zh: '按这样的轮数与步数，训练到第 {steps} 步为止，而检查点已在第 {step} 步。请加大轮数或步数。',
  },
  'training.still-going': {
    en: 'The run is not over yet. Wait for its end, or stop it, then continue from a checkpoint.',
    zh: '该训练尚未结束。请等它结束或先停止，再从检查点继续。',
  },
  'training.out-of-memory': {
    en: 'There was not enough memory for this training. Lower the batch size or the maximum length, or switch gradient checkpointing on.',
    zh: '内存不足，无法训练。请减小批大小或最大长度，或开启梯度检查点。',
  },
} as const satisfies Sentences

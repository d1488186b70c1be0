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
  'training.bad-setting': {
    en: 'The training settings are wrong: {field}: {reason}.',
    zh: '训练设置有误：{field}：{inChinese}。',
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
  'training.too-many-tags': {
    en: 'A run has at most {most} tags. Take one off first.',
    zh: '一次训练最多 {most} 个标签，请先去掉一个。',
  },
  'training.failed': {
    en: 'Training failed: {reason}. The job log has the details.',
    zh: '训练失败：{reason}。详情见任务日志。',
  },
  'training.nan-loss': {
    en: 'Training broke down: the loss at step {step} is not a number. Lower the learning rate from {rate} to a third of it or less, or warm up for longer, then train again.',
    zh: '训练发散：第 {step} 步的损失不是数。请把学习率从 {rate} 降到三分之一以下，或加长预热，然后重新训练。',
  },
  'training.needs-bitsandbytes': {
    en: 'QLoRA needs bitsandbytes, which this machine’s Python does not have. Install it there, or choose LoRA.',
    zh: 'QLoRA 需要 bitsandbytes，而这台机器的 Python 没有安装。请先安装，或改选 LoRA。',
  },
  'training.needs-nvidia': {
    en: '{setting} needs an NVIDIA device, and this machine has none. Choose another value.',
    zh: '{setting} 需要 NVIDIA 设备，而这台机器没有。请改选其他值。',
  },
  'training.no-space': {
    en: 'The checkpoints of this run take up to {needed} MB, and the disk of the home has {free} MB free. Keep fewer checkpoints, lower the rank, or free some space.',
    zh: '这次训练的检查点最多占 {needed} MB，而数据目录所在磁盘只剩 {free} MB。请少留几个检查点、降低秩，或清理磁盘。',
  },
  'training.no-checkpoint': {
    en: 'The run has no complete checkpoint of step {step} any more. Choose another one.',
    zh: '该训练已没有第 {step} 步的完整检查点，请另选一个。',
  },
  'training.nothing-more': {
    en: 'With these epochs and steps the run ends at step {steps}, and the checkpoint is of step {step} already. Give it more.',
    zh: '按这样的轮数与步数，训练到第 {steps} 步为止，而检查点已在第 {step} 步。请加大轮数或步数。',
  },
  'training.rate-is-nothing': {
    en: 'The learning rate at step {step} is {rate}: held there, it would teach nothing. Choose a new decline from the peak, or the schedule drawn over all steps.',
    zh: '第 {step} 步的学习率已是 {rate}：保持不变学不到什么。请改选“从峰值重新下降”，或按全部步数重排曲线。',
  },
  'training.still-going': {
    en: 'The run is not over yet. Wait for its end, or stop it, then continue from a checkpoint.',
    zh: '该训练尚未结束。请等它结束或先停止，再从检查点继续。',
  },
  'training.out-of-memory': {
    en: 'There was not enough {what} for this training. {problem}',
    zh: '{what}不足，无法训练。{problem}',
  },
  'training.killed': {
    en: 'The trainer was killed by the system (exit 137), most often because main memory ran out. "Try again" goes on from the newest checkpoint; should it happen again, change this. {problem}',
    zh: '训练进程被系统强制终止（退出码 137），多半是内存不足。点“重试”会从最近的检查点继续。若再次发生：{problem}',
  },
  'training.rank-killed': {
    en: 'Process {rank} of this run was killed from outside ({signal}), and the others ended with it; most often memory ran out. "Try again" goes on from the newest checkpoint; should it happen again, change this. {problem}',
    zh: '这次训练的第 {rank} 号进程被外部信号（{signal}）终止，其余进程随之结束，多半是内存不足。点“重试”会从最近的检查点继续。若再次发生：{problem}',
  },
  'training.rank-ended': {
    en: 'Process {rank} of this run ended ({code}) without saying why, and the others with it. The job log has its last lines.',
    zh: '这次训练的第 {rank} 号进程未说明原因就退出（{code}），其余进程随之结束。任务日志中有其最后的输出。',
  },
  'training.group-broken': {
    en: 'The processes of this run lost each other: {reason}. See that all machines run and reach one another, then try again.',
    zh: '这次训练的各进程失去了联系：{reason}。请确认各台机器都在运行且彼此连通，然后重试。',
  },
  'training.disk-full': {
    en: 'The disk is full: {path} could not be written, and {free} MB are free there. What was saved before is whole: make room, and "Try again" goes on from the newest checkpoint.',
    zh: '磁盘已满：无法写入 {path}，该处只剩 {free} MB。此前保存的内容完好：腾出空间后点“重试”，会从最近的检查点继续。',
  },
  'training.base-changed': {
    en: 'The base model in {path} is no longer the one this run was made for: its weights have changed. Put them back, or start a new run.',
    zh: '{path} 中的基座模型已不是这次训练所用的那个：权重有变。请恢复原来的权重，或新建一次训练。',
  },
  'training.pairs-changed': {
    en: 'The pairs in {file}, or the tokenizer of the base model, are no longer what this run began with. Put them back, or start a new run.',
    zh: '{file} 中的样本或基座模型的分词器已与这次训练开始时不同。请恢复原样，或新建一次训练。',
  },
  'training.no-main-address': {
    en: 'Training on {machines} machines needs MOLIAN_MAIN_ADDRESS and MOLIAN_MAIN_PORT: where the others reach this one. Set them where the studio is started, then try again.',
    zh: '用 {machines} 台机器训练，须设置 MOLIAN_MAIN_ADDRESS 与 MOLIAN_MAIN_PORT，即其他机器如何连到本机。请在启动工作室处设置后重试。',
  },
  'training.try-fewer-devices': {
    en: 'Lower the devices from {devices} to 1; without a GPU each process holds the model once more.',
    zh: '把设备数从 {devices} 降为 1；没有 GPU 时，每个进程都要再占一份模型。',
  },
  'training.try-smaller-batch': {
    en: 'Set the batch size to {batch} and the accumulation to {accumulation}: the result stays the same.',
    zh: '把批大小设为 {batch}、累积设为 {accumulation}：结果不变。',
  },
  'training.try-checkpointing': {
    en: 'Switch gradient checkpointing on: it costs a third more time, and the result stays the same.',
    zh: '开启梯度检查点：约多花三分之一时间，结果不变。',
  },
  'training.try-shorter': {
    en: 'Lower the maximum length from {length} to {shorter}; longer passages are then cut.',
    zh: '把最大长度从 {length} 降到 {shorter}；更长的切片会被截断。',
  },
  'training.try-smaller-model': {
    en: 'Choose a smaller base model or a lower rank, or free memory that other programs hold.',
    zh: '改选更小的基座模型或更低的秩，或释放其他程序占用的内存。',
  },
} as const satisfies Sentences

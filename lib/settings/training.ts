import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { precisions, schedules } from '@/lib/settings/training-choices'

export const projections = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const

export const trainingSettings = z.strictObject({
  baseModel: hinted(z.string().min(1), 'starter, a model folder, or a name from the Models page.', 'starter、模型文件夹，或“模型”页中的名称。'),
  rank: hinted(z.number().int().min(1).max(512), 'Rank of the adapter; more learns more and costs more.', 'LoRA 的秩；越大学得越多，也越费资源。'),
  alpha: hinted(z.number().gt(0).max(4096), 'The adapter is scaled by alpha ÷ rank.', '适配器按 alpha ÷ 秩 缩放。'),
  dropout: hinted(z.number().min(0).lt(1), 'Share of adapter inputs dropped while training.', '训练时适配器输入的丢弃比例。'),
  targets: hinted(z.array(z.enum(projections)).min(1), 'The linear projections that get an adapter.', '加上适配器的线性投影层。'),
  learningRate: hinted(z.number().gt(0).max(1), 'Peak learning rate.', '学习率峰值。'),
  schedule: hinted(z.enum(schedules), 'How the learning rate falls.', '学习率如何下降。'),
  warmupRatio: hinted(z.number().min(0).max(0.5), 'Share of the steps in which the learning rate rises.', '学习率上升阶段所占比例。'),
  weightDecay: hinted(z.number().min(0).max(1), 'Pull of the adapter weights towards zero.', '权重衰减。'),
  batchSize: hinted(z.number().int().min(1).max(256), 'Pairs in one forward pass.', '一次前向的样本数。'),
  accumulation: hinted(z.number().int().min(1).max(1024), 'Passes before one step of the optimiser.', '累积多少次再更新一步。'),
  epochs: hinted(z.number().gt(0).max(100), 'Times through the training pairs.', '训练集遍历次数。'),
  maxSteps: hinted(z.number().int().min(0).max(10_000_000), 'Stop after so many steps; 0 goes by the epochs.', '最多训练步数；0 表示按轮数。'),
  maxLength: hinted(z.number().int().min(64).max(131_072), 'Tokens of prompt and passage; what is longer is cut and counted.', '提示与切片的最大词元数，超出部分截断并计数。'),
  gradientCheckpointing: hinted(z.boolean(), 'Saves memory by computing activations twice.', '重算激活以省内存。'),
  precision: hinted(z.enum(precisions), 'auto takes bfloat16 where the device has it natively.', 'auto 在设备原生支持时用 bfloat16。'),
  evaluationSteps: hinted(z.number().int().min(1).max(1_000_000), 'Steps between two looks at the validation pairs.', '每隔多少步在验证集上评估。'),
  checkpointSteps: hinted(z.number().int().min(1).max(1_000_000), 'Steps between two checkpoints.', '每隔多少步保存检查点。'),
  keepCheckpoints: hinted(z.number().int().min(1).max(100), 'Newest checkpoints that are kept.', '保留最近几个检查点。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The seed of adapter weights, data order and dropout.', '适配器初值、数据次序与丢弃的随机种子。'),
})

export type TrainingSettings = z.infer<typeof trainingSettings>

import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { adapterSources, checkpointings, methods, mostEpochs, precisions, projections, schedules } from '@/lib/settings/training-choices'

export const trainingSettings = z.strictObject({
  baseModel: hinted(z.string().min(1), 'starter, a model folder, or a name from the Models page.', 'starter、模型文件夹，或“模型”页中的名称。'),
  method: hinted(z.enum(methods), 'rslora scales by alpha ÷ √rank, which keeps high ranks stable; dora also learns each column’s length: often better, slower, more memory; qlora keeps the base in 4 bits: NVIDIA with bitsandbytes only.', 'rslora 按 alpha ÷ √秩 缩放，秩高时更稳；dora 另学每列的长度，往往更好，但更慢、更费内存；qlora 以 4 位存放基座，仅限装有 bitsandbytes 的 NVIDIA 设备。'),
  rank: hinted(z.number().int().min(1).max(512), 'Rank of the adapter; more learns more and costs more.', 'LoRA 的秩；越大学得越多，也越费资源。'),
  alpha: hinted(z.number().gt(0).max(4096), 'The adapter is scaled by alpha ÷ rank (rslora: ÷ √rank).', '适配器按 alpha ÷ 秩 缩放（rslora 为 ÷ √秩）。'),
  dropout: hinted(z.number().min(0).lt(1), 'Share of adapter inputs dropped while training.', '训练时适配器输入的丢弃比例。'),
  targets: hinted(z.array(z.enum(projections)).min(1), 'The linear projections that get an adapter.', '加上适配器的线性投影层。'),
  neftuneAlpha: hinted(z.number().min(0).max(100), 'NEFTune: noise on the embeddings while training, against learning by heart; 5 is usual, 0 is none.', 'NEFTune：训练时给词嵌入加噪声，防止死记；常用 5，0 表示不用。'),
  learningRate: hinted(z.number().gt(0).max(1), 'Peak learning rate.', '学习率峰值。'),
  schedule: hinted(z.enum(schedules), 'How the learning rate falls. With a floor it ends at a tenth of the peak; flat, then down stays at the peak for four fifths.', '学习率如何下降。余弦留底：降到峰值的十分之一为止；先平后降：前五分之四保持峰值。'),
  warmupRatio: hinted(z.number().min(0).max(0.5), 'Share of the steps in which the learning rate rises.', '学习率上升阶段所占比例。'),
  warmupSteps: hinted(z.number().int().min(0).max(1_000_000), 'Steps in which the learning rate rises; 0 goes by the share.', '学习率上升的步数；0 表示按比例。'),
  weightDecay: hinted(z.number().min(0).max(1), 'Pull of the adapter weights towards zero.', '权重衰减。'),
  maxGradNorm: hinted(z.number().gt(0).max(1000), 'A longer gradient is shortened to this norm, so that one odd batch does no harm; 1000 is as good as never.', '梯度范数超过此值时按比例缩短，以免个别批次破坏训练；1000 相当于不限。'),
  batchSize: hinted(z.number().int().min(1).max(256), 'Pairs in one forward pass.', '一次前向的样本数。'),
  accumulation: hinted(z.number().int().min(1).max(1024), 'Passes before one step of the optimiser.', '累积多少次再更新一步。'),
  fitBatch: hinted(z.boolean(), 'Batch times accumulation stays; how many pairs go through at once is chosen to fit the memory when the run begins.', '批大小 × 累积的乘积不变；开始训练时按内存选定一次前向的样本数。'),
  epochs: hinted(z.number().gt(0).max(mostEpochs), 'Times through the training pairs.', '训练集遍历次数。'),
  maxSteps: hinted(z.number().int().min(0).max(10_000_000), 'Stop after so many steps; 0 goes by the epochs.', '最多训练步数；0 表示按轮数。'),
  maxLength: hinted(z.number().int().min(64).max(131_072), 'Tokens of prompt and passage; what is longer is cut and counted.', '提示与切片的最大词元数，超出部分截断并计数。'),
  packing: hinted(z.boolean(), 'Several short pairs share one row up to the maximum length, none seeing another: no padding, fewer rows.', '多条短样本并入一行，直至最大长度，彼此互不可见：不需填充，行数更少。'),
  gradientCheckpointing: hinted(z.enum(checkpointings), 'Saves memory by computing activations twice, which costs about a third more time; auto does so only where they would not fit.', '重算激活以省内存，约多花三分之一时间；auto 仅在放不下时启用。'),
  devices: hinted(z.number().int().min(1).max(64), 'GPUs of each machine that share every step’s pairs, or so many processes where there is no GPU. The result is the same; a step takes less time, and each device holds the whole model.', '每台机器用几块 GPU 分担每一步的样本；没有 GPU 时为进程数。结果不变，只是每步更快；每块 GPU 都放下整个模型。'),
  machines: hinted(z.number().int().min(1).max(64), 'Machines that train together, all seeing the home of this one. More than 1 needs MOLIAN_MAIN_ADDRESS; the run’s log says what to start on the others.', '一同训练的机器数，它们须能读写本机的数据目录。多于 1 台时须设置 MOLIAN_MAIN_ADDRESS；在其他机器上启动什么，训练日志会写明。'),
  precision: hinted(z.enum(precisions), 'auto takes bfloat16 where the device has it natively, else float32; float16 is for NVIDIA devices without bfloat16.', 'auto 在设备原生支持时用 bfloat16，否则用 float32；float16 供不支持 bfloat16 的 NVIDIA 设备使用。'),
  evaluationSteps: hinted(z.number().int().min(1).max(1_000_000), 'Steps between two looks at the validation pairs.', '每隔多少步在验证集上评估。'),
  patience: hinted(z.number().int().min(0).max(1000), 'The run ends after so many evaluations in a row without a new lowest validation loss; 0 is never.', '连续多少次评估没有更低的验证损失就提前结束；0 表示不提前。'),
  adapterFrom: hinted(z.enum(adapterSources), 'Whose weights become the adapter: best is the step with the lowest validation loss, last is the final step. Without validation pairs it is the last.', '适配器取哪一步的权重：best 为验证损失最低的一步，last 为最后一步；没有验证样本时总取最后一步。'),
  checkpointSteps: hinted(z.number().int().min(1).max(1_000_000), 'Steps between two checkpoints.', '每隔多少步保存检查点。'),
  keepCheckpoints: hinted(z.number().int().min(1).max(100), 'Newest checkpoints that are kept; the one with the lowest validation loss is kept besides.', '保留最近几个检查点；验证损失最低的一个另外保留。'),
  samples: hinted(z.number().int().min(0).max(8), 'Premises that the model writes to before the first step and at every evaluation, so that the change in its prose can be read; 0 is none. The same ones all along: your own below, the others drawn from the validation pairs by the seed.', '训练前和每次评估时让模型照着写几条提要，沿着曲线读它文字的变化；0 表示不写。自始至终是同样几条：先用下面自填的，其余按种子从验证样本中抽取。'),
  samplePremises: hinted(z.array(z.string().trim().min(1).max(500)).max(8), 'Premises of your own for these samples, one a line; empty: all are drawn.', '自填的提要，每行一条；留空则全部抽取。'),
  sampleTokens: hinted(z.number().int().min(16).max(2048), 'Longest a sample may grow, in tokens.', '每条试写最多多少词元。'),
  sampleTemperature: hinted(z.number().min(0).max(2), '0 takes the likeliest token every time; above it tokens are drawn, with the run’s seed at every step, so that steps can be compared.', '0 表示每次取概率最高的词元；大于 0 则抽取，每一步都用同一种子，便于比较。'),
  sampleSeconds: hinted(z.number().int().min(1).max(3600), 'Longest that the samples of one evaluation may take together, in seconds; what is not written by then is cut there.', '每次评估的试写总共最多用多少秒，到时未写完的就截在那里。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The seed of adapter weights, data order and dropout.', '适配器初值、数据次序与丢弃的随机种子。'),
})

export type TrainingSettings = z.infer<typeof trainingSettings>

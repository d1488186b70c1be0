import type { JobSettings } from '@/lib/settings/job-settings'
import { projections } from '@/lib/settings/training'

/** The settings of the challenge's public baseline (Qwen2-1.5B-Instruct); the prompts say the same in our own words. */
export const kuwen: JobSettings = {
  novels: { registers: ['modern'] },
  passages: { strategy: 'length', target: 800, minimum: 400, maximum: 1000, chapterMaximum: 3000, limit: null, endings: 0, seed: 42 },
  premises: {
    writer: { kind: 'engine', model: 'Qwen2-1.5B-Instruct' },
    prompt: {
      system: '你替小说片段写提要。仿照示例的口吻，用一句不超过三十个字的话说出人物和事情；只写这一句，不要别的。',
      template: '小说片段：\n{{passage}}\n\n提要：',
      examples: [
        {
          passage: '列车在荒原上停了一夜。车窗外什么也没有，只有风。老教授把围巾分给对座的逃兵一半，两个人谁也没有问对方要去哪里。',
          premise: '列车停在荒原的夜里，老教授与逃兵分用一条围巾。',
        },
        {
          passage: '她推开阁楼的门，灰尘里摆着一架小小的缝纫机，针下还压着半截没有缝完的红布，像是昨天才停下来的。',
          premise: '她在阁楼里发现母亲没有缝完的半截红布。',
        },
      ],
      styles: [],
    },
    sampling: {
      style: 'chat',
      temperature: 0.3,
      topP: 1,
      maxTokens: 64,
      maximumCharacters: 30,
      minimumCharacters: 6,
      tries: 3,
      concurrency: 64,
      seed: 42,
    },
  },
  pairs: { splitBy: 'chapter', validationShare: 0.05, undecided: 'keep', duplicates: 'one', leaks: 'leave_out', novelCap: 0, modernShare: 1, earlyVernacularShare: 1, classicalShare: 1, seed: 42 },
  training: {
    baseModel: 'Qwen2-1.5B-Instruct',
    rank: 8,
    alpha: 32,
    dropout: 0.1,
    targets: [...projections],
    learningRate: 1e-4,
    schedule: 'linear',
    warmupRatio: 0,
    weightDecay: 0,
    batchSize: 4,
    accumulation: 4,
    epochs: 2,
    maxSteps: 0,
    maxLength: 2048,
    gradientCheckpointing: true,
    precision: 'bfloat16',
    evaluationSteps: 100,
    checkpointSteps: 100,
    keepCheckpoints: 3,
    seed: 42,
  },
  stories: {
    writer: { kind: 'tuned' },
    prompt: {
      system: '你熟读各种小说，也善于写作。请照用户给出的提要，写一篇八百字左右的小说。注意：内容不要重复。',
      template: '{{premise}}',
    },
    sampling: {
      style: 'chat',
      temperature: 0.7,
      topP: 0.7,
      topK: 0,
      repetitionPenalty: 1,
      maxTokens: 1024,
      minimumCharacters: 100,
      tries: 3,
      concurrency: 2000,
      seed: 42,
    },
  },
  submissions: { minimumCharacters: 1 },
}

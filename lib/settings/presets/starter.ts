import type { JobSettings } from '@/lib/settings/job-settings'
import { projections } from '@/lib/settings/training'

/** This machine, no GPU, the starter model: small passages and few of them, so that the whole job takes minutes. */
export const starter: JobSettings = {
  novels: { registers: ['modern'] },
  passages: { strategy: 'length', target: 400, minimum: 200, maximum: 500, chapterMaximum: 1500, limit: 60, endings: 0, seed: 42 },
  premises: {
    writer: { kind: 'engine', model: 'starter' },
    prompt: {
      system: '下面每段小说正文之后，都有一句话概括它写了什么人、什么事，不超过三十个字。',
      template: '正文：{{passage}}\n提要：',
      examples: [
        {
          passage: '雨下到第三天，渡口的船都拴在柳树上。老艄公蹲在篷里修一支旧橹，忽听得对岸有人喊他的小名。他抬起头，看见一个穿黑布衫的女人撑着伞，站在水边。',
          premise: '雨中的渡口，老艄公听见对岸有人唤他的小名。',
        },
        {
          passage: '阿成把那封信又读了一遍，折好，塞进墙缝里。他知道明天一早父亲就要去镇上，把那头牛卖掉，换他上学的钱。牛在圈里低低地叫，他用被子蒙住了头。',
          premise: '父亲要卖掉耕牛供阿成上学，他夜里不能入睡。',
        },
        {
          passage: '药铺的掌柜拨着算盘，头也不抬，只说没有账可以再赊。女人站了一会儿，从腕上褪下一只银镯子，轻轻搁在柜台上，转身去看门外的天色。',
          premise: '女人为了抓药，在药铺当下了自己的银镯子。',
        },
      ],
      styles: [],
    },
    sampling: {
      style: 'completions',
      temperature: 0.5,
      topP: 1,
      maxTokens: 40,
      maximumCharacters: 40,
      minimumCharacters: 8,
      tries: 4,
      concurrency: 64,
      seed: 42,
    },
  },
  pairs: { splitBy: 'chapter', validationShare: 0.1, undecided: 'keep', duplicates: 'one', leaks: 'leave_out', novelCap: 0, modernShare: 1, earlyVernacularShare: 1, classicalShare: 1, seed: 42 },
  training: {
    baseModel: 'starter',
    rank: 8,
    alpha: 32,
    dropout: 0,
    targets: [...projections],
    learningRate: 5e-4,
    schedule: 'cosine',
    warmupRatio: 0.05,
    weightDecay: 0,
    batchSize: 4,
    accumulation: 1,
    epochs: 2,
    maxSteps: 0,
    maxLength: 1024,
    gradientCheckpointing: false,
    precision: 'auto',
    evaluationSteps: 10,
    checkpointSteps: 5,
    keepCheckpoints: 2,
    seed: 42,
  },
  stories: {
    writer: { kind: 'tuned' },
    prompt: { system: '你是一位小说家。按提要写一段小说，语言朴素，有人物，有对话，不重复。', template: '{{premise}}' },
    sampling: {
      style: 'chat',
      temperature: 0.8,
      topP: 1,
      topK: 50,
      repetitionPenalty: 1.1,
      maxTokens: 400,
      minimumCharacters: 80,
      tries: 3,
      concurrency: 256,
      seed: 42,
    },
  },
  submissions: { minimumCharacters: 1 },
}

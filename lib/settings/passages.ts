import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { refusal } from '@/lib/settings/refusal'
import { strategies } from '@/lib/text/cut-chapter'

const length = z.number().int().min(20).max(20_000)

export const passageSettings = z
  .strictObject({
    strategy: hinted(
      z.enum(strategies).default('length'),
      'length packs paragraphs toward the target; scene cuts where scenes end and joins or cuts those outside the lengths; chapter keeps chapters up to chapterMaximum whole and cuts longer ones to length.',
      'length 按目标字数装入整段；scene 在场景结束处切开，过短的并入相邻场景，过长的再切；chapter 将不超过 chapterMaximum 的章整章保留，更长的按字数切。',
    ),
    target: hinted(length, 'Characters a passage should have.', '每个切片的目标字数。'),
    minimum: hinted(length, 'Shorter passages are joined to a neighbour where the chapter allows it.', '短于此的切片在章内并入相邻切片。'),
    maximum: hinted(length, 'No passage is longer, even if a quotation must be cut.', '切片不超过此字数，必要时可在引语中断开。'),
    chapterMaximum: hinted(length.default(3000), 'Only for the strategy chapter: a chapter of at most so many characters stays whole.', '仅用于整章策略：不超过此字数的章整章保留。'),
    limit: hinted(
      z.number().int().min(1).max(10_000_000).nullable(),
      'At most this many passages, drawn by the seed over all chapters; null takes all of them.',
      '最多取多少个切片，按种子在各章中抽取；null 表示全取。',
    ),
    endings: hinted(
      z.number().min(0).max(1).default(0),
      'Where passages are drawn: at least this share of them are ends of chapters, so that endings are learned; 0 takes them as they fall.',
      '抽取时章末切片至少占此比例，使模型学会收尾；0 表示不作要求。',
    ),
    seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The seed of the draw.', '抽取用的随机种子。'),
  })
  .refine((s) => s.minimum <= s.target, { ...refusal('The shortest length ({minimum} characters) must not exceed the target length ({target}).', '最短字数（{minimum} 字）不能超过目标字数（{target} 字）。'), path: ['minimum'] })
  .refine((s) => s.target <= s.maximum, { ...refusal('The longest length ({maximum} characters) must not be below the target length ({target}).', '最长字数（{maximum} 字）不能小于目标字数（{target} 字）。'), path: ['maximum'] })
  .refine((s) => s.strategy !== 'chapter' || s.chapterMaximum >= s.maximum, { ...refusal('The longest whole chapter ({chapterMaximum} characters) must not be below the longest length ({maximum}).', '整章上限（{chapterMaximum} 字）不能小于最长字数（{maximum} 字）。'), path: ['chapterMaximum'] })

export type PassageSettings = z.infer<typeof passageSettings>

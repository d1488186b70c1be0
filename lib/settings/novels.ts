import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

export const registers = ['modern', 'early_vernacular', 'classical'] as const

export const novelSettings = z.strictObject({
  registers: hinted(
    z.array(z.enum(registers)).min(1),
    'Which registers take part: modern prose, early vernacular, classical. A word on a chapter or novel in the studio overrules this.',
    '哪些语体参与：modern 白话、early_vernacular 古白话、classical 文言。在工作室中对某章或某书的决定优先。',
  ),
})

export type NovelSettings = z.infer<typeof novelSettings>

import { readFileSync } from 'node:fs'
import type { Upload, UploadKind } from '@/lib/generated/prisma/client'
import { receiveUpload } from '@/lib/stages/uploads/whole'
import { runNextWell } from '@/tests/support/run-next'

export type NovelRecord = { name: string; text: string }

export async function* bytesOf(content: string | Uint8Array, piece = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

/** Sends a file in and queues its reading, as a browser's upload does. */
export async function send(projectId: string, kind: UploadKind, content: string | Uint8Array, fileName = kind === 'novels' ? 'train.json' : 'test.json'): Promise<Upload> {
  return receiveUpload(projectId, kind, fileName, bytesOf(content))
}

export async function sendNovels(projectId: string, novels: NovelRecord[]): Promise<Upload> {
  const upload = await send(projectId, 'novels', jsonLines(novels))
  await runNextWell()
  return upload
}

export async function sendTest(projectId: string, rows: object[]): Promise<Upload> {
  const upload = await send(projectId, 'test', jsonLines(rows))
  await runNextWell()
  return upload
}

export function jsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** A test row without an output, as the challenge has it. */
export function row(input: string): { instruction: string; input: string; output: string } {
  return { instruction: '', input, output: '' }
}

const sample = readFileSync(new URL('../../public/samples/train.json', import.meta.url), 'utf8').trim().split('\n')

/** The sample novels, modern prose that the samples' README names. */
export const sampleNovels: NovelRecord[] = sample.map((line) => {
  const { name, text }: NovelRecord = JSON.parse(line)
  return { name, text }
})

/** Prose of about so many characters, in sentences of 16, that measures as modern; different for each seed. */
export function modernProse(characters: number, seed = 0): string {
  const sentences = Math.ceil(characters / 16)
  return Array.from({ length: sentences }, (_, index) => `他的家是在${numeral(seed)}里${numeral(index)}号的路上了。${index % 4 === 3 ? '\n' : ''}`).join('')
}

export const classicalProse = '黄帝者，少典之子，姓公孙，名曰轩辕。生而神灵，弱而能言，幼而徇齐，长而敦敏，成而聪明。轩辕之时，神农氏世衰。诸侯相侵伐，暴虐百姓，而神农氏弗能征。'.repeat(4)

function numeral(value: number): string {
  return [...String(value)].map((digit) => '〇一二三四五六七八九'[Number(digit)]).join('')
}

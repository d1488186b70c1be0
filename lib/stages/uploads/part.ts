import { mkdir, open, rename, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { artifactPath, inHome, syncDirectory } from '@/lib/artifacts'
import { MolianError } from '@/lib/errors'

/** Where an upload lies until it is whole. */
export function partOf(uploadId: string): string {
  return inHome(artifactPath.uploadPart(uploadId))
}

/** What of an upload is on disk, the one measure of how far it is, and when the last of it came (ms since 1970); null before the first byte. */
export async function statPart(uploadId: string): Promise<{ bytes: number; at: number } | null> {
  const found = await stat(partOf(uploadId)).catch(() => null)
  return found && { bytes: found.size, at: found.mtimeMs }
}

/** Opens a part for appending and reading. */
export async function openPart(uploadId: string): Promise<FileHandle> {
  const part = partOf(uploadId)
  await mkdir(path.dirname(part), { recursive: true })
  return open(part, 'a+')
}

/** The part becomes the upload's file, for good. */
export async function keepWhole(uploadId: string): Promise<void> {
  const file = inHome(artifactPath.upload(uploadId))
  await rename(partOf(uploadId), file)
  await syncDirectory(path.dirname(file))
}

/** A full disk in words; any other error as it is. */
export function diskFullOr(error: unknown, file: string): unknown {
  return isDiskFull(error) ? new MolianError('upload.disk-full', { file }, { cause: error }) : error
}

/** Whether an error says that the disk, or what one may have of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

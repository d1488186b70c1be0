import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { artifactPath, inHome } from '@/lib/artifacts'
import { env } from '@/lib/env'

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM with the endpoint's row id as associated data, so that a ciphertext moved to another row does not open. */
export async function sealKey(key: string, endpointId: string): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', await masterKey(), nonce).setAAD(Buffer.from(endpointId))
  const sealed = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]))
}

/** Opens what `sealKey` made; throws when the row or the master key is another one. */
export async function openKey(sealed: Uint8Array, endpointId: string): Promise<string> {
  const nonce = sealed.subarray(0, nonceBytes)
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', await masterKey(), nonce).setAAD(Buffer.from(endpointId)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}

/** From MOLIAN_KEY, or a file of the home that only its owner can read, made at first use. */
async function masterKey(): Promise<Buffer> {
  const given = env().key
  if (given) return Buffer.from(given, 'hex')
  const file = inHome(artifactPath.keyFile())
  await mkdir(path.dirname(file), { recursive: true })
  try {
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(randomBytes(32).toString('hex'))
    await handle.sync()
    await handle.close()
  } catch (error) {
    // Made by an earlier use, or by another process just now.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'hex')
  if (key.length !== 32) throw new Error(`The key file ${file} does not hold 64 hexadecimal digits`)
  return key
}

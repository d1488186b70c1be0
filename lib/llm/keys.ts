import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
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
  const known = await readFile(file, 'utf8').catch(() => null)
  if (known === null) await makeKeyFile(file)
  const key = Buffer.from((known ?? (await readFile(file, 'utf8'))).trim(), 'hex')
  if (key.length !== 32) throw new Error(`The key file ${file} does not hold 64 hexadecimal digits`)
  return key
}

/** Whole or not there: of two first uses at once the second finds the first one's key, never half of it. */
async function makeKeyFile(file: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  // Unignored, the build takes the name for a pattern of files to bundle and trips over links that leave the checkout.
  const handle = await open(/* turbopackIgnore: true */ draft, 'wx', 0o600)
  try {
    await handle.writeFile(randomBytes(32).toString('hex'))
    await handle.sync()
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await handle.close()
    await rm(draft, { force: true })
  }
}

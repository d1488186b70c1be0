import { spawn } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import { env, inheritedVariables } from '@/lib/env'
import { readLines } from '@/gpu-worker/process/lines'
import { pythonDirectory } from '@/gpu-worker/process/spawn'

/** What device_use.py says of a process and its descendants, by the names that are in its docstring. */
export type DeviceUse = Record<string, number>

const said = z.record(z.string(), z.number())
const longestLine = 64 * 1024
const inherited = ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'NVIDIA_VISIBLE_DEVICES', 'CUDA_VISIBLE_DEVICES']

export type DeviceWatch = { close(): void }

/**
 * Has what a process and its descendants take of this machine told once a second. The watcher is a process beside them,
 * not in the attempt's group and without its mark: its end is nothing to them. It ends when it is closed, when this
 * process is gone, or when there is nothing left to look at. `onFault` hears why it could not go on; nothing else depends on it.
 */
export function watchDeviceUse(pid: number, onUse: (use: DeviceUse) => void, onFault: (reason: string) => void): DeviceWatch {
  const child = spawn(env().python, [path.join(pythonDirectory, 'device_use.py'), String(pid)], {
    env: { ...inheritedVariables((name) => inherited.includes(name)), PYTHONDONTWRITEBYTECODE: '1', NODE_ENV: 'production' },
    cwd: pythonDirectory,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let lastWords = ''
  child.stdin.on('error', () => {})
  child.once('error', (error) => onFault(error.message))
  void readLines(child.stderr, longestLine, (line) => (lastWords = line)).catch(() => {})
  void readLines(child.stdout, longestLine, (line) => onUse(said.parse(JSON.parse(line)))).catch((error: unknown) => {
    onFault(String(error))
    child.stdin.end()
  })
  child.once('exit', (code) => {
    if (code !== 0) onFault(lastWords || `exit code ${code}`)
  })
  return { close: () => child.stdin.end() }
}

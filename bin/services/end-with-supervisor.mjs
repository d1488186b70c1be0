import { isMainThread } from 'node:worker_threads'

// Loaded into web and worker before their own code (node --import): their standard input is a pipe that
// only the supervisor holds, so its end says that the supervisor is gone, however it went.
// Helpers that such a process forks are not the supervisor's children and are left alone.
if (isMainThread && process.env.MOLIAN_SUPERVISOR === String(process.ppid)) {
  process.stdin.on('error', end)
  process.stdin.on('end', end)
  process.stdin.on('close', end)
  process.stdin.resume()
  process.stdin.unref()
}

let isEnding = false

function end() {
  if (isEnding) return
  isEnding = true
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 30_000).unref()
}

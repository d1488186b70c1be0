import { isMainThread } from 'node:worker_threads'

// Loaded into web and worker before their own code (node --import): their standard input is a pipe that
// only the supervisor holds, so its end says that the supervisor is gone, however it went.
// What such a process forks in turn inherits this import but not the mark, and is left alone.
if (isMainThread && process.env.MOLIAN_TIED_TO_STDIN) {
  delete process.env.MOLIAN_TIED_TO_STDIN
  for (const event of ['end', 'close', 'error']) process.stdin.once(event, end)
  process.stdin.resume()
  process.stdin.unref()
}

function end() {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 30_000).unref()
}

// Imported first by terminal programs: the log's lines would stand between theirs.
process.env.MOLIAN_LOG_LEVEL ??= 'silent'

// `molian inspect FILE | head`: a reader that has seen enough is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

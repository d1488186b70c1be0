// Imported first by terminal programs: the log's lines would stand between theirs.
process.env.MOLIAN_LOG_LEVEL ??= 'silent'

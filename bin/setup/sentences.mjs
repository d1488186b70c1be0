/** What set-up and supervision have to say when something is missing: what it is, and how to get it. */
export const sentences = {
  'postgres.platform': {
    en: 'No embedded PostgreSQL exists for {platform}. Set DATABASE_URL to a PostgreSQL 16 or newer of your own.',
    zh: '没有适用于 {platform} 的内置 PostgreSQL。请用 DATABASE_URL 指向您自己的 PostgreSQL（16 或更新）。',
  },
  'postgres.barred': {
    en: 'PostgreSQL does not run as root, and its user cannot pass through {directory}. Run chmod o+x {directory}, or set MOLIAN_HOME to a directory elsewhere.',
    zh: 'PostgreSQL 不能以 root 运行，而它的用户无法进入 {directory}。请运行 chmod o+x {directory}，或将 MOLIAN_HOME 设到别处。',
  },
  'postgres.no-user': {
    en: 'PostgreSQL does not run as root, and the user postgres could not be made ({reason}). Make one with useradd --system postgres, or set DATABASE_URL.',
    zh: 'PostgreSQL 不能以 root 运行，且无法创建用户 postgres（{reason}）。请运行 useradd --system postgres，或设置 DATABASE_URL。',
  },
  'postgres.not-started': {
    en: 'PostgreSQL did not start: {reason}. Its log is {log}.',
    zh: 'PostgreSQL 未能启动：{reason}。日志在 {log}。',
  },
  'database.unreachable': {
    en: 'The database at {address} does not answer: {reason}. Check DATABASE_URL, or unset it to use the embedded PostgreSQL.',
    zh: '无法连接数据库 {address}：{reason}。请检查 DATABASE_URL，或不设它以使用内置的 PostgreSQL。',
  },
  'migrations.failed': {
    en: 'The database could not be brought up to date: {reason}',
    zh: '数据库升级失败：{reason}',
  },
  'migrations.newer': {
    en: 'The database was made by a newer version of Molian (it has {migrations}). Update this checkout, or point MOLIAN_HOME elsewhere.',
    zh: '数据库由更新版本的墨炼创建（含 {migrations}）。请更新此代码，或将 MOLIAN_HOME 指向别处。',
  },
  'migration.name': {
    en: 'A migration needs a name of lower-case letters, digits and underscores: node bin/molian.mjs migration add_something',
    zh: '迁移需要一个由小写字母、数字和下划线组成的名字：node bin/molian.mjs migration add_something',
  },
}

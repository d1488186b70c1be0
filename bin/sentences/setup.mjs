/** What set-up has to say: its steps, what is missing, and how to get it. */
export const setupSentences = {
  'migration.name': {
    en: 'A migration needs a name of lower-case letters, digits and underscores: node bin/molian.mjs migration add_something',
    zh: '迁移需要一个由小写字母、数字和下划线组成的名字：node bin/molian.mjs migration add_something',
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
  'model.terms': {
    en: 'It is Gemma 3 270M, provided under and subject to the Gemma Terms of Use: {terms}',
    zh: '它是 Gemma 3 270M，依 Gemma 使用条款提供：{terms}',
  },
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
}

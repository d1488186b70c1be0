/** What `doctor` says of a machine. */
export const doctorSentences = {
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

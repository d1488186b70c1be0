import { browser } from './setup/browser.mjs'
import { build, buildUnlessServed } from './setup/build.mjs'
import { prismaClient } from './setup/database.mjs'
import { model } from './setup/model.mjs'
import { packages } from './setup/packages.mjs'
import { python, pythonTests } from './setup/python.mjs'

/**
 * Every command: what it says of itself, what must be set up before it, and how it is run: a function of
 * a module here (`module`, with the `options` it knows), or a TypeScript program of bin/commands with the rest of the line (`program`).
 */
export const commands = {
  demo: {
    about: { en: 'the whole job on the sample project, from two files to submit.json', zh: '用示例项目完整走一遍：从两个文件到 submit.json' },
    steps: [packages, python, prismaClient, buildUnlessServed, model],
    program: 'demo.ts',
  },
  start: {
    about: { en: 'open the studio', zh: '启动工作室' },
    steps: [packages, python, prismaClient, buildUnlessServed],
    module: './commands/start.mjs',
    options: [],
  },
  run: {
    about: { en: 'the whole job without the studio: --train F --test F --out submit.json', zh: '不开工作室，完整运行：--train F --test F --out submit.json' },
    steps: [packages, python, prismaClient],
    program: 'run.ts',
  },
  config: {
    about: { en: 'print a complete configuration with a comment on each setting', zh: '输出带注释的完整配置' },
    steps: [packages],
    program: 'config.ts',
  },
  inspect: {
    about: { en: 'say what an upload of FILE would give', zh: '查看上传某文件会得到什么' },
    steps: [packages],
    program: 'inspect.ts',
  },
  check: {
    about: { en: "the submission's checks: FILE --test FILE", zh: '检查提交文件：FILE --test FILE' },
    steps: [packages],
    program: 'check.ts',
  },
  doctor: {
    about: { en: 'what this machine has, and what is wrong (--json)', zh: '本机有什么、缺什么（--json）' },
    steps: [],
    module: './commands/doctor.mjs',
    options: ['--json'],
  },
  setup: {
    about: { en: 'do all the set-up and start nothing', zh: '完成全部准备工作，不启动任何服务' },
    steps: [packages, python, prismaClient, build, model],
    module: './commands/setup.mjs',
    options: [],
  },
  dev: {
    about: { en: 'the studio for developers, reloading what changes', zh: '开发模式：改动即时生效' },
    steps: [packages, python, prismaClient],
    module: './commands/dev.mjs',
    options: [],
  },
  test: {
    about: { en: 'set up and run every test', zh: '准备并运行全部测试' },
    steps: [packages, python, pythonTests, browser, prismaClient, build],
    module: './commands/test.mjs',
    options: [],
  },
  bench: {
    about: { en: 'the measurements: [NAME…] [--json]', zh: '性能测量：[名称…] [--json]' },
    steps: [packages, prismaClient],
    program: 'bench.ts',
  },
  screenshots: {
    about: { en: 'take the READMEs’ pictures anew, from the demo’s project', zh: '用示例项目重新拍摄 README 中的截图' },
    steps: [packages, python, browser, prismaClient, build],
    program: 'screenshots.ts',
  },
  migration: {
    about: { en: 'write a migration from prisma/schema.prisma: NAME', zh: '由 prisma/schema.prisma 生成迁移：名称' },
    steps: [packages],
    module: './commands/migration.mjs',
  },
}

import type { Sentences } from '@/lib/error-sentences/locale'

/** Runs that lack what they need. */
export const runSentences = {
  'passages.none': {
    en: 'No passage came out: no chapter takes part. On the Novels page, admit another register or take chapters in by hand.',
    zh: '没有切出任何切片：没有章节参与。请在“书稿”页加入其他语体，或手动选用章节。',
  },
  'passages.bad-settings': {
    en: 'These settings cannot cut anything. The Passages page says which field is wrong.',
    zh: '无法按这些设置切片。“切片”页会指出哪一项有误。',
  },
  'passages.name-taken': {
    en: 'Another passage set of this project is called “{name}”. Choose another name.',
    zh: '该项目中已有名为“{name}”的切片集。请换一个名称。',
  },
  'passages.in-use': {
    en: '“{name}” cannot be deleted: {runs} premise runs were made from it. Delete those first, or leave it as it is.',
    zh: '无法删除“{name}”：已有 {runs} 次提要由它生成。请先删除这些提要，或保留该切片集。',
  },
  'passages.not-cut': {
    en: '“{name}” is still being cut. Cancel it first, then it can be deleted.',
    zh: '“{name}”仍在切片中。请先取消，再删除。',
  },
  'duplicates.no-novels': {
    en: 'There is nothing to compare: the project has no novels. Upload some on the Novels page.',
    zh: '没有可比对的内容：项目还没有书稿。请在“书稿”页上传。',
  },
  'premises.budget-without-price': {
    en: 'A budget needs the model’s price: enter what a million tokens cost, and in which currency.',
    zh: '设预算之前需要模型的价格：请填写每百万词元的价格和币种。',
  },
  'premises.none-selected': {
    en: 'No passage is left to write for: everything is left out. Take something in again.',
    zh: '没有剩下任何切片：全部被排除了。请重新选用一些。',
  },
  'premises.nothing-to-retry': {
    en: 'There is nothing to ask for again: no such passage is left in this run.',
    zh: '没有可重试的：这次提要里已没有这样的切片。',
  },
  'premises.still-running': {
    en: 'The run still waits or runs. Pause it, or wait for its end, before retrying passages.',
    zh: '这次提要仍在排队或进行中。请先暂停或等它结束，再重试个别切片。',
  },
  'premises.none-good': {
    en: 'None of the {total} premises passed the checks. Look at the reasons, then change the prompt or the model.',
    zh: '{total} 条提要无一通过检查。请查看原因，再修改提示词或更换模型。',
  },
  'run.missing': {
    en: 'There is no such {what} in this project any more.',
    zh: '该项目中已没有这个 {what}。',
  },
  'stories.changed-meanwhile': {
    en: 'The story of row {row} has changed since it was opened, by another tab or a job. Nothing was overwritten: open it again and repeat the change.',
    zh: '第 {row} 行的成稿在打开之后已被另一页面或任务改动。没有覆盖任何内容：请重新打开再改。',
  },
  'stories.edit-empty': {
    en: 'The text is empty, and no row may be handed in empty. To be rid of the change, choose an earlier try.',
    zh: '正文为空，而提交中不允许空行。如要放弃修改，请选用先前的一稿。',
  },
  'stories.edit-long': {
    en: 'The text has {length} characters; a story may have at most {most}.',
    zh: '正文有 {length} 个字符，一篇最多 {most} 个。',
  },
  'stories.none-flagged': {
    en: 'No story of this run is as the rule says, so there is nothing to write again.',
    zh: '这次生成中没有符合该规则的成稿，不需要重写。',
  },
  'stories.preview-running': {
    en: 'The preview of this run is still being written. Once it is finished the rest can be added to it.',
    zh: '这次生成的试写还没有结束，结束后即可接着写其余各行。',
  },
  'stories.still-writing': {
    en: 'Stories of this run are still being written. Wait for the end, or cancel the job, before asking for further tries.',
    zh: '这次生成仍有成稿在写。请等它结束或先取消任务，再要求重写。',
  },
  'stories.none-good': {
    en: 'None of the {total} stories passed the checks. Look at the reasons, then change the sampling or the model.',
    zh: '{total} 篇成稿无一通过检查。请查看原因，再调整采样或更换模型。',
  },
  'stories.other-weights': {
    en: 'The weights of {name} are no longer those that this run was begun with, so nothing was added to it. Start a new run with the model as it is now.',
    zh: '{name} 的权重已不是开始时的那一份，因此没有再往里写。请用现在的模型重新开始一次。',
  },
  'stories.wrong-model': {
    en: 'The server answered as the model {served}, not as {asked}. Nothing of it was kept, since its label would be wrong.',
    zh: '服务以模型 {served} 应答，而非所请求的 {asked}。为免标错来源，未保留其输出。',
  },
  'stories.no-test-file': {
    en: 'The project has no test file. Upload test.json on the Stories page.',
    zh: '该项目还没有测试文件。请在“生成”页上传 test.json。',
  },
  'submission.check-failed': {
    en: 'This submission did not pass its checks, so it is not offered for download. Row {row}: {problem}',
    zh: '该提交未通过检查，因此不提供下载。第 {row} 行：{problem}',
  },
  'submission.file-changed': {
    en: 'The file on disk is no longer the one that was checked (SHA-256 {found} instead of {expected}). Make the submission again.',
    zh: '磁盘上的文件已不是通过检查的那一份（SHA-256 为 {found}，应为 {expected}）。请重新制作提交。',
  },
  'submission.still-read': {
    en: 'This submission is still being read. Wait for it, or cancel its job first.',
    zh: '这份提交还在读取。请等它读完，或先取消任务。',
  },
  'submission.not-made': {
    en: 'The file of this submission has not been made: its job waits, runs or failed. The Submissions page says which.',
    zh: '该提交的文件尚未生成：任务在等待、进行中或已失败，请在“提交”页查看。',
  },
  'trial.passages': {
    en: 'A trial asks about 1 to {most} passages of the chosen set; at least one of these is not in it, or there are too many.',
    zh: '试写须选所选切片集中的 1 至 {most} 段；有的切片不在其中，或选得太多。',
  },
} as const satisfies Sentences

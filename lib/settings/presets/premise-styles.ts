import type { FurtherStyle } from '@/lib/settings/premise-styles'
import type { PromptStyle } from '@/lib/settings/premises'

/** The words and limits that each further style begins with; a person changes them like any prompt. */
export const styleBeginnings: Record<FurtherStyle, PromptStyle> = {
  outline: {
    style: 'outline',
    share: 20,
    system: '你替小说片段写大纲，供作者照着它重写这一段。按先后写出起因、经过、结果，写清人物和地点；只写大纲，不用序号，不加评论。',
    template: '小说片段：\n{{passage}}\n大纲（六十到一百二十字）：',
    examples: [
      {
        passage: '列车在荒原上停了一夜。车窗外什么也没有，只有风。老教授把围巾分给对座的逃兵一半，两个人谁也没有问对方要去哪里。天快亮时，远处亮起一盏灯，逃兵站起来，把围巾叠好放在座位上，从车尾跳了下去。',
        premise: '列车夜里停在荒原，老教授与逃兵对坐，分用一条围巾，彼此不问去处。天亮前远处亮起灯，逃兵叠好围巾放下，从车尾跳车离开。',
      },
    ],
    minimumCharacters: 40,
    maximumCharacters: 160,
    maxTokens: 200,
  },
  opening: {
    style: 'opening',
    share: 10,
    system: '你替小说片段另写一个开头句：读者读了它，就想知道后面的故事，而后面的故事正是这一段。不要照抄原文，只写一句。',
    template: '小说片段：\n{{passage}}\n开头句：',
    examples: [
      {
        passage: '她推开阁楼的门，灰尘里摆着一架小小的缝纫机，针下还压着半截没有缝完的红布，像是昨天才停下来的。',
        premise: '母亲走后第三年，她才第一次上了那间阁楼。',
      },
    ],
    minimumCharacters: 8,
    maximumCharacters: 50,
    maxTokens: 80,
  },
  theme: {
    style: 'theme',
    share: 10,
    system: '你替小说片段写三到五个主题词：人物、地点、事件、情绪都可以，用顿号隔开；只写词，不成句。',
    template: '小说片段：\n{{passage}}\n主题词：',
    examples: [
      {
        passage: '雨下到第三天，渡口的船都拴在柳树上。老艄公蹲在篷里修一支旧橹，忽听得对岸有人喊他的小名。',
        premise: '渡口、连日的雨、老艄公、旧识、等待',
      },
    ],
    minimumCharacters: 5,
    maximumCharacters: 30,
    maxTokens: 40,
  },
}

const EXTENSION = /\.(?:txt|text|md|gz)$/i
const QUOTED = /《([^》]+)》/
const AUTHOR = /[\s_\-—]*(?:作者|著者|by)[\s:：].*$/i
const EDITION = /[（([【][^）)\]】]*(?:校对|精校|全本|完本|完结|全集|完整|文字版|txt|下载)[^）)\]】]*[）)\]】]/gi
const SAYS_NOTHING = /^(?:新建\s*文本文档|untitled|unnamed|text|file|novel|book|小说|书)?[\s\d()（）._-]*$/i
const CHAPTER = /^[　\s]*第[〇零一二三四五六七八九十百千万两\d]+[章节回卷部篇集]/
const LONGEST_TITLE_LINE = 30

/**
 * A novel's title from its file's name, as such files are named: 《药》.txt, 药（校对版全本）作者：鲁迅.txt, 鲁迅/药.txt.
 * A name that says nothing (001.txt) gives way to the text's first line where that looks like a title.
 */
export function textTitle(fileName: string, text: string): string {
  const base = (fileName.split('/').pop() ?? fileName).replace(EXTENSION, '').trim()
  const named = (QUOTED.exec(base)?.[1] ?? base.replace(AUTHOR, '').replace(EDITION, '')).trim()
  if (named !== '' && !SAYS_NOTHING.test(named)) return named
  const line = /\S.*/u.exec(text)?.[0].trim() ?? ''
  const isTitle = line.length <= LONGEST_TITLE_LINE && !/[。！？!?，,]/.test(line) && !CHAPTER.test(line)
  const title = isTitle ? (QUOTED.exec(line)?.[1] ?? line.replace(AUTHOR, '')).trim() : ''
  return title || base || fileName
}

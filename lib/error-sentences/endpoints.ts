import type { Sentences } from '@/lib/error-sentences/locale'

/** Endpoints and prompts. */
export const endpointSentences = {
  'endpoint.bad-key': {
    en: 'The key holds a character that a key cannot have (a line end, a space, or not ASCII). Copy it again.',
    zh: '密钥含有不允许的字符（换行、空格或非 ASCII）。请重新复制。',
  },
  'endpoint.bad-request': {
    en: '{url} refused a request for the model {model}: {reason}. Change the setting it names.',
    zh: '{url} 拒绝了对模型 {model} 的请求：{reason}。请修改其中指出的设置。',
  },
  'endpoint.bad-url': {
    en: 'The address {url} cannot be used. {problem}',
    zh: '地址 {url} 不可用。{problem}',
  },
  'endpoint.failed': {
    en: '{url} failed while answering for the model {model}: {reason}. Try again; what is finished is kept.',
    zh: '{url} 在处理模型 {model} 的请求时出错：{reason}。请重试，已完成的会保留。',
  },
  'endpoint.missing': {
    en: 'The endpoint {endpoint} does not exist any more. Choose another one.',
    zh: '端点 {endpoint} 已不存在，请另选。',
  },
  'endpoint.name-taken': {
    en: 'There is already an endpoint called {name}. Give this one another name.',
    zh: '已有名为 {name} 的端点，请换一个名称。',
  },
  'endpoint.no-credit': {
    en: '{url} will not answer for the model {model} any more: the account has no credit left ({reason}). Top it up, then go on; what is finished is kept.',
    zh: '{url} 不再响应模型 {model} 的请求：账户余额或额度已用完（{reason}）。充值后可继续，已完成的会保留。',
  },
  'endpoint.no-key': {
    en: 'The environment variable {variable} is not set; it should hold the key of {url}.',
    zh: '环境变量 {variable} 未设置，它应存放 {url} 的密钥。',
  },
  'endpoint.not-found': {
    en: '{url} does not know the model {model}, or the address lacks its /v1. Check both.',
    zh: '{url} 不认识模型 {model}，或地址缺少 /v1。请检查这两处。',
  },
  'endpoint.not-protocol': {
    en: '{url} answered, but not as an OpenAI-compatible server does (a web page, broken JSON, or no choices). Check the address.',
    zh: '{url} 有应答，但不是 OpenAI 兼容格式（网页、残缺的 JSON 或没有 choices）。请检查地址。',
  },
  'endpoint.other-model': {
    en: '{url} runs the model {served}, where the others run {asked}. Nothing of it is kept; start the right model there, or take the address off the list.',
    zh: '{url} 运行的是模型 {served}，其他地址运行的是 {asked}。它的结果不予保留；请在该处启动正确的模型，或从列表中删去该地址。',
  },
  'endpoint.redirects': {
    en: '{url} redirects to {to}. Redirects are not followed, since they would carry the key along; enter the final address.',
    zh: '{url} 重定向到 {to}。为避免密钥外泄不跟随重定向，请填写最终地址。',
  },
  'endpoint.refused': {
    en: '{url} refused the key ({status}). Enter a valid key for it.',
    zh: '{url} 拒绝了密钥（{status}）。请填写有效的密钥。',
  },
  'endpoint.too-large': {
    en: 'The endpoint sent more than {megabytes} MB for one answer; nothing of it was kept.',
    zh: '端点对一次请求返回超过 {megabytes} MB，已全部丢弃。',
  },
  'endpoint.too-many': {
    en: '{url} keeps answering that there are too many requests. Lower the concurrency, or try again later; what is finished is kept.',
    zh: '{url} 持续返回请求过多。请降低并发或稍后重试，已完成的会保留。',
  },
  'endpoint.too-slow': {
    en: '{url} did not answer in time for the model {model}. Try again, or ask for fewer tokens.',
    zh: '{url} 未能及时返回模型 {model} 的结果。请重试或减少词元数。',
  },
  'endpoint.unknown-model': {
    en: '{url} answers, but does not know the model {model}. It offers: {known}.',
    zh: '{url} 可以连接，但不认识模型 {model}。它提供的有：{known}。',
  },
  'endpoint.unreachable': {
    en: '{url} cannot be reached ({reason}). Is the server running, and the address right?',
    zh: '无法连接 {url}（{reason}）。请确认服务已启动、地址无误。',
  },
  'endpoint.url-of-metadata': {
    en: 'It belongs to a cloud’s metadata service, not to a model server.',
    zh: '它属于云的元数据服务，不是模型服务。',
  },
  'endpoint.url-scheme': {
    en: 'Only http and https are spoken; it should look like http://localhost:8000/v1.',
    zh: '只支持 http 与 https，应形如 http://localhost:8000/v1。',
  },
  'endpoint.url-unreadable': {
    en: 'It is not a web address; it should look like http://localhost:8000/v1.',
    zh: '它不是网址，应形如 http://localhost:8000/v1。',
  },
  'endpoint.url-with-key': {
    en: 'The key goes into its own field, not into the address.',
    zh: '密钥请填在单独的一栏，不要写进地址。',
  },
  'endpoint.url-with-query': {
    en: 'Nothing may follow the path: leave out what stands from ? or # on.',
    zh: '路径之后不能再有内容，请去掉 ? 或 # 及其后的部分。',
  },
  'prompt.example-is-test-premise': {
    en: 'Example {example} gives row {row} of {file} away (“{test}”). A model that has seen it proves nothing; use another one.',
    zh: '示例 {example} 泄露了 {file} 第 {row} 行的题目（“{test}”）。用了它，结果便不可信，请换一条。',
  },
  'prompt.unknown-variable': {
    en: 'The prompt uses the variable “{variable}”, which does not exist; the nearest is {nearest}. Known are: {known}.',
    zh: '提示词用了不存在的变量“{variable}”，最接近的是 {nearest}。可用的有：{known}。',
  },
  'prompt.variable-in-system': {
    en: 'The system text holds the variable “{variable}”, but it is sent as it is. Move the variable to the template.',
    zh: '总要求里有变量“{variable}”，但它会原样发给模型。请把变量移到模板里。',
  },
  'prompt.variable-missing': {
    en: 'The prompt does not use the variable {variable}, so every answer would be about nothing. Put it between double braces where it belongs.',
    zh: '提示词没有用到变量 {variable}，每次回答都会无从写起。请用双花括号把它放在该在的位置。',
  },
} as const satisfies Sentences

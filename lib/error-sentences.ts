export type Locale = 'zh' | 'en'

/** Every error a person can meet: what happened, to what, and what to do next. */
export const errorSentences = {
  internal: {
    en: 'Something went wrong that Molian did not foresee: {reason}. The log has the details.',
    zh: '出现了意料之外的错误：{reason}。详情见日志。',
  },

  // The studio's door
  'guard.host': {
    en: 'The studio does not answer under the name “{name}”. Open it as http://localhost with the port it printed at its start.',
    zh: '本工作室不以“{name}”这一主机名应答。请用 http://localhost 加启动时显示的端口打开。',
  },
  'guard.origin': {
    en: 'This request did not come from a page of the studio (its origin is “{name}”), so nothing was changed. Reload the page and try again.',
    zh: '该请求并非来自本工作室的页面（来源为“{name}”），因此什么都没有改动。请刷新页面后重试。',
  },

  // Jobs
  'job.attempts-used-up': {
    en: 'The worker died {attempts} times during this job, so it was given up. The worker log says why; "try again" goes on from what is finished.',
    zh: '工作进程在此任务中终止了 {attempts} 次，因此放弃。原因见工作进程日志；点“重试”会从已完成处继续。',
  },
  'job.cancelled': {
    en: 'The job {name} was cancelled, so the whole stopped there. Run the same command again to go on.',
    zh: '任务 {name} 被取消，流程停在此处。再次运行同一命令即可继续。',
  },
  'job.missing': {
    en: 'There is no job {job} any more. It may have been deleted with its project.',
    zh: '任务 {job} 已不存在，可能已随项目一起删除。',
  },

  // The config file
  'config.bad-field': {
    en: '{file}: the field {field} is not as it must be: {reason}. "npx molian config" prints a complete file with a comment on each field.',
    zh: '{file}：字段 {field} 不合要求：{reason}。运行 npx molian config 可打印带注释的完整配置。',
  },
  'config.not-json': {
    en: '{file}, line {line}: this is not JSON ({reason}). Comments and trailing commas are fine; mend the line and try again.',
    zh: '{file} 第 {line} 行不是有效的 JSON（{reason}）。允许注释和尾随逗号；请改正该行后重试。',
  },

  // Reading files of novels and test rows
  'record.after-array': {
    en: 'Text goes on after the end of the array; everything from here on was left out.',
    zh: '数组结束之后仍有内容，从此处起的内容未被读取。',
  },
  'record.array-not-closed': {
    en: 'The array is never closed with “]”: the file was probably cut off here.',
    zh: '数组没有以“]”结束，文件很可能在此处被截断。',
  },
  'record.bad-string': {
    en: 'Not valid JSON: a string holds a raw line break or control character, or an escape that JSON does not know.',
    zh: '不是有效的 JSON：某个字符串中含有未转义的换行或控制字符，或含有 JSON 不支持的转义。',
  },
  'record.duplicate-key': {
    en: 'The key “{key}” stands twice in the same object, so it is not clear which value is meant.',
    zh: '同一对象中键“{key}”出现了两次，无法确定以哪个值为准。',
  },
  'record.empty-text': {
    en: 'The field “{field}” is empty.',
    zh: '字段“{field}”为空。',
  },
  'record.forbidden-key': {
    en: 'The key “{key}” is not allowed in a record.',
    zh: '记录中不允许使用键“{key}”。',
  },
  'record.invalid-utf8': {
    en: 'Not valid UTF-8 at byte {byte} of the file. Save the file as UTF-8, or choose its real encoding.',
    zh: '文件第 {byte} 字节处不是有效的 UTF-8。请另存为 UTF-8，或选择正确的编码。',
  },
  'record.lone-surrogate': {
    en: 'The field “{field}” holds half of a surrogate pair (such as \\ud800), which is no character.',
    zh: '字段“{field}”中含有不成对的代理项（如 \\ud800），它不是任何字符。',
  },
  'record.missing-field': {
    en: 'The field “{field}” is missing.',
    zh: '缺少字段“{field}”。',
  },
  'record.no-comma': {
    en: 'There is no comma between this record and the one before it.',
    zh: '此记录与前一条记录之间缺少逗号。',
  },
  'record.not-json': {
    en: 'Not valid JSON at character {column} of the record.',
    zh: '记录的第 {column} 个字符处不是有效的 JSON。',
  },
  'record.not-object': {
    en: 'A record must be an object in braces; here is {found}.',
    zh: '每条记录必须是花括号中的对象；此处为 {found}。',
  },
  'record.not-string': {
    en: 'The field “{field}” must be text; here it is {found}.',
    zh: '字段“{field}”必须是文本；此处为 {found}。',
  },
  'record.nul': {
    en: 'A NUL character (code 0) stands in the record. Text cannot hold it.',
    zh: '记录中含有 NUL 字符（编码 0），文本中不能含有该字符。',
  },
  'record.number': {
    en: 'The number {number} is none that JSON can hold.',
    zh: '数字 {number} 不是 JSON 能表示的数。',
  },
  'record.too-deep': {
    en: 'Values are nested more than {limit} levels deep.',
    zh: '嵌套超过 {limit} 层。',
  },
  'record.too-large': {
    en: 'The record is larger than {limit} bytes. Split it into several.',
    zh: '记录超过 {limit} 字节，请拆分为多条。',
  },
  'record.trailing-comma': {
    en: 'A comma stands where nothing follows it. JSON does not allow that; take the comma away.',
    zh: '逗号之后没有内容，JSON 不允许这样写，请去掉该逗号。',
  },
  'record.truncated': {
    en: 'The record breaks off before its end: a bracket or a quotation mark is never closed.',
    zh: '记录不完整：有括号或引号未闭合。',
  },
  'upload.binary': {
    en: '“{file}” is not a text file ({found}). Novels and test rows are JSON Lines or a JSON array.',
    zh: '“{file}”不是文本文件（{found}）。小说与测试行应为 JSON Lines 或 JSON 数组。',
  },
  'upload.compressed': {
    en: '“{file}” is compressed ({found}). Unpack it first and give the file inside.',
    zh: '“{file}”是压缩文件（{found}）。请先解压，再选择其中的文件。',
  },
  'upload.empty': {
    en: '“{file}” is empty.',
    zh: '“{file}”是空文件。',
  },
  'upload.encoding-unknown': {
    en: 'The encoding of “{file}” could not be told. Save it as UTF-8, or choose its encoding (UTF-8, UTF-16, GB18030 or BIG5).',
    zh: '无法识别“{file}”的编码。请另存为 UTF-8，或手动选择编码（UTF-8、UTF-16、GB18030 或 BIG5）。',
  },
  'upload.invalid-bytes': {
    en: '“{file}” is not {encoding} throughout: line {line}, byte {byte}. Choose its real encoding, or save it as UTF-8.',
    zh: '“{file}”并非全部为 {encoding} 编码：第 {line} 行，第 {byte} 字节处出错。请选择正确的编码，或另存为 UTF-8。',
  },
  'upload.unreadable': {
    en: '“{file}” could not be read: {reason}.',
    zh: '无法读取“{file}”：{reason}。',
  },

  // Endpoints and prompts
  'endpoint.bad-key': {
    en: 'The key holds a character that a key cannot have (a line end, a space, or not ASCII). Copy it again.',
    zh: '密钥含有不允许的字符（换行、空格或非 ASCII）。请重新复制。',
  },
  'endpoint.bad-request': {
    en: '{url} refused a request for the model {model}: {reason}. Change the setting it names.',
    zh: '{url} 拒绝了对模型 {model} 的请求：{reason}。请修改其中指出的设置。',
  },
  'endpoint.bad-url': {
    en: 'The address {url} cannot be used: {reason}. It should look like http://localhost:8000/v1.',
    zh: '地址 {url} 不可用：{reason}。应形如 http://localhost:8000/v1。',
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
  'endpoint.unreachable': {
    en: '{url} cannot be reached ({reason}). Is the server running, and the address right?',
    zh: '无法连接 {url}（{reason}）。请确认服务已启动、地址无误。',
  },
  'prompt.example-is-test-premise': {
    en: 'The example "{premise}" is a premise of the test file. A model that has seen it proves nothing; use another one.',
    zh: '示例“{premise}”是测试文件中的题目。用了它，结果便不可信，请换一条。',
  },
  'prompt.unknown-variable': {
    en: 'The prompt uses the variable {variable}, which does not exist. Known are: {known}.',
    zh: '提示词用了不存在的变量 {variable}。可用的有：{known}。',
  },
  'prompt.variable-missing': {
    en: 'The prompt does not use the variable {variable}, so every answer would be about nothing. Put it between double braces where it belongs.',
    zh: '提示词没有用到变量 {variable}，每次回答都会无从写起。请用双花括号把它放在该在的位置。',
  },

  // Projects and uploads
  'project.busy': {
    en: 'A job of this project is running ({jobs}). Cancel it first, on the Jobs page.',
    zh: '该项目有任务正在运行（{jobs} 个）。请先在“任务”页取消。',
  },
  'project.missing': {
    en: 'There is no such project; it may have been deleted.',
    zh: '没有这个项目，可能已被删除。',
  },
  'project.name-taken': {
    en: 'There is already a project called {name}. Choose another name.',
    zh: '已有名为“{name}”的项目，请换一个名称。',
  },
  'upload.disk-full': {
    en: 'The disk is full, so {file} could not be kept. Free some space and upload it again; nothing else was lost.',
    zh: '磁盘已满，无法保存 {file}。请腾出空间后重新上传，其他内容没有受影响。',
  },
  'upload.in-use': {
    en: 'Passages or stories were made from {file}, and they name it as their source, so it stays. Leave its novels out instead, or delete the whole project.',
    zh: '{file} 已用于切片或生成，这些结果以它为来源，因此保留。可改为不选用其中的书，或删除整个项目。',
  },
  'upload.incomplete': {
    en: '{file} broke off: {received} of {declared} bytes came. Upload it again.',
    zh: '{file} 传输中断：声明 {declared} 字节，只收到 {received} 字节。请重新上传。',
  },
  'upload.interrupted': {
    en: 'The upload of {file} was interrupted before its end, so nothing of it was taken. Upload it again.',
    zh: '{file} 上传中断，未采用其中任何内容。请重新上传。',
  },
  'upload.nothing-accepted': {
    en: 'No record of {file} could be used ({rejected} rejected). The list below it gives each line and its reason.',
    zh: '{file} 中没有可用的记录（{rejected} 条被拒）。下方列出了每一行及原因。',
  },
  'upload.too-large': {
    en: '{file} is larger than the limit of {limit}. Split it, or raise MOLIAN_UPLOAD_LIMIT.',
    zh: '{file} 超过上限 {limit}。请拆分文件，或调高 MOLIAN_UPLOAD_LIMIT。',
  },

  // Runs that lack what they need
  'passages.none': {
    en: 'No passage came out: no chapter takes part. On the Novels page, admit another register or take chapters in by hand.',
    zh: '没有切出任何切片：没有章节参与。请在“书稿”页加入其他语体，或手动选用章节。',
  },
  'premises.none-good': {
    en: 'None of the {total} premises passed the checks. Look at the reasons, then change the prompt or the model.',
    zh: '{total} 条提要无一通过检查。请查看原因，再修改提示词或更换模型。',
  },
  'pairs.none': {
    en: 'There is no pair to freeze: every premise was refused or rejected.',
    zh: '没有可冻结的样本：所有提要都未通过或被剔除。',
  },
  'run.missing': {
    en: 'There is no such {what} in this project any more.',
    zh: '该项目中已没有这个 {what}。',
  },
  'stories.none-good': {
    en: 'None of the {total} stories passed the checks. Look at the reasons, then change the sampling or the model.',
    zh: '{total} 篇成稿无一通过检查。请查看原因，再调整采样或更换模型。',
  },
  'stories.wrong-model': {
    en: 'The server answered as the model {served}, not as {asked}. Its stories were not kept, since their label would be wrong.',
    zh: '服务以模型 {served} 应答，而非所请求的 {asked}。为免标错来源，未保留其输出。',
  },
  'stories.no-test-file': {
    en: 'The project has no test file. Upload test.json on the Stories page.',
    zh: '该项目还没有测试文件。请在“生成”页上传 test.json。',
  },
  'submission.file-changed': {
    en: 'The file on disk is no longer the one that was checked (SHA-256 {found} instead of {expected}). Make the submission again.',
    zh: '磁盘上的文件已不是通过检查的那一份（SHA-256 为 {found}，应为 {expected}）。请重新制作提交。',
  },
  'submission.not-checked': {
    en: 'This submission did not pass its checks, so it is not offered for download: {problem}',
    zh: '该提交未通过检查，因此不提供下载：{problem}',
  },

  // The checks of a submission
  'check.bad-test-row': {
    en: '{file}, line {line}: {reason} A submission cannot be checked against a test file that is not whole.',
    zh: '{file} 第 {line} 行：{reason}测试文件本身不完整，无法据以检查。',
  },
  'submission.blank-lines': {
    en: 'The file has {count} blank lines. There must be one row a line and nothing else.',
    zh: '文件中有 {count} 个空行。每行应恰为一条，不得有其他内容。',
  },
  'submission.byte-order-mark': {
    en: 'The file begins with a byte order mark. Save it as UTF-8 without one.',
    zh: '文件开头有字节序标记（BOM）。请另存为不带 BOM 的 UTF-8。',
  },
  'submission.carriage-return': {
    en: 'The file has Windows line ends. Each line must end with a line feed alone.',
    zh: '文件使用了 Windows 换行。每行应只以换行符（LF）结尾。',
  },
  'submission.changed-field': {
    en: 'The field {field} is not as the test file has it. Only output may differ.',
    zh: '字段 {field} 与测试文件不一致。只有 output 可以不同。',
  },
  'submission.empty-output': {
    en: 'The output is empty. Generate this row again.',
    zh: 'output 为空。请重新生成此行。',
  },
  'submission.extra-row': {
    en: 'The test file has no such row. Remove it.',
    zh: '测试文件中没有这一行，请删除。',
  },
  'submission.missing-row': {
    en: 'This row of the test file is missing.',
    zh: '缺少测试文件中的这一行。',
  },
  'submission.no-output': {
    en: 'The row has no output, or one that is not text.',
    zh: '该行没有 output，或不是文本。',
  },
  'submission.not-a-row-a-line': {
    en: 'The row stands on line {line} of the file. Each row must stand on a line of its own, in JSON Lines.',
    zh: '该行位于文件第 {line} 行。应采用 JSON Lines 格式，每条单独占一行。',
  },
  'submission.not-lines': {
    en: 'The file is a JSON array, or its rows are spread over several lines. It must be JSON Lines: one object a line, no brackets or commas around them.',
    zh: '文件是 JSON 数组，或一条记录分成了多行。应为 JSON Lines：每行一个对象，外面没有方括号和逗号。',
  },
  'submission.short-output': {
    en: 'The output has {length} characters, fewer than the {minimum} asked for.',
    zh: 'output 只有 {length} 字，少于要求的 {minimum} 字。',
  },

  // Children of the worker
  'engine.died': {
    en: 'The engine ended in the middle of its work (exit {code}): {reason}. "Try again" goes on from what is finished.',
    zh: '推理引擎中途退出（退出码 {code}）：{reason}。点“重试”会从已完成处继续。',
  },
  'engine.not-ready': {
    en: 'The engine did not become ready ({how}): {reason}. Its whole log is {log}.',
    zh: '推理引擎未能就绪（{how}）：{reason}。完整日志在 {log}。',
  },
  'process.ended': {
    en: '{program} was ended from outside (SIGTERM). "Try again" goes on from what is finished.',
    zh: '{program} 被外部信号（SIGTERM）终止。点“重试”会从已完成处继续。',
  },
  'process.failed': {
    en: '{program} failed ({code}): {reason}. The job log has its last lines.',
    zh: '{program} 运行失败（{code}）：{reason}。任务日志中有其最后的输出。',
  },
  'process.killed': {
    en: '{program} was killed by the system (exit 137), most often because memory ran out. Free some memory or lower the settings, then try again.',
    zh: '{program} 被系统强制终止（退出码 137），多半是内存不足。请释放内存或调低设置后重试。',
  },
  'process.silent': {
    en: '{program} ended without saying what came of it. The job log has its last lines.',
    zh: '{program} 结束时没有给出结果。任务日志中有其最后的输出。',
  },

  // Models
  'model.bad-config': {
    en: 'The file {file} of the model in {path} is not as a model\'s file must be. Download the model again.',
    zh: '{path} 中的 {file} 不是有效的模型文件。请重新下载该模型。',
  },
  'model.damaged': {
    en: '{file} of the model in {path} is damaged or cut off. Download it again.',
    zh: '{path} 中的 {file} 已损坏或不完整，请重新下载。',
  },
  'model.is-adapter': {
    en: '{path} holds an adapter, not a whole model. Give the folder of its base model.',
    zh: '{path} 中只有适配器，不是完整模型。请给出其基座模型的文件夹。',
  },
  'model.link-escapes': {
    en: '{file} in {path} is a link that leads out of the folder. Put the file itself there (cp -L copies what links lead to).',
    zh: '{path} 中的 {file} 是指向文件夹之外的链接。请放入文件本身（cp -L 可复制链接所指的内容）。',
  },
  'model.missing-shard': {
    en: '{file} of the model in {path} is missing. Download it again.',
    zh: '{path} 中的模型缺少 {file}，请重新下载。',
  },
  'model.no-chat-template': {
    en: 'The model in {path} has no chat template, which training needs. Take the instruction-tuned model of its family, or add a chat_template.jinja.',
    zh: '{path} 中的模型没有对话模板，而训练需要它。请改用同系列的指令模型，或补上 chat_template.jinja。',
  },
  'model.no-config': {
    en: 'There is no config.json in {path}, so it is no model folder. Give the folder that holds config.json and the safetensors.',
    zh: '{path} 中没有 config.json，不是模型文件夹。请给出含 config.json 和 safetensors 的文件夹。',
  },
  'model.no-folder': {
    en: 'There is no folder {path} that could be read.',
    zh: '文件夹 {path} 不存在或无法读取。',
  },
  'model.no-safetensors': {
    en: 'The model in {path} has no safetensors. Other formats can run code when they are loaded and are not taken; save the model as safetensors.',
    zh: '{path} 中没有 safetensors 文件。其他格式在载入时可能执行代码，因此不接受；请将模型另存为 safetensors。',
  },
  'model.no-starter': {
    en: 'The starter model has not been made yet. Run "npm run demo", or name the folder of another model.',
    zh: '入门模型尚未生成。请先运行 npm run demo，或指定其他模型的文件夹。',
  },
  'model.no-tokenizer': {
    en: 'The model in {path} has no tokenizer. Copy tokenizer.json and tokenizer_config.json beside its weights.',
    zh: '{path} 中没有分词器。请将 tokenizer.json 与 tokenizer_config.json 放到权重旁边。',
  },
  'model.own-code': {
    en: '{file} of the model in {path} asks to run code of its own (auto_map). Molian runs no code from model folders.',
    zh: '{path} 中的 {file} 要求执行自带代码（auto_map）。墨炼不执行模型文件夹中的代码。',
  },
  'model.unknown': {
    en: 'There is no model called {name} here. Give the path of its folder instead, such as ./models/{name}.',
    zh: '这里没有名为 {name} 的模型。请改为给出它的文件夹路径，例如 ./models/{name}。',
  },

  // Training and merging
  'merge.bad-config': {
    en: 'The adapter cannot be merged: {field}: {reason}.',
    zh: '无法合并适配器：{field}：{reason}。',
  },
  'merge.failed': {
    en: 'Merging failed: {reason}.',
    zh: '合并失败：{reason}。',
  },
  'merge.other-base': {
    en: 'The adapter belongs to another base model: {reason}. Put the base model back as it was when the adapter was trained.',
    zh: '该适配器属于另一个基座模型：{reason}。请将基座模型恢复为训练时的样子。',
  },
  'merge.out-of-memory': {
    en: 'There was not enough memory to merge. Free some memory, then try again.',
    zh: '内存不足，无法合并。请释放内存后重试。',
  },
  'training.bad-config': {
    en: 'The training settings are wrong: {field}: {reason}.',
    zh: '训练设置有误：{field}：{reason}。',
  },
  'training.bad-model': {
    en: 'The base model in {path} cannot be used: {reason}.',
    zh: '无法使用 {path} 中的基座模型：{reason}。',
  },
  'training.bad-pairs': {
    en: 'The pairs in {file} cannot be used (line {line}): {reason}.',
    zh: '无法使用 {file} 中的样本（第 {line} 行）：{reason}。',
  },
  'training.dataset-not-frozen': {
    en: 'Dataset version {version} is not frozen yet. Wait for its job, then train.',
    zh: '数据集版本 {version} 尚未冻结完成，请等其任务结束后再训练。',
  },
  'training.failed': {
    en: 'Training failed: {reason}. The job log has the details.',
    zh: '训练失败：{reason}。详情见任务日志。',
  },
  'training.nan-loss': {
    en: 'Training broke down: the loss at step {step} is not a number. Lower the learning rate, then train again.',
    zh: '训练发散：第 {step} 步的损失不是数。请降低学习率后重新训练。',
  },
  'training.out-of-memory': {
    en: 'There was not enough memory for this training. Lower the batch size or the maximum length, or switch gradient checkpointing on.',
    zh: '内存不足，无法训练。请减小批大小或最大长度，或开启梯度检查点。',
  },
} as const satisfies Record<string, Record<Locale, string>>

export type ErrorCode = keyof typeof errorSentences

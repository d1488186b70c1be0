import { describe, expect, it } from 'vitest'
import { hubModel } from '@/lib/models/hub/hubs'
import { versionOf, wantedFiles } from '@/lib/models/hub/wanted-files'

describe('hubModel', () => {
  it.each([
    ['Qwen/Qwen2-1.5B-Instruct', { hub: 'huggingface', repository: 'Qwen/Qwen2-1.5B-Instruct', revision: 'main' }],
    [' https://huggingface.co/Qwen/Qwen2-1.5B-Instruct ', { hub: 'huggingface', repository: 'Qwen/Qwen2-1.5B-Instruct', revision: 'main' }],
    ['https://huggingface.co/Qwen/Qwen3-4B/tree/v1.0', { hub: 'huggingface', repository: 'Qwen/Qwen3-4B', revision: 'v1.0' }],
    ['https://modelscope.cn/models/Qwen/Qwen3-4B', { hub: 'modelscope', repository: 'Qwen/Qwen3-4B', revision: 'master' }],
    ['https://www.modelscope.cn/models/Qwen/Qwen3-4B/', { hub: 'modelscope', repository: 'Qwen/Qwen3-4B', revision: 'master' }],
  ])('reads %s', (text, model) => {
    expect(hubModel('huggingface', text)).toEqual(model)
  })

  it.each(['', 'qwen', '../etc/passwd', 'a/..', './x', 'a/b--c', 'org/na me', 'org/模型', '-x/y', 'https://huggingface.co/', 'file:///etc/passwd'])('refuses %j', (text) => {
    expect(() => hubModel('huggingface', text)).toThrow(expect.objectContaining({ code: 'hub.bad-id' }))
  })

  it.each(['../x', 'a..b', '-x', 'x y'])('refuses the revision %j', (revision) => {
    expect(() => hubModel('huggingface', 'a/b', revision)).toThrow(expect.objectContaining({ code: 'hub.bad-id' }))
  })
})

describe('wantedFiles', () => {
  const file = (path: string, bytes = 1) => ({ path, bytes, sha256: null, gitId: null })
  const model = ['config.json', 'model.safetensors', 'tokenizer.json'].map((path) => file(path))
  const paths = (...more: ReturnType<typeof file>[]) => wantedFiles([...model, ...more], 'a/b').map(({ path }) => path).sort()

  it('takes no code, no pickles, nothing of folders, and no settings too large to be such', () => {
    const others = ['evil.py', 'tokenization_x.py', 'LICENSE.py', 'NOTICE.sh', 'pytorch_model.bin', 'model.pt', '../x.json', 'onnx/model.safetensors', '.gitattributes', 'training_args.bin', 'adapter_model.safetensors']
    expect(paths(...others.map((path) => file(path)), file('vocab.json', 300 * 1024 * 1024))).toEqual(['config.json', 'model.safetensors', 'tokenizer.json'])
    expect(paths(file('LICENSE'), file('merges.txt'), file('chat_template.jinja'), file('GEMMA_TERMS.txt'))).toHaveLength(7)
  })

  it('tells states of a model apart', () => {
    expect(versionOf(model)).toBe(versionOf([...model].reverse()))
    expect(versionOf(model)).not.toBe(versionOf([...model.slice(1), file('config.json', 2)]))
  })
})

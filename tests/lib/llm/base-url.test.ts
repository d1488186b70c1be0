import { describe, expect, it } from 'vitest'
import { MolianError } from '@/lib/errors'
import { checkBaseUrl, checkKey } from '@/lib/llm/base-url'

describe('checkBaseUrl', () => {
  it.each([
    ['http://localhost:8000/v1', 'http://localhost:8000/v1'],
    ['http://localhost:8000/v1///', 'http://localhost:8000/v1'],
    [' HTTPS://API.Example.com/v1 ', 'https://api.example.com/v1'],
    ['http://10.1.2.3/v1', 'http://10.1.2.3/v1'],
    ['http://192.168.1.5:11434/v1', 'http://192.168.1.5:11434/v1'],
    ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['http://vllm:8000', 'http://vllm:8000'],
  ])('takes %s', (url, kept) => expect(checkBaseUrl(url)).toBe(kept))

  it.each([
    'localhost:8000/v1', 'file:///etc/passwd', 'ftp://a/v1', 'javascript:alert(1)', 'data:,x', '', 'v1',
    'http://user:secret-word@a/v1', 'http://user@a/v1', 'http://a/v1?key=x', 'http://a/v1#x',
    'http://169.254.169.254/v1', 'http://169.254.170.2/', 'http://2852039166/latest', 'http://0xa9fea9fe/', 'http://169.254.0.1/',
    'http://[::ffff:169.254.169.254]/', 'http://[64:ff9b::169.254.169.254]/', 'http://[fd00:ec2::254]/', 'http://[fe80::1]/',
    'http://metadata.google.internal/', 'http://METADATA.google.internal./', 'http://100.100.100.200/', 'http://168.63.129.16/',
  ])('refuses %s', (url) => {
    expect(() => checkBaseUrl(url)).toThrow(expect.objectContaining({ code: 'endpoint.bad-url' }))
  })

  it.each(['not a url', 'ftp://a/v1', 'http://user@a/v1', 'http://169.254.169.254/v1', 'http://a/v1?key=x'])('says wholly in either language what is wrong with %s', (url) => {
    const refused = expect.toSatisfy((error: unknown) => error instanceof MolianError && /^[^\u4e00-\u9fff{}]+$/.test(error.sentence('en')) && !/[a-z] [a-z]|[{}]/i.test(error.sentence('zh').replace(url, '')))
    expect(() => checkBaseUrl(url)).toThrow(refused)
  })

  it('does not repeat a password', () => {
    expect(() => checkBaseUrl('http://user:secret-word@a/v1')).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret-word') }))
  })
})

describe('checkKey', () => {
  it('takes a key as it is copied', () => expect(checkKey('  sk-abc_123.XYZ+/=\n')).toBe('sk-abc_123.XYZ+/='))

  it.each(['', '   ', 'sk-a\nX-Evil: 1', 'sk a', 'sk-密钥', 'sk-\u0000', 'k'.repeat(4097)])('refuses %j, without repeating it', (key) => {
    expect(() => checkKey(key)).toThrow(expect.objectContaining({ code: 'endpoint.bad-key', params: {} }))
  })
})

import { describe, expect, it } from 'vitest'
import { urlOf, urlSchema, wordsOf } from '@/app/projects/[projectId]/search/_search-url'

const parsed = (query: string) => urlSchema.parse(Object.fromEntries(new URLSearchParams(query)))

describe('the address of a search', () => {
  it('holds the words, where to look, and the page, and comes back from itself', () => {
    for (const url of [parsed('q=母亲'), parsed('q="他说 好"&novel=3&register=classical&page=4'), parsed('q=a%26b%3D%25')]) expect(parsed(urlOf(url))).toEqual(url)
    expect(urlOf(parsed('q=母亲&page=1'))).toBe(`?${new URLSearchParams({ q: '母亲' })}`)
  })

  it('that is nonsense asks for nothing instead of failing', () => {
    expect(parsed('')).toEqual({ q: '', page: 1 })
    expect(parsed('q=x&novel=abc&register=latin&page=-3')).toEqual({ q: 'x', page: 1 })
    expect(parsed('novel=99999999999999&page=1e99')).toEqual({ q: '', page: 1 })
    expect(urlSchema.parse({ q: ['a', 'b'], page: '2' })).toEqual({ q: '', page: 2 })
    expect(parsed(`q=${'长'.repeat(301)}`).q).toBe('')
  })

  it('tells the words without their quotation marks', () => {
    expect(wordsOf(parsed('q="却说姜维"'))).toBe('却说姜维')
    expect(wordsOf(parsed('q=“他说，好” 灯'))).toBe('他说，好 灯')
  })
})

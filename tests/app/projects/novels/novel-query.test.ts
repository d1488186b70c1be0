import { describe, expect, it } from 'vitest'
import { hrefOf, isFiltered, novelQuery } from '@/app/projects/[projectId]/novels/_novel-query'

describe('the Novels page’s URL', () => {
  it('holds filter, order and page', () => {
    const query = novelQuery({ title: '路', register: 'modern', minimum: '200', sort: 'taken', down: '1', page: '3' })
    expect(query).toEqual({ filter: { title: '路', register: 'modern', minimum: 200 }, sort: 'taken', down: true, page: 3 })
    expect(hrefOf('p', query, { page: 3 })).toBe('/projects/p/novels?title=%E8%B7%AF&register=modern&minimum=200&sort=taken&down=1&page=3')
    expect(hrefOf('p', query, { sort: 'file', down: false })).toBe('/projects/p/novels?title=%E8%B7%AF&register=modern&minimum=200')
  })

  it('takes nothing from what makes no sense, and nothing for empty fields', () => {
    const query = novelQuery({ title: '', register: 'old', minimum: '-3', clutter: 'dirt', sort: 'x', page: '0', novelIds: '1', part: ['in', 'out'] })
    expect(query).toEqual({ filter: {}, sort: 'file', down: false, page: 1 })
    expect(isFiltered(query)).toBe(false)
    expect(hrefOf('p', query)).toBe('/projects/p/novels')
  })
})

import { describe, expect, it } from 'vitest'
import { filterOf, filterQuery } from '@/lib/stages/pairs/filter'

describe('a filter in the address', () => {
  it('comes back as it was set, whatever its order', () => {
    const query = 'verdict=kept&verdict=undecided&flaw=none&novel=a%2Cb&register=modern&premiseMin=3&scoreMax=4&duplicate=rest&leak=no&edited=yes&ending=no&text=%E9%9B%AA%26&order=passage-long&group=7'
    const filter = filterOf(new URLSearchParams(query))
    expect(filter).toMatchObject({ verdict: ['kept', 'undecided'], flaw: ['none'], novel: ['a,b'], premiseMin: 3, premiseMax: null, scoreMax: 4, duplicate: 'rest', text: '雪&', order: 'passage-long', group: 7 })
    expect(filterOf(filterQuery(filter))).toEqual(filter)
    expect(filterQuery(filterOf(new URLSearchParams())).toString()).toBe('')
  })

  it.each(['verdict=maybe', 'premiseMin=x', 'premiseMin=-1', 'passageMax=1e99', 'score=3', 'duplicate=yes', 'leak=1', 'order=random', 'group=0', 'register=old', 'style=poem', `text=${'雪'.repeat(201)}`, 'text=%00', 'verdict=', 'novel=%00', "order=place'; DROP TABLE premise"])('takes %s for not said', (query) => {
    expect(filterOf(new URLSearchParams(query))).toEqual(filterOf(new URLSearchParams()))
  })
})

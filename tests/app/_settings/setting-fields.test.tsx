import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ClientProvider } from '@/app/_i18n/client-provider'
import { messagesOf } from '@/app/_i18n/messages'
import { FoldedSettings, SettingFields } from '@/app/_settings/setting-fields'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { formValuesOf } from '@/app/_settings/setting-values'
import { storySampling } from '@/lib/settings/stories'
import { presets } from '@/lib/settings/presets'

const fields = {
  specs: settingSpecs(storySampling, 'en'),
  values: formValuesOf(presets.starter.stories.sampling),
  label: (name: string) => `the ${name}`,
  optionLabel: (name: string, option: string) => `${option} as ${name}`,
  onChange: () => {},
}

const draw = (node: React.ReactNode) => renderToStaticMarkup(<ClientProvider locale="en" messages={messagesOf('en')}>{node}</ClientProvider>)

describe('the fields of settings', () => {
  it('stand in the order asked for, each with its name, value and options', () => {
    const html = draw(<SettingFields names={['seed', 'style']} {...fields} />)
    expect([...html.matchAll(/name="(\w+)"/g)].map((match) => match[1])).toEqual(['seed', 'style'])
    expect(html).toContain(`value="${presets.starter.stories.sampling.seed}"`)
    expect(html).toContain('the seed')
    expect(html).toContain('chat as style')
  })

  it('can be folded away under a word', () => {
    expect(draw(<FoldedSettings summary="More" groups={[{ title: 'Limits', names: ['tries'] }]} {...fields} />)).toMatch(/<details.*More.*Limits.*name="tries"/)
  })

  it('are never left out in silence', () => {
    expect(() => draw(<SettingFields names={['colour']} {...fields} />)).toThrow('colour')
    expect(() => draw(<SettingFields names={['seed']} {...fields} values={{}} />)).toThrow('seed')
  })
})

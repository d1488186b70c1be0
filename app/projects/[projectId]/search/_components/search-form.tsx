import Form from 'next/form'
import type { SearchUrl } from '@/app/projects/[projectId]/search/_search-url'
import { getTranslator } from '@/app/_i18n/server'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { registers } from '@/lib/settings/novels'

/** The words and where to look for them; sending it makes the address that holds the search. */
export async function SearchForm({ projectId, url, novels }: { projectId: string; url: SearchUrl; novels: readonly { id: number; title: string }[] }) {
  const t = await getTranslator('search')
  return (
    <search className="mb-5 block">
      <Form action={`/projects/${projectId}/search`} prefetch={false} key={JSON.stringify(url)} className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,30em)_14em_10em_auto] lg:justify-start">
        <Field name="q" label={t('words')}>
          <TextInput type="search" defaultValue={url.q} placeholder={t('placeholder')} maxLength={300} autoFocus={url.q === ''} autoComplete="off" />
        </Field>
        <Field name="novel" label={t('novel')} className="max-sm:order-2 sm:order-2 lg:order-none">
          <Select defaultValue={url.novel ?? ''}>
            <option value="">{t('allNovels')}</option>
            {novels.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="register" label={t('register')} className="max-sm:order-3 sm:order-3 lg:order-none">
          <Select defaultValue={url.register ?? ''}>
            <option value="">{t('allRegisters')}</option>
            {registers.map((register) => (
              <option key={register} value={register}>
                {t(`registers.${register}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" kind="primary" className="max-sm:order-4 sm:max-lg:order-1">
          {t('go')}
        </Button>
      </Form>
    </search>
  )
}

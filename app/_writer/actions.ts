'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { guardAction } from '@/app/_guard/guard-action'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { jsonReason } from '@/app/_writer/json-reason'
import { checkBaseUrl } from '@/lib/llm/base-url'
import { modelsOf } from '@/lib/llm/endpoint-models'
import { createEndpoint, endpointForm, updateEndpoint } from '@/lib/llm/endpoints'
import { type EndpointTest, testEndpoint } from '@/lib/llm/test-endpoint'
import { priceForm, savePrice } from '@/lib/stages/premises/prices'

const wantedEndpoint = endpointForm.extend({ key: z.string().default('') })

/** Says what is wrong with an endpoint's form at the field that has it. */
function atFields<T>(work: () => Promise<T>): Promise<T> {
  const named = () => atField('name', 'endpoint.name-taken', work)
  const opened = () => atField('key', 'endpoint.bad-key', named)
  return atField('baseUrl', 'endpoint.bad-url', opened)
}

/** What is wrong with a further address is said beside those. */
function checkOthers(urls: readonly string[]): Promise<void> {
  return atField('otherUrls', 'endpoint.bad-url', async () => urls.forEach((url) => checkBaseUrl(url)))
}

/** Stores an endpoint with its key sealed. */
export async function addEndpoint(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const wanted = await parseForm(wantedEndpoint, form)
    await checkOthers(wanted.otherUrls)
    const endpoint = await atFields(() => createEndpoint(wanted))
    revalidatePath('/', 'layout')
    return (await getTranslator('writer'))('added', { name: endpoint.name })
  })
}

const chosen = z.object({ endpointId: z.uuid(), forgetKey: z.literal('on').optional() })

/** Changes an endpoint; a key that is not typed anew stays, but for another host. */
export async function editEndpoint(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const wanted = await parseForm(wantedEndpoint, form)
    const { endpointId, forgetKey } = await parseForm(chosen, form)
    await checkOthers(wanted.otherUrls)
    const endpoint = await atFields(() => updateEndpoint(endpointId, wanted, forgetKey === 'on'))
    revalidatePath('/', 'layout')
    return (await getTranslator('writer'))('changed', { name: endpoint.name })
  })
}

const trial = z.object({ endpointId: z.uuid(), endpointModel: z.string().trim().min(1) })

/** Asks every address of the endpoint for one word, and says how long it took or what is wrong. */
export async function tryEndpoint(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { endpointId, endpointModel } = await parseForm(trial, form)
    const tests = await testEndpoint(endpointId, endpointModel)
    const lines = await Promise.all(tests.map((test) => wordsOf(test, tests.length > 1)))
    if (tests.some(({ ok }) => ok)) return lines.join('\n')
    throw new z.ZodError([{ code: 'custom', path: ['endpointModel'], message: lines.join('\n'), input: undefined }])
  })
}

/** One address's answer in words, `named` where there are several. */
async function wordsOf(test: EndpointTest, named: boolean): Promise<string> {
  const [t, locale] = await Promise.all([getTranslator('writer'), getLocale()])
  if (!test.ok) return (named ? '✗ ' : '') + t('wrong', { reason: test.error.sentence(errorLocale(locale)), latency: test.latencyMs })
  const answered = (named ? `✓ ${test.url}: ` : '') + t('answered', { model: test.servedModel, latency: test.latencyMs })
  if (test.json === null) return answered
  return `${answered} ${test.json.takes ? t('jsonTaken') : t('jsonNotTaken', { reason: (await jsonReason(test.json.reason)) ?? '' })}`
}

/** The models that an endpoint lists, for choosing one; none where it does not. */
export async function readModels(endpointId: string): Promise<string[]> {
  await guardAction()
  const id = z.uuid().safeParse(endpointId)
  return id.success ? ((await modelsOf(id.data).catch(() => null)) ?? []) : []
}

/** Enters what a model costs for a million tokens; runs that have no price yet reckon with it from now on. */
export async function enterPrice(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const price = await parseForm(priceForm, form)
    await savePrice(price)
    revalidatePath('/', 'layout')
    return (await getTranslator('writer'))('priceSaved', { model: price.model })
  })
}

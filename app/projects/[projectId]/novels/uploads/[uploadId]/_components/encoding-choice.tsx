import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { readUploadAgain } from '@/app/projects/[projectId]/novels/uploads/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Bar } from '@/app/_ui/progress-bar'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import type { UploadFile } from '@/lib/generated/prisma/client'
import { candidatesOf } from '@/lib/stages/uploads/reading'
import { novelsDecidedOn } from '@/lib/stages/uploads/uses'
import type { UploadEntry } from '@/lib/stages/uploads/uploads'
import type { TextEncoding } from '@/lib/text/encoding'
import type { EncodingCandidate } from '@/lib/text/encoding-candidates'
import { DOUBTFUL } from '@/lib/text/plausibility'

/** The plausibility that is not shown as 0 %. */
const leastShown = 0.005
const list = 'm-0 grid list-none gap-0 border-t border-line p-0'

/** How a file's beginning reads in every encoding; one click reads it again in another. `refusal` says why that is no longer possible. */
export async function EncodingChoice({ upload, file, several, refusal }: { upload: UploadEntry; file: UploadFile; several: boolean; refusal: string | undefined }) {
  const [t, { number }, candidates, decided] = await Promise.all([getTranslator('uploads'), getFormatter(), candidatesOf(upload, file), novelsDecidedOn(upload.id)])
  if (!candidates) return null
  const current = candidates.find(({ encoding }) => encoding === file.encoding)
  const lines = file.damagedLines.slice(0, 20)
  // What reads as nothing at all stays out of the way, unless nothing reads.
  const reads = candidates.filter(({ encoding, plausibility }) => encoding === file.encoding || plausibility >= leastShown)
  const likely = reads.length > 0 ? reads : candidates
  const others = candidates.filter((candidate) => !likely.includes(candidate))
  const row = (candidate: EncodingCandidate) => (
    <li key={candidate.encoding} className="grid gap-x-6 gap-y-1.5 border-b border-line py-3 lg:grid-cols-[15rem_1fr_auto] lg:items-start">
      <CandidateHead candidate={candidate} file={file} />
      <p lang="zh" className="m-0 max-w-[38em] font-serif leading-[1.8] [overflow-wrap:anywhere]">
        {candidate.excerpt || t('sampleNone')}
      </p>
      {!refusal && <ReadSo encoding={candidate.encoding} upload={upload} file={file} several={several} decided={decided} />}
    </li>
  )
  return (
    <section id="encoding" aria-label={t('encoding')} className="mt-8">
      <h2 className="mt-0 mb-1 text-base font-semibold [overflow-wrap:anywhere]">{t('readsAs', { name: file.name })}</h2>
      <p className="mt-0 mb-3 max-w-[52em] text-muted">{t('readsAsNote')}</p>
      {current?.mojibake && <p className="mt-0 mb-3 max-w-[52em] text-gamboge-text">{t(`mojibake.${current.mojibake}`)}</p>}
      {current && !current.mojibake && current.plausibility < DOUBTFUL && <p className="mt-0 mb-3 text-gamboge-text">{t('unlikely')}</p>}
      {file.damaged > 0 && (
        <p className="mt-0 mb-3 text-gamboge-text">{t('damagedText', { count: file.damaged, lines: lines.map((line) => number(line)).join(', ') + (file.damagedLines.length > lines.length ? t('more') : '') })}</p>
      )}
      {refusal && <p className="mt-0 mb-3 max-w-[52em] text-muted">{refusal}</p>}
      <ul className={list}>{likely.map(row)}</ul>
      {others.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-sm text-muted">{t('otherEncodings', { count: others.length })}</summary>
          <ul className={`${list} mt-2`}>{others.map(row)}</ul>
        </details>
      )}
      {file.chosenEncoding && !refusal && (
        <ActionForm action={readUploadAgain} values={{ ...idsOf(upload), file: file.ordinal, encoding: 'detected' }} className="mt-3">
          <span>
            <SubmitButton small kind="quiet">
              {t('backToDetected')}
            </SubmitButton>
          </span>
        </ActionForm>
      )}
    </section>
  )
}

async function CandidateHead({ candidate, file }: { candidate: EncodingCandidate; file: UploadFile }) {
  const [t, { number }] = await Promise.all([getTranslator('uploads'), getFormatter()])
  const { encoding, plausibility, damaged, mojibake } = candidate
  const share = t('plausibility', { share: number(plausibility, { style: 'percent', maximumFractionDigits: 0 }) })
  return (
    <div className="grid gap-1">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t(`encodingNames.${encoding}`)}</span>
        {encoding === file.encoding && <Tag kind="ok">{t('current')}</Tag>}
        {encoding === file.encoding && <span className="text-xs text-muted">{file.chosenEncoding ? t('byPerson') : t('detected')}</span>}
      </span>
      <Bar label={`${t(`encodingNames.${encoding}`)}: ${share}`} share={plausibility} text={share} className="max-w-40" />
      <span className="text-xs text-muted">{share}</span>
      {damaged > 0 && <span className="text-xs text-gamboge-text">{t('damagedInSample', { count: damaged })}</span>}
      {mojibake && damaged === 0 && <span className="text-xs text-gamboge-text">{t('mayBeMojibake')}</span>}
    </div>
  )
}

type Choice = { encoding: TextEncoding; upload: UploadEntry; file: UploadFile; several: boolean; decided: number }

/** One click; where a person has decided something, what becomes of that is said first. */
async function ReadSo({ encoding, upload, file, several, decided }: Choice) {
  const t = await getTranslator('uploads')
  const isCurrent = encoding === file.encoding
  const targets = [...(isCurrent ? [] : [{ file: file.ordinal, word: t('readSo') }]), ...(several ? [{ file: 'all', word: t('readAllSo') }] : [])]
  const name = t(`shortEncoding.${encoding}`)
  return (
    <div className="flex flex-wrap gap-2 lg:justify-end">
      {targets.map((target) =>
        decided > 0 ? (
          <ConfirmDialog
            key={target.word}
            small
            triggerKind="plain"
            trigger={target.word}
            triggerLabel={`${target.word}: ${name}`}
            title={t('readAgainTitle', { encoding: name, name: upload.fileName })}
            confirm={target.word}
            action={readUploadAgain}
            values={{ ...idsOf(upload), file: target.file, encoding }}
          >
            <p className="mt-0 mb-2">{t('readAgainWhat')}</p>
            <p className="m-0">{t('readAgainCarries', { count: decided })}</p>
          </ConfirmDialog>
        ) : (
          <ActionForm key={target.word} action={readUploadAgain} values={{ ...idsOf(upload), file: target.file, encoding }} label={`${target.word}: ${name}`}>
            <SubmitButton small label={`${target.word}: ${name}`}>
              {target.word}
            </SubmitButton>
          </ActionForm>
        ),
      )}
    </div>
  )
}

function idsOf(upload: UploadEntry): { projectId: string; uploadId: string } {
  return { projectId: upload.projectId, uploadId: upload.id }
}

import { freemem, hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { artifactPath } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import type { Architecture } from '@/lib/forecast/architecture'
import type { ForecastDevice, Lengths } from '@/lib/forecast/order'
import { readArchitecture } from '@/lib/forecast/read-architecture'
import { type Speed, shareOfMatrices } from '@/lib/forecast/time'
import { freeDiskOf } from '@/lib/free-disk'
import type { Device } from '@/lib/generated/prisma/client'
import { latestDevice } from '@/lib/stages/devices'
import { modelDirectory } from '@/lib/stages/models'
import { pairLengths } from '@/lib/stages/training/pair-lengths'
import { speedOfMatrices, seenSpeed } from '@/lib/stages/training/seen-speed'

/** What the forecast of a training goes by; what could not be found out is null. */
export type ForecastFacts = {
  model: Architecture | null
  weightBytes: number
  lengths: Lengths | null
  device: ForecastDevice | null
  speed: Speed | null
  /** Bytes free on the disk that runs are kept on. */
  freeDisk: number | null
}

type Order = { baseModel: string; datasetVersionId: string; promptVersionId: string | null; system: string; template: string }

/** Reads what a forecast needs for a choice of model, pairs and prompt; inspects nothing and hashes nothing. */
export async function readForecastFacts(order: Order): Promise<ForecastFacts> {
  const found = await lookUp(order.baseModel)
  const [model, device, freeDisk] = await Promise.all([readArchitecture(found.directory), latestDevice(), freeDiskOf(env().home)])
  const lengths = await pairLengths({ ...order, modelId: found.id, directory: found.directory }).catch(() => null)
  return { model, weightBytes: found.bytes, lengths, device: device && forecastDevice(device), speed: await speedHere(found.id, device), freeDisk }
}

/** A device as the forecast sees it: the memory that training is held in. */
export function forecastDevice(device: Device): ForecastDevice {
  const { label, gpus, cores, hasNativeBfloat16, hasBitsandbytes } = device
  const isGpu = device.kind === 'cuda' && device.gpuBytes !== null
  const bytes = Number(device.gpuBytes ?? device.memoryBytes)
  const isHere = !isGpu && device.name.startsWith(`${hostname()}/`)
  return { kind: isGpu ? 'cuda' : 'cpu', label, places: isGpu ? gpus : cores, bytes, freeBytes: isHere ? Math.min(bytes, freemem()) : bytes, hasNativeBfloat16, hasBitsandbytes }
}

async function speedHere(modelId: string | null, device: Device | null): Promise<Speed | null> {
  const seen = await seenSpeed(modelId)
  if (seen) return seen
  const matrices = speedOfMatrices(device, device?.hasNativeBfloat16 ?? false)
  return matrices === null ? null : { perSecond: matrices * shareOfMatrices, source: 'matrices', run: null }
}

/** The folder that the form's base model stands for, as resolveModel finds it. */
async function lookUp(baseModel: string): Promise<{ id: string | null; directory: string; bytes: number }> {
  const directory = baseModel === 'starter' ? artifactPath.starterModel() : baseModel
  const row = await db().model.findFirst({
    where: z.uuid().safeParse(baseModel).success ? { id: baseModel } : { OR: [{ directory }, { name: baseModel }] },
    orderBy: { createdAt: 'asc' },
  })
  if (row) return { id: row.id, directory: modelDirectory(row), bytes: Number(row.bytes ?? 0) }
  return { id: null, directory: path.resolve(env().home, directory), bytes: 0 }
}

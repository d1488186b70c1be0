import { db } from '@/lib/db'
import type { Device } from '@/lib/generated/prisma/client'

/** What a worker says of its machine when it starts. */
export type DeviceFacts = Omit<Device, 'float32Rate' | 'bfloat16Rate' | 'measuredAt' | 'seenAt'>

/** Keeps what a worker found; what was measured of the same device stays. */
export async function registerDevice(facts: DeviceFacts): Promise<Device> {
  const { name, ...values } = facts
  return db().device.upsert({ where: { name }, create: facts, update: { ...values, seenAt: new Date() } })
}

/** The device that trains here: the one whose worker started last; null before a worker ever did. */
export async function latestDevice(): Promise<Device | null> {
  return db().device.findFirst({ orderBy: { seenAt: 'desc' } })
}

/** Keeps the rates of a measured matrix product, in operations a second; null where the device has no such numbers. */
export async function keepRates(name: string, rates: { float32Rate: number; bfloat16Rate: number | null }): Promise<void> {
  await db().device.updateMany({ where: { name }, data: { ...rates, measuredAt: new Date() } })
}

import { cache } from 'react'
import { readQueue } from '@/lib/stages/waiting'

/** The queue as it is now, read once for a page however many of its jobs wait. */
export const queueNow = cache(readQueue)

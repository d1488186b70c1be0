/** The environment of every child: ours, nothing phones home, and what this child needs beside it. */
export function childEnvironment(additions = {}) {
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    HF_HUB_OFFLINE: '1',
    VLLM_NO_USAGE_STATS: '1',
    ...additions,
  }
}

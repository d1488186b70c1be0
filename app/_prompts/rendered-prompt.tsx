import type { Question } from '@/lib/llm/ask'

/** What a model is sent, turn by turn, or as the one text that it goes on with. `label` says of what. */
export function RenderedPrompt({ prompt, label }: { prompt: Question['prompt']; label: string }) {
  return (
    <div lang="zh-CN" tabIndex={0} role="region" aria-label={label} className="grid max-h-96 gap-2 overflow-auto border-t border-line bg-wash px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {prompt.style === 'completions' ? (
        <div>{prompt.text}</div>
      ) : (
        prompt.messages.map((turn, which) => (
          <div key={which}>
            <span className="text-muted">{turn.role}</span>
            {'\n'}
            {turn.content}
          </div>
        ))
      )}
    </div>
  )
}

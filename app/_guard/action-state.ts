/** What a form shows after its action: nothing yet, a word of success, or what went wrong and at which fields. */
export type ActionState =
  | { status: 'idle' }
  | { status: 'done'; message: string | null; at: number }
  | { status: 'failed'; error: string; fields: Record<string, string>; at: number }

export type FormAction = (state: ActionState, form: FormData) => Promise<ActionState>

export const idle: ActionState = { status: 'idle' }

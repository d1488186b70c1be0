/** What takes an action back: another action with the values of its form. `again`: what was taken back is done once more. */
export type Undo = { action: FormAction; values: Record<string, string | number>; again?: boolean }

/** What a form shows after its action: nothing yet, a word of success with what takes it back, or what went wrong and at which fields. */
export type ActionState =
  | { status: 'idle' }
  | { status: 'done'; message: string | null; undo?: Undo; at: number }
  | { status: 'failed'; error: string; fields: Record<string, string>; at: number }

export type FormAction = (state: ActionState, form: FormData) => Promise<ActionState>

export const idle: ActionState = { status: 'idle' }

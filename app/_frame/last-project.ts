/** The cookie that says which project one was in last. */
export const lastProjectCookie = 'molian-project'

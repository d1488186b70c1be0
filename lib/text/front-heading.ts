/** What the text before the first heading is called where it is stored; the studio shows its own word for it. */
export const FRONT_HEADING = '卷首'

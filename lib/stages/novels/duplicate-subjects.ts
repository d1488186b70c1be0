import { type DuplicateLevel, Prisma } from '@/lib/generated/prisma/client'

/**
 * The novels or chapters that a decision on these groups is about, as a relation `subject` (id, taking, left_out,
 * taking_before) to come right after WITH RECURSIVE. A chapter that a revision replaced stands for those that took its
 * taking over: both halves of a split one, what a renamed or cleaned one became, the chapter in which it is the longest
 * of those joined; on and on, but not past one that a person has set otherwise since. `column` is that of the members. Null for passages, which have no
 * taking.
 */
export function subjectsOf(level: DuplicateLevel, groupIds: readonly number[]): { table: Prisma.Sql; column: Prisma.Sql; subjects: Prisma.Sql } | null {
  const groups = Prisma.sql`m.group_id = ANY(${[...groupIds]}::int[])`
  switch (level) {
    case 'novel':
      return {
        table: Prisma.sql`novel`,
        column: Prisma.sql`novel_id`,
        subjects: Prisma.sql`subject AS (
          SELECT n.id, n.taking, m.left_out, m.taking_before FROM duplicate_member m JOIN novel n ON n.id = m.novel_id WHERE ${groups})`,
      }
    case 'chapter':
      return {
        table: Prisma.sql`chapter`,
        column: Prisma.sql`chapter_id`,
        subjects: Prisma.sql`subject AS (
          SELECT c.id, c.taking, m.left_out, m.taking_before, c.place, c.replaced_by_id
          FROM duplicate_member m JOIN chapter c ON c.id = m.chapter_id WHERE ${groups}
          UNION ALL
          SELECT made.id, made.taking, s.left_out, s.taking_before, made.place, made.replaced_by_id
          FROM subject s JOIN revision r ON r.id = s.replaced_by_id JOIN chapter made ON made.made_by_id = r.id AND made.taking = s.taking
          WHERE CASE WHEN r.kind IN ('merged', 'joined')
            THEN s.id = (SELECT o.id FROM chapter o WHERE o.replaced_by_id = r.id ORDER BY o.characters DESC, o.place LIMIT 1)
            ELSE r.kind = 'split' OR made.place = s.place END)`,
      }
    case 'passage':
      return null
  }
}

import { Prisma } from '@/lib/generated/prisma/client'

/** What String.trim takes off (ECMA-262, WhiteSpace and LineTerminator); PostgreSQL's own idea of a blank depends on its locale. */
const blanks = '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** premiseOf (lib/text/test-row.ts) in SQL, for a query in which test_row alone has columns of these names. */
export const rowPremise = Prisma.sql`CASE WHEN btrim(input, ${blanks}::text) = '' THEN instruction ELSE input END`

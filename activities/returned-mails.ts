import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import type { ReturnedMail } from './mail/context.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** Whom the notices were for that came back, and what they said, by id: for those that tell of it. */
export async function returnedMails(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, ReturnedMail>> {
  const ids = notices.flatMap(({ facts }) => (facts as NoticeFacts).returned ?? []);
  if (ids.length === 0) return new Map();
  const rows = await database.notice.findMany({
    where: { id: { in: ids } },
    select: { id: true, address: true, subject: true, personId: true },
  });
  const people = await database.person.findMany({
    where: { id: { in: rows.flatMap(({ personId }) => personId ?? []) } },
    select: { id: true, name: true },
  });
  return new Map(
    rows.map(({ id, address, subject, personId }): [string, ReturnedMail] => {
      const name = people.find((one) => one.id === personId)?.name;
      return [
        id,
        {
          ...(name === undefined ? {} : { name }),
          ...(address === null ? {} : { address }),
          ...(subject === null ? {} : { subject }),
        },
      ];
    }),
  );
}

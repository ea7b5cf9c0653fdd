import type { Clock } from '../../activities/clock.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Principal } from '../policy.ts';
import { type AccountAction, accountSubject, loggedActor } from '../privacy/access-log.ts';

/** Who did what to an account stands in the access log; `owner`: whoever knows its password, or holds its mailed link. */
export async function note(
  tables: Pick<Prisma.TransactionClient, 'accessLog'>,
  { clock }: { clock: Clock },
  by: Principal | 'owner' | 'stranger',
  accountId: string,
  action: AccountAction,
): Promise<void> {
  await tables.accessLog.create({
    data: {
      at: new Date(clock()),
      actor: actorOf(by, accountId),
      subject: accountSubject(accountId),
      action,
      outcome: 'ok',
    },
  });
}

function actorOf(by: Principal | 'owner' | 'stranger', accountId: string): Record<string, string> {
  if (by === 'owner') return { kind: 'account', accountId };
  return by === 'stranger' ? { kind: 'stranger' } : loggedActor(by);
}

import type { z } from 'zod';
import { actorIn } from '../act-answer.ts';
import { Problem } from '../problem.ts';
import type { Answer, RouteContext } from '../route.ts';
import type { newCase } from './bodies.ts';
import { mayOpen } from './listing.ts';
import { openCase, receivingAgreement, rulesFor } from './opening.ts';

type Context = Pick<RouteContext<{ id: string }, unknown, z.output<typeof newCase>>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key'>;

/**
 * A case that somebody writes down: heard on the telephone, or made of an opinion that was sent by the feedback form.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `unknown-seat`, `not-your-seat`,
 *   `not-responsible`, `unknown-customer`, `unknown-feedback`, `feedback-settled`, `invalid-request`
 */
export async function openWritten(context: Context): Promise<Answer> {
  const { deps, params, body, key } = context;
  const { type, receivedAt, feedback, customer, name, email, phone, language } = body;
  const belonging = await receivingAgreement(deps, params.id);
  const { actor } = await actorIn(context, params.id, body);
  const rules = rulesFor(belonging.agreement, type);
  if (rules && !mayOpen(belonging, rules, actor)) throw new Problem('not-responsible', { clauses: rules.clauses });
  const opinion = feedback === undefined ? null : await opinionOf(context, feedback);
  const heardAtMs = receivedAt === undefined ? undefined : Date.parse(receivedAt);
  const receivedAtMs = opinion?.receivedAt.getTime() ?? heardAtMs;
  if (receivedAtMs !== undefined && receivedAtMs > deps.clock()) throw inTheFuture();
  const opened = await openCase(deps, {
    agreementId: params.id,
    key: opinion ? `feedback/${opinion.id}` : key,
    caseType: type,
    channel: body.channel,
    severity: body.severity,
    priority: body.priority,
    category: body.category,
    topic: body.topic,
    details: body.details ?? opinion?.text,
    caller: {
      customer: customer ?? opinion?.customerId ?? undefined,
      name: name ?? opinion?.name ?? undefined,
      email: email ?? opinion?.email ?? undefined,
      phone,
      language,
    },
    actor,
    receivedAtMs,
    ...(opinion
      ? {
          beside: async (tx, workflowId) => {
            const { count } = await tx.feedback.updateMany({
              where: { id: opinion.id, status: 'open' },
              data: { status: 'case', workflowId, settledAt: new Date(deps.clock()) },
            });
            if (count === 0) throw new Problem('feedback-settled');
          },
        }
      : {}),
  });
  const { id, reference, status } = opened;
  const location = `/api/agreements/${params.id}/cases/${id}`;
  return { status: status === 'pending' ? 202 : 201, body: { id, reference, status, location } };
}

/** The opinion that becomes a case; the same one again is the same case. @throws Problem `unknown-feedback`, `feedback-settled` */
async function opinionOf({ deps, params }: Context, id: string) {
  const row = await deps.database.feedback.findUnique({ where: { id } });
  if (row?.agreementId !== params.id) throw new Problem('unknown-feedback');
  if (row.status !== 'open' && row.status !== 'case') throw new Problem('feedback-settled');
  return row;
}

function inTheFuture(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'receivedAt',
        message: { zh: '晚于当前时间', en: 'lies in the future' },
        cure: { zh: '填写实际收到的时间，或留空', en: 'say when it really came in, or leave it out' },
      },
    ],
  });
}

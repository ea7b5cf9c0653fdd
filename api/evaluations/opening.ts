import type { z } from 'zod';
import type { EvaluationInput } from '../../domain/evaluation/command.ts';
import type { CompiledEvaluation } from '../../domain/evaluation/compiled.ts';
import { evaluationInput } from '../../domain/evaluation/keeping.ts';
import { addDays, daysBetween } from '../../domain/local-date.ts';
import { instantAt } from '../../domain/zone.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { actorIn } from '../act-answer.ts';
import { derivedId } from '../derived-id.ts';
import { LIVING } from '../directory/persons.ts';
import { demandKnown } from '../improvements/acting.ts';
import { livingState } from '../life/acting.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { belongingOf } from '../process/rows.ts';
import { startProcess } from '../processes.ts';
import type { Answer, RouteContext } from '../route.ts';
import { findAgreement } from '../views.ts';
import type { newEvaluation } from './bodies.ts';
import { mayOpen } from './view.ts';

/** The longest period that anybody evaluates at once, in days: five years. */
const LONGEST = 1_830;

type Context = Pick<RouteContext<{ id: string }, unknown, z.output<typeof newEvaluation>>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key'>;

/**
 * Opens an evaluation of a period that no duty of the contract opens by itself. The same key again is the same evaluation.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `not-responsible`, `unknown-seat`,
 *   `not-your-seat`, `invalid-request`
 */
export async function openEvaluation(context: Context): Promise<Answer> {
  const { deps, params, body, key } = context;
  const belonging = await belongingOf(deps.database, params.id);
  const { agreement } = belonging;
  const { actor } = await actorIn(context, params.id, body);
  const { status: stands } = await findAgreement(deps.database, params.id);
  if (!LIVING.includes(stands)) throw new Problem('agreement-ended');
  if (stands === 'starting' || stands === 'awaiting-signatures') throw new Problem('not-in-force');
  const all = agreement.evaluations ?? [];
  if (all.length === 0) throw new Problem('not-provided', { message: 'this agreement knows no evaluations' });
  demandKnown(
    'rule',
    body.rule,
    all.map(({ id }) => id),
  );
  const rules = all.find(({ id }) => id === body.rule) as CompiledEvaluation;
  if (!mayOpen(belonging, rules, { actor, onBehalfOf: body.onBehalfOf ?? null })) {
    if (rules.obligation === null) throw new Problem('not-responsible', { clauses: rules.clauses });
    throw new Problem('not-provided', { message: `${rules.id} begins with its duty, ${rules.obligation}` });
  }
  demandPeriod(body);
  const state = await livingState(context, params.id);
  const reference = `${rules.id}-${derivedId('evaluation', key).slice(0, 8)}`;
  const input: EvaluationInput = {
    format: 1,
    workflowId: processWorkflowId('evaluation', params.id, reference),
    agreementId: params.id,
    reference,
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    ...evaluationInput(state, rules),
    occurrence: null,
    due: null,
    period: {
      fromMs: instantAt(agreement.zone, body.from, '00:00'),
      toMs: instantAt(agreement.zone, addDays(body.to, 1), '00:00'),
    },
    acknowledged: Object.entries(rules.acknowledgeDuties).flatMap(([seat, duty]) =>
      state.obligations.some(({ id, status }) => id === duty && status.startsWith('fulfilled')) ? [seat] : [],
    ),
    actor,
  };
  const { id, status } = await startProcess(deps, {
    type: 'evaluation',
    input,
    text: body.note === undefined ? {} : { note: body.note },
  });
  const location = `/api/agreements/${params.id}/evaluations/${id}`;
  return { status: status === 'pending' ? 202 : 201, body: { id, reference, status, location } };
}

/** @throws Problem `invalid-request` */
function demandPeriod({ from, to }: { from: string; to: string }): void {
  const wrong = (error: Omit<FieldProblem, 'path'>): Problem =>
    new Problem('invalid-request', { errors: [{ path: 'to', ...error }] });
  if (to < from) {
    throw wrong({
      message: { zh: `早于起始日 ${from}`, en: `is before the first day, ${from}` },
      cure: { zh: '填写起始日或以后的日期', en: 'give the first day, or a later one' },
    });
  }
  if (daysBetween(from, to) > LONGEST) {
    throw wrong({
      message: { zh: '考核周期超过五年', en: 'makes the period longer than five years' },
      cure: { zh: '缩短考核周期', en: 'choose a shorter period' },
    });
  }
}

import type { z } from 'zod';
import type { Actor } from '../../domain/agreement/command.ts';
import { answersFor } from '../../domain/agreement/parties.ts';
import type { CompiledTraining, TrainingInput } from '../../domain/training/compiled.ts';
import { localDateAt } from '../../domain/zone.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { actorIn } from '../act-answer.ts';
import { derivedId } from '../derived-id.ts';
import { LIVING } from '../directory/persons.ts';
import { demandKnown } from '../improvements/acting.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { startProcess } from '../processes.ts';
import type { Answer, RouteContext } from '../route.ts';
import { findAgreement } from '../views.ts';
import type { newTraining, trainingPlanBody } from './bodies.ts';
import { type TrainingBelonging, trainingBelonging } from './rows.ts';
import { dutiesServed, openDuty, servesOccurrence } from './serving.ts';

type Session = Omit<z.output<typeof newTraining>, 'as' | 'onBehalfOf'>;
type Context<Body> = Pick<RouteContext<{ id: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key'>;
type Started = { id: string; reference: string; plannedOn: string; status: 'started' | 'pending' };

/**
 * Plans a session: its trainees are invited. The same key again is the same session.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `not-responsible`, `invalid-request`
 */
export async function planTraining(context: Context<z.output<typeof newTraining>>): Promise<Answer> {
  const { as: _as, onBehalfOf: _onBehalfOf, ...session } = context.body;
  const { belonging, actor } = await planner(context);
  await assertSessions(context, belonging, actor, [{ session, path: '' }]);
  const started = await begin(context, belonging, actor, { session, key: context.key });
  const { status, ...rest } = started;
  const location = `/api/agreements/${context.params.id}/trainings/${started.id}`;
  return { status: status === 'pending' ? 202 : 201, body: { ...rest, status, location } };
}

/**
 * The plan of a year: every topic that a training of it must teach stands in one of its rows, and each row becomes a session
 * (S001b-13, S001c-46). Nothing of it is started where anything is wrong.
 *
 * @throws Problem like `planTraining`; `topics-missing` naming them
 */
export async function publishTrainingPlan(context: Context<z.output<typeof trainingPlanBody>>): Promise<Answer> {
  const { key, body } = context;
  const { belonging, actor } = await planner(context);
  const rows = body.rows.map((session, index) => ({ session, path: `rows[${String(index)}].` }));
  const wrongYear = rows.find(({ session }) => !session.plannedOn.startsWith(String(body.year)));
  if (wrongYear) {
    throw invalid(`${wrongYear.path}plannedOn`, {
      message: { zh: `不在 ${body.year} 年内`, en: `is not in ${body.year}` },
      cure: { zh: '填写该年度内的日期', en: 'give a day of that year' },
    });
  }
  await assertSessions(context, belonging, actor, rows);
  assertCovered(belonging, body.rows);
  const sessions: Started[] = [];
  for (const [index, { session }] of rows.entries()) {
    sessions.push(await begin(context, belonging, actor, { session, key: `${key} ${String(index)}` }));
  }
  const status = sessions.some((one) => one.status === 'pending') ? 'pending' : 'started';
  return {
    status: status === 'pending' ? 202 : 201,
    body: {
      year: body.year,
      sessions: sessions.map(({ id, reference, plannedOn }) => ({ id, reference, plannedOn })),
      status,
    },
  };
}

async function planner(
  context: Context<{ as: string; onBehalfOf?: string | undefined }>,
): Promise<{ belonging: TrainingBelonging; actor: Actor }> {
  const { deps, params, body } = context;
  const belonging = await trainingBelonging(deps.database, params.id);
  const { actor } = await actorIn(context, params.id, body);
  const { status } = await findAgreement(deps.database, params.id);
  if (!LIVING.includes(status)) throw new Problem('agreement-ended');
  if (status === 'starting' || status === 'awaiting-signatures') throw new Problem('not-in-force');
  if (belonging.trainings.length === 0) {
    throw new Problem('not-provided', { message: 'this agreement speaks of no training' });
  }
  return { belonging, actor };
}

/** Everything that can be wrong with them, before any of them is started. */
async function assertSessions(
  { deps }: Pick<RouteContext, 'deps'>,
  { trainings, agreement, state }: TrainingBelonging,
  actor: Actor,
  sessions: { session: Session; path: string }[],
): Promise<void> {
  const today = localDateAt(agreement.zone, deps.clock());
  for (const { session, path } of sessions) {
    const ids = trainings.map(({ id }) => id);
    demandKnown(`${path}training`, session.training, ids);
    const training = trainings.find(({ id }) => id === session.training) as CompiledTraining;
    if (!answersFor(agreement, actor, training.organiser)) {
      throw new Problem('not-responsible', {
        message: `${training.id} is planned by ${training.organiser}`,
        clauses: training.clauses,
      });
    }
    for (const [index, topic] of session.topics.entries()) {
      demandKnown(
        `${path}topics[${String(index)}]`,
        topic,
        training.topics.map(({ id }) => id),
      );
    }
    if (session.mode !== undefined) demandKnown(`${path}mode`, session.mode, training.modes);
    for (const [index, method] of session.methods.entries()) {
      demandKnown(`${path}methods[${String(index)}]`, method, training.methods);
    }
    if (session.plannedOn < today) {
      throw invalid(`${path}plannedOn`, {
        message: { zh: `早于今天（${today}）`, en: `is before today (${today})` },
        cure: { zh: '填写今天或以后的日期', en: 'give today or a later day' },
      });
    }
    const { occurrence } = session;
    if (typeof occurrence === 'string' && !servesOccurrence(state, training, occurrence)) {
      demandKnown(
        `${path}occurrence`,
        occurrence,
        state.obligations.flatMap((one) => (training.serves.includes(one.id) ? (one.occurrence ?? []) : [])),
      );
    }
  }
  await assertPeople(
    deps,
    sessions.flatMap(({ session, path }) =>
      session.trainees.map((personId, index) => ({ personId, path: `${path}trainees[${String(index)}]` })),
    ),
  );
}

/** They are in the directory, and have not left. @throws Problem `invalid-request` */
export async function assertPeople(
  { database }: Pick<RouteContext['deps'], 'database'>,
  named: readonly { personId: string; path: string }[],
): Promise<void> {
  const known = await database.person.findMany({
    where: { id: { in: named.map(({ personId }) => personId) }, erasedAt: null, leftOn: null },
    select: { id: true },
  });
  const missing = named.filter(({ personId }) => !known.some(({ id }) => id === personId));
  if (missing.length === 0) return;
  throw new Problem('invalid-request', {
    errors: missing.slice(0, 50).map(({ path }) => ({
      path,
      message: { zh: '通讯录中没有此人，或者此人已离职', en: 'is nobody of the directory, or has left' },
      cure: { zh: '先在通讯录中登记此人', en: 'enter them in the directory first' },
    })),
  });
}

/** The topics of a training of the plan that no row teaches. */
function assertCovered({ trainings, taught }: TrainingBelonging, rows: readonly Session[]): void {
  const named = trainings.filter(({ id }) => rows.some((row) => row.training === id));
  const missing = named.flatMap(({ id, topics }) => {
    const covered = rows.filter((row) => row.training === id).flatMap((row) => row.topics);
    return topics
      .filter((topic) => !covered.includes(topic.id))
      .map((topic) => ({ ...taught(topic.id), clauses: topic.clauses }));
  });
  if (missing.length === 0) return;
  throw new Problem('topics-missing', {
    message: `no session teaches ${missing.map(({ id }) => id).join(', ')}`,
    clauses: [...new Set(missing.flatMap(({ clauses }) => clauses))],
    errors: missing.map(({ id, title }) => ({
      path: 'rows',
      message: { zh: `没有安排“${title.zh}”（${id}）`, en: `holds no session on ${title.en} (${id})` },
      cure: { zh: '增加一次含有该内容的培训', en: 'add a session that teaches it' },
    })),
  });
}

async function begin(
  { deps, params }: Context<unknown>,
  { agreement, state, trainings }: TrainingBelonging,
  actor: Actor,
  { session, key }: { session: Session; key: string },
): Promise<Started> {
  const training = trainings.find(({ id }) => id === session.training) as CompiledTraining;
  const own = derivedId('training', `${params.id} ${key}`).slice(0, 8);
  const reference = `training-${own}`;
  const { occurrence, plannedOn, topics, mode = null, methods, trainees, note } = session;
  const duty =
    occurrence === null
      ? null
      : occurrence === undefined
        ? openDuty(state, training)
        : servesOccurrence(state, training, occurrence);
  const input: TrainingInput = {
    format: 1,
    workflowId: processWorkflowId('training', params.id, reference),
    agreementId: params.id,
    reference,
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    training,
    topics: [...new Set(topics)],
    mode,
    methods: [...new Set(methods)],
    plannedOn,
    trainees: [...new Set(trainees)],
    duty,
    duties: dutiesServed(state, training),
    series: `${params.id.slice(0, 8)}-${own}`.toUpperCase(),
    plannedAtMs: deps.clock(),
    actor,
  };
  const { id, status } = await startProcess(deps, {
    type: 'training',
    input,
    text: note === undefined ? {} : { note },
  });
  return { id, reference, plannedOn, status };
}

function invalid(path: string, said: Omit<FieldProblem, 'path'>): Problem {
  return new Problem('invalid-request', { errors: [{ path, ...said }] });
}

import type { z } from 'zod';
import { agreementClocks } from '../../activities/agreement-clocks.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { THIRD, isThirdSeat } from '../../domain/agreement/parties.ts';
import type { Application, EngagementInput } from '../../domain/engagement/command.ts';
import type { ApplicationField, CompiledEngagement } from '../../domain/engagement/compiled.ts';
import { applicationRefused } from '../../domain/engagement/applying.ts';
import { APPLICATION_FIELD_WORDS } from '../../domain/engagement/vocabulary.ts';
import type { Rejection } from '../../domain/agreement/rejection.ts';
import { given } from '../../domain/fields.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { actorIn } from '../act-answer.ts';
import type { CommandText } from '../commands.ts';
import { derivedId } from '../derived-id.ts';
import { seatPeople } from '../directory.ts';
import { LIVING } from '../directory/persons.ts';
import { demandKnown } from '../improvements/acting.ts';
import { brought } from '../life/acting.ts';
import { type FieldProblem, Problem } from '../problem.ts';
import { type Belonging, belongingOf } from '../process/rows.ts';
import { launchProcess } from '../processes.ts';
import type { Answer, RouteContext } from '../route.ts';
import { findAgreement } from '../views.ts';
import type { applyAgainBody, newEngagement } from './bodies.ts';

type Body = z.output<typeof newEngagement>;
type Words = z.output<typeof applyAgainBody>;
type Context = Pick<RouteContext<{ id: string }, unknown, Body>, 'params' | 'body'> &
  Pick<RouteContext, 'deps' | 'principal' | 'key' | 'documents'>;

/**
 * A party applies for a third party, invites one or begins its agreement, as the contract provides. Its words stand beside
 * the process, its contact is seated for this engagement alone; the workflow begins at once or, while the engine is away,
 * later. The same key again is the same application.
 *
 * @throws Problem `not-started`, `not-in-force`, `agreement-ended`, `not-provided`, `unknown-seat`, `not-your-seat`,
 *   `invalid-request`, or why the rules refuse it
 */
export async function applyForThird(context: Context): Promise<Answer> {
  const { deps, params, body, key, documents } = context;
  const belonging = await belongingOf(deps.database, params.id);
  const { actor, agreement } = await actorIn(context, params.id, body);
  const { status: standing } = await findAgreement(deps.database, params.id);
  if (!LIVING.includes(standing)) throw new Problem('agreement-ended');
  if (standing === 'starting' || standing === 'awaiting-signatures') throw new Problem('not-in-force');
  const rules = ruleOf(agreement, body.rule);
  if (!body.thirdParty && !agreement.seats.includes(THIRD)) throw nobody();
  const reference = `engagement-${derivedId('engagement', key).slice(0, 8)}`;
  const thirdSeat = thirdSeatOf(agreement, body, reference);
  const appliedAtMs = deps.clock();
  const input: EngagementInput = {
    format: 1,
    workflowId: processWorkflowId('engagement', params.id, reference),
    agreementId: params.id,
    reference,
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: [
      ...new Set([...agreement.seats.filter((seat) => !isThirdSeat(seat)), ...seatedThird(agreement, body, thirdSeat)]),
    ],
    seatParties: agreement.seatParties ?? {},
    rules,
    currency: agreement.currency,
    thirdSeat,
    improvement: agreement.improvement ?? null,
    ...(await agreementClocks(deps.database, params.id)).standstill,
    application: applicationOf(rules, context, thirdSeat === THIRD),
    actor,
    appliedAtMs,
  };
  const refused = applicationRefused(input, actor, input.application);
  if (refused) throw applicationProblem(refused, rules, input.application);
  const text = applicationText(body, input.application);
  await deps.database.$transaction(
    async (tx) => {
      const { count } = await tx.process.createMany({
        data: [
          {
            workflowId: input.workflowId,
            agreementId: params.id,
            type: 'engagement',
            reference,
            status: 'starting',
            input: input as unknown as Prisma.InputJsonObject,
            text: text as Prisma.InputJsonObject,
            createdAt: new Date(appliedAtMs),
          },
        ],
        skipDuplicates: true,
      });
      if (count === 0) return;
      await seatThird(tx, belonging, agreement, { body, thirdSeat });
      await tx.document.createMany({
        data: documents.map(({ sha256, size, type }) => ({ sha256, size, type, createdAt: new Date(appliedAtMs) })),
        skipDuplicates: true,
      });
      await tx.agreementDocument.createMany({
        data: documents.map(({ sha256, fileName }) => ({
          agreementId: params.id,
          sha256,
          fileName,
          commandId: applicationKey(input.workflowId),
          createdAt: new Date(appliedAtMs),
        })),
      });
    },
    { timeout: 20_000, maxWait: 20_000 },
  );
  const { id } = await deps.database.process.findUniqueOrThrow({ where: { workflowId: input.workflowId } });
  const status = await launchProcess(deps, input.workflowId);
  const location = `/api/agreements/${params.id}/engagements/${id}`;
  return { status: status === 'pending' ? 202 : 201, body: { id, reference, status, location } };
}

/** By what files of the first application are found: no command brought them. */
export function applicationKey(workflowId: string): string {
  return `application ${workflowId}`; // with a space: no key of a person is like it
}

/**
 * What of an application is given, and in codes alone.
 *
 * @param identified who the third party is stands in the contract, or was said before
 * @throws Problem `invalid-request`
 */
export function applicationOf(
  rules: CompiledEngagement,
  { body, documents }: { body: Words; documents: RouteContext['documents'] },
  identified = false,
): Application {
  const { purpose, effect, scope, otherScope, thirdParty, interest = null } = body;
  for (const [index, code] of scope.entries()) demandKnown(`scope[${String(index)}]`, code, rules.scopes);
  const codes = [...new Set([...scope, ...otherScope.map((_, index) => `other-${String(index + 1)}`)])];
  const filled: Record<ApplicationField, boolean> = {
    purpose: purpose !== undefined,
    scope: codes.length > 0,
    effect: effect !== undefined,
    identity: thirdParty !== undefined || identified,
    documents: documents.length > 0,
  };
  const fields = (Object.keys(filled) as ApplicationField[]).filter((field) => filled[field]);
  return { filled: fields, scope: codes, interest, documents: brought({ documents }) };
}

/** Its words, for beside the process or the command. */
export function applicationText(body: Words, { scope }: Pick<Application, 'scope'>): CommandText {
  const { purpose, effect, otherScope, thirdParty, interestDetails } = body;
  const others = scope
    .filter((code) => code.startsWith('other-'))
    .map((code, index) => [code, otherScope[index] ?? '']);
  const identity = thirdParty && {
    name: thirdParty.name,
    kind: thirdParty.kind,
    ...given({ registration: thirdParty.registration }),
  };
  return {
    ...(given({ purpose, effect, identity, interest: interestDetails }) as CommandText),
    ...(others.length > 0 ? { scope: Object.fromEntries(others) as Record<string, string> } : {}),
  };
}

function ruleOf(agreement: CompiledAgreement, asked: string | undefined): CompiledEngagement {
  const rules = agreement.engagements ?? [];
  const ids = rules.map(({ id }) => id);
  if (ids.length === 0) throw new Problem('not-provided', { message: 'this agreement knows no third parties' });
  if (asked === undefined && ids.length > 1) demandKnown('rule', '', ids);
  if (asked !== undefined) demandKnown('rule', asked, ids);
  return rules.find(({ id }) => asked === undefined || id === asked) as CompiledEngagement;
}

const nobody = (): Problem =>
  wrong(
    'thirdParty',
    '请填写第三方',
    'is missing: nobody fills the seat of a third party',
    '填写名称和组织类型',
    'give its name and kind',
  );

function thirdSeatOf(agreement: CompiledAgreement, { thirdParty }: Body, reference: string): string {
  return thirdParty || !agreement.seats.includes(THIRD) ? `${THIRD}-${reference.slice(-8)}` : THIRD;
}

/** Its seat, where somebody can be written to there. */
function seatedThird(agreement: CompiledAgreement, { thirdParty }: Body, thirdSeat: string): string[] {
  const isFilled = thirdSeat === THIRD ? agreement.seats.includes(THIRD) : thirdParty?.email !== undefined;
  return isFilled ? [thirdSeat] : [];
}

/** @throws Problem where a party, or whoever sits on its side, would be its own third party (S001a-41) */
async function seatThird(
  tx: Prisma.TransactionClient,
  { agreementId }: Belonging,
  agreement: CompiledAgreement,
  { body: { thirdParty }, thirdSeat }: { body: Body; thirdSeat: string },
): Promise<void> {
  if (!thirdParty) return;
  const { name, contact, email, language } = thirdParty;
  const address = email?.toLowerCase() ?? '';
  const { draft } = await tx.agreement.findUniqueOrThrow({ where: { id: agreementId }, select: { draft: true } });
  const { parties = {} } = draft as { parties?: Record<string, { name?: string }> };
  if (Object.values(parties).some((party) => party.name === name)) {
    throw wrong(
      'thirdParty.name',
      '是合同的一方',
      'is a party to the contract',
      '填写第三方的名称',
      'name a third party',
    );
  }
  if (email === undefined) return;
  const seats = await tx.seat.findMany({ where: { agreementId, person: { email: address } } });
  if (seats.some(({ seat }) => !isThirdSeat(seat))) {
    throw wrong(
      'thirdParty.email',
      '该地址属于合同一方或其岗位',
      'belongs to somebody on a side of the contract',
      '填写第三方自己的联系人',
      "give the third party's own contact",
    );
  }
  const person = { seat: thirdSeat, party: THIRD, organisation: name, name: contact ?? name, email: address, language };
  await seatPeople(tx, { agreementId, zone: agreement.zone.id, people: [person] });
}

function wrong(path: string, zh: string, en: string, cureZh: string, cureEn: string): Problem {
  const error: FieldProblem = { path, message: { zh, en }, cure: { zh: cureZh, en: cureEn } };
  return new Problem('invalid-request', { errors: [error] });
}

const FIELD_OF: Record<ApplicationField, string> = {
  purpose: 'purpose',
  scope: 'scope',
  effect: 'effect',
  identity: 'thirdParty',
  documents: 'file',
};

/** Why the rules refuse an application, with the fields of the form that it lacks. */
export function applicationProblem(
  { rejected, message, clauses = [] }: Rejection,
  rules: CompiledEngagement,
  application: Application,
): Problem {
  return new Problem(rejected, { message, clauses, errors: applicationErrors(rejected, rules, application) });
}

/** The fields of the form that a refusal is about. */
export function applicationErrors(
  rejected: Rejection['rejected'],
  { application: rule }: CompiledEngagement,
  { filled }: Application,
): FieldProblem[] {
  if (rejected === 'interest-undeclared') {
    return [
      {
        path: 'interest',
        message: { zh: '尚未声明', en: 'is not declared' },
        cure: { zh: '声明与第三方有无利益关系', en: 'say whether you have an interest in the third party' },
      },
    ];
  }
  if (rejected !== 'application-incomplete') return [];
  return (rule?.demands ?? [])
    .filter((field) => !filled.includes(field))
    .map((field) => ({
      path: FIELD_OF[field],
      message: {
        zh: `${APPLICATION_FIELD_WORDS[field].zh}未填写`,
        en: `${APPLICATION_FIELD_WORDS[field].en} is missing`,
      },
      cure: { zh: '合同要求书面申请写明此项', en: 'the contract wants it in the written application' },
    }));
}

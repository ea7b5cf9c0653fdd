import { TRIAL_MS, answerTokenHash, newAnswerToken, trialLinkLabel } from '../../activities/answer-token.ts';
import { askingOf } from '../../activities/survey-asking.ts';
import { notAlive, notBy } from '../../domain/survey/cycle.ts';
import { closesIfPublished } from '../../domain/survey/publishing.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import { isoAt } from '../../domain/zone.ts';
import type { AnswerDesk } from '../answers/desk.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { logAccess } from '../privacy/access-log.ts';
import { mailUnavailable } from '../mail-unavailable.ts';
import { Problem } from '../problem.ts';
import { belongingOf, findSurvey } from '../process/rows.ts';
import { type Capacity, capacitiesOf } from '../process/speaking.ts';

type Language = 'zh' | 'en';

interface Reader {
  name: string;
  address: string;
  language: Language;
}

interface Asked {
  agreementId: string;
  survey: string;
  principal: Principal;
  /** Addresses, or ids of persons; missing: whoever asks. */
  to: readonly string[] | undefined;
  /** Missing: each in the language of who reads it. */
  language: Language | undefined;
}

/** Whether whoever has these capacities may design the questionnaire, and so try it out. */
export function mayTest({ input }: SurveyState, capacities: readonly Capacity[]): boolean {
  return capacities.some(({ actor }) => notBy(input, actor, input.survey.responsible, []) === undefined);
}

/**
 * Sends the invitation of a cycle, with the version of the questionnaire as it stands, to whoever makes it: to whoever asks,
 * else to people who have a seat in the agreement, and never to a customer. Its link tries the questionnaire out for three
 * days; nothing of that is an answer. It is no act of the cycle, and stands in the access log.
 *
 * @throws Problem `not-responsible`, `questionnaire-missing`, `not-seated`, `address-missing`, `too-many-attempts`,
 *   `mail-unavailable`, or why the cycle is over
 */
export async function sendTestMails(
  deps: ApiDeps & { answers: AnswerDesk },
  { agreementId, survey, principal, to, language }: Asked,
) {
  const { database, clock, answers, sendTestInvitation } = deps;
  const [{ agreement }, cycle] = await Promise.all([
    belongingOf(database, agreementId),
    findSurvey(database, agreementId, survey),
  ]);
  const { row, input, state } = cycle;
  const { obligation, responsible, clauses, anonymous } = input.survey;
  const capacities = await capacitiesOf(deps, { agreementId, agreement, reader: principal, obligation });
  if (!mayTest(state, capacities)) {
    const message = `${input.reference}: this is for ${responsible} to do`;
    throw new Problem('not-responsible', { message, clauses });
  }
  const over = notAlive(state);
  if (over) throw new Problem(over.rejected, { message: over.message });
  const { questionnaire, version } = state;
  if (questionnaire === null) {
    throw new Problem('questionnaire-missing', { message: `${input.reference} has no questionnaire`, clauses });
  }
  const readers = await readersOf(deps, { agreementId, principal, to });
  if (!sendTestInvitation) throw new Problem('mail-unavailable');
  const asking = askingOf(await database.agreement.findUniqueOrThrow({ where: { id: agreementId } }), input);
  const closesAtMs = (state.closes ?? closesIfPublished(input, clock())).dueAtMs;
  const sent: { to: string; name: string; language: Language }[] = [];
  for (const { name, address, language: own } of readers) {
    await answers.countTestMail(principal.kind === 'account' ? principal.accountId : principal.kind);
    const speaks = language ?? own;
    const token = newAnswerToken();
    const link = await database.surveyLink.create({
      data: {
        workflowId: row.workflowId,
        tokenHash: answerTokenHash(token),
        label: trialLinkLabel({ sha256: questionnaire.sha256, language: speaks }),
        channel: 'email',
        createdAt: new Date(clock()),
      },
    });
    const { occurrence, zone } = input;
    const mail = { ...asking, occurrence, anonymous, closesAtMs, zone, token, language: speaks, to: { name, address } };
    await sendTestInvitation(mail).catch(async (error: unknown) => {
      await database.surveyLink.delete({ where: { id: link.id } });
      throw mailUnavailable(deps.log, error, { survey: row.id, agreementId });
    });
    const subject = `survey/${row.id}`;
    await logAccess(deps, principal, { action: 'test-mail', subject, agreementId, address });
    sent.push({ to: address, name, language: speaks });
  }
  return { version, sent, expiresAt: isoAt(input.zone, clock() + TRIAL_MS) };
}

/** Each once. @throws Problem `not-seated`, `address-missing` */
async function readersOf(
  { database }: Pick<ApiDeps, 'database'>,
  { agreementId, principal, to }: Pick<Asked, 'agreementId' | 'principal' | 'to'>,
): Promise<Reader[]> {
  const own = await ownOf(database, principal);
  if (to === undefined) {
    if (!own) throw new Problem('address-missing');
    return [own];
  }
  const seats = await database.seat.findMany({ where: { agreementId }, select: { personId: true } });
  const people = await database.person.findMany({
    where: { id: { in: seats.map(({ personId }) => personId) }, erasedAt: null, leftOn: null },
    orderBy: { id: 'asc' },
  });
  const known = [
    ...(own ? [{ id: '', ...own }] : []),
    ...people.map(({ id, name, email, language }) => ({ id, name, address: email, language: languageOf(language) })),
  ];
  const found = to.map((one) =>
    known.find(({ id, address }) => id === one || address.toLowerCase() === one.toLowerCase()),
  );
  const errors = found.flatMap((reader, index) => (reader ? [] : [notSeated(`to[${String(index)}]`)]));
  if (errors.length > 0) throw new Problem('not-seated', { errors });
  const byAddress = new Map(found.flatMap((one) => (one ? [[one.address.toLowerCase(), one]] : [])));
  return [...byAddress.values()];
}

async function ownOf(database: ApiDeps['database'], principal: Principal): Promise<Reader | null> {
  if (principal.kind !== 'account') return null;
  const account = await database.user.findUnique({
    where: { id: principal.accountId },
    select: { name: true, email: true, person: { select: { language: true } } },
  });
  return account && { name: account.name, address: account.email, language: languageOf(account.person?.language) };
}

function languageOf(text: string | undefined): Language {
  return text === 'en' ? 'en' : 'zh';
}

function notSeated(path: string) {
  return {
    path,
    message: {
      zh: '不是本人，也不是在本协议中任职的人员',
      en: 'is neither you nor somebody who has a seat in this agreement',
    },
    cure: {
      zh: '测试邮件只发给本人或在本协议中任职的人员，不发给客户',
      en: 'a test goes to yourself or to people with a seat in this agreement, never to customers',
    },
  };
}

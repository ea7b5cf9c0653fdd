import { randomUUID } from 'node:crypto';
import { messageIdOf } from '../../activities/mail/message-id.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { mailSeat } from '../../domain/agreement/parties.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { compileDraft, resolveDraft } from '../../templates/draft.ts';
import { draftOf } from '../bench/drafts.ts';

export const HOST = 'abide.example.com';
const REMINDED_AT = new Date('2026-09-30T01:00:00Z');
const DUE = { dueAtMs: Date.parse('2026-10-08T16:00:00Z'), localDate: '2026-10-08', daysLate: 0 };

/** The agreement that all of them are copies of: S001a with all its texts' duties. */
export function modelAgreement(): CompiledAgreement {
  const resolved = resolveDraft(draftOf('model'));
  if (!resolved.draft) throw new Error(JSON.stringify(resolved.errors));
  return compileDraft(resolved.draft, { id: randomUUID(), year: 2026 });
}

/**
 * What a morning looks like: agreements between people of their own, each with one reminder to hand in (written to in
 * Chinese) and one to review (in English), recorded and queued.
 * @returns the ids of the notices, those of one agreement together: what its workflow hands to `notifyAll`
 */
export async function queueReminders(database: Database, agreements: number): Promise<string[][]> {
  const model = modelAgreement();
  const rule = model.obligations.find(({ review }) => review !== null);
  const owner = rule && mailSeat(model, rule.responsible);
  const reviewer = model.parties.find((party) => party !== owner);
  if (!rule || !owner || !reviewer) throw new Error('the model has nothing to review');
  const batches: string[][] = [];
  for (let from = 0; from < agreements; from += 500) {
    const lives = Array.from({ length: Math.min(500, agreements - from) }, () => {
      const id = randomUUID();
      const people = [owner, reviewer].map((seat) => ({ seat, personId: randomUUID(), organisationId: randomUUID() }));
      return { id, people };
    });
    const people = lives.flatMap((life) => life.people.map((person) => ({ ...person, agreementId: life.id })));
    await database.organisation.createMany({
      data: people.map(({ organisationId, seat }) => ({
        id: organisationId,
        name: seat === owner ? '上海华讯客户服务有限公司' : 'Yunfan Technology',
      })),
    });
    await database.person.createMany({
      data: people.map(({ personId, organisationId, seat }) => ({
        id: personId,
        organisationId,
        name: seat === owner ? '陈晓明' : 'Wenjing Li',
        email: `${personId}@customer.example`,
        language: seat === owner ? 'zh' : 'en',
      })),
    });
    await database.agreement.createMany({
      data: lives.map(({ id }) => ({
        id,
        template: model.template,
        status: 'active',
        zone: model.zone.id,
        draft: {},
        compiled: { ...model, id } as unknown as Prisma.InputJsonObject,
        createdAt: REMINDED_AT,
      })),
    });
    await database.seat.createMany({
      data: people.map(({ agreementId, seat, personId }) => ({ agreementId, seat, party: seat, personId })),
    });
    const notices = people.map(({ agreementId, seat }, index) => {
      const number = (index % 2) + 1;
      const id = `agreement/${agreementId}/n${number}`;
      return {
        id,
        agreementId,
        number,
        kind: seat === owner ? 'reminder' : 'review-reminder',
        seat,
        role: seat,
        obligation: rule.id,
        rungs: ['before-7'],
        at: REMINDED_AT,
        clauses: rule.clauses,
        act: seat === owner ? 'submit' : 'review',
        facts: DUE,
        messageId: messageIdOf(id, HOST),
      };
    });
    await database.notice.createMany({ data: notices });
    batches.push(
      ...lives.map(({ id }) => notices.filter(({ agreementId }) => agreementId === id).map((one) => one.id)),
    );
  }
  return batches;
}

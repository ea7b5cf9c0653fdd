import type { Client } from '@temporalio/client';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { CaseInput } from '../../domain/case/command.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { TASK_QUEUE, processWorkflowId } from '../../workflows/ids.ts';

const HOURS = 24;

/**
 * Rows of complaints under an agreement that came in a day before an instant, so that all of their clocks of resolution, the
 * only ones that they have, run out at that very instant.
 */
export async function casesDueAt(
  database: Database,
  { agreementId, count, dueAtMs, tag }: { agreementId: string; count: number; dueAtMs: number; tag: string },
): Promise<CaseInput[]> {
  const { compiled } = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const agreement = compiled as unknown as CompiledAgreement;
  const rules = agreement.cases?.find(({ types }) => types.includes('complaint'));
  if (!rules) throw new Error('this agreement knows no complaints');
  const inputs = Array.from({ length: count }, (_, index): CaseInput => {
    const reference = `case-${tag}-${String(index)}`;
    return {
      format: 1,
      workflowId: processWorkflowId('case', agreementId, reference),
      agreementId,
      reference,
      zone: agreement.zone,
      calendar: agreement.calendar,
      noticeHours: agreement.noticeHours,
      parties: agreement.parties,
      seats: agreement.seats,
      seatParties: agreement.seatParties ?? {},
      rules: {
        ...rules,
        steps: [],
        clocks: [
          {
            id: 'resolution',
            clauses: ['S001a-65'],
            unit: 'hours',
            count: HOURS,
            by: {},
            warnings: { hours: [], percents: [] },
            means: 'late',
            liable: null,
            breachClauses: ['S001a-72'],
          },
        ],
      },
      improvement: null,
      caseType: 'complaint',
      channel: rules.channels[0] ?? 'phone',
      severity: 'normal',
      priority: 'normal',
      tier: null,
      category: null,
      customerId: null,
      customerMail: false,
      openedAtMs: dueAtMs - HOURS * 3_600_000,
      repeats: [],
      actor: { personId: 'desk', seat: 'coordinator', via: 'api' },
    };
  });
  await database.process.createMany({
    data: inputs.map((input) => ({
      workflowId: input.workflowId,
      agreementId,
      type: 'case',
      reference: input.reference,
      status: 'starting',
      input: input as unknown as Prisma.InputJsonObject,
      createdAt: new Date(input.openedAtMs),
    })),
  });
  return inputs;
}

/** Begins their workflows, so many at a time. */
export async function beginCases(temporal: Client, inputs: readonly CaseInput[], clients = 24): Promise<void> {
  const queue = inputs.values();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const input of queue) {
        await temporal.workflow.start('case', {
          workflowId: input.workflowId,
          taskQueue: TASK_QUEUE,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [{ input }],
        });
      }
    }),
  );
}

/** How many of these have recorded that a clock ran out. */
export async function ranOut(database: Database, agreementId: string, tag: string): Promise<number> {
  const prefix = processWorkflowId('case', agreementId, `case-${tag}-`);
  return database.event.count({ where: { workflowId: { startsWith: prefix }, type: 'case-clock-breached' } });
}

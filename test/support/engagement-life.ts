import type { AgreementDraft, Application, EngagementInput } from '../../domain/engagement/command.ts';
import type { CompiledEngagement } from '../../domain/engagement/compiled.ts';
import { engagementRules } from '../../domain/engagement/engagement.ts';
import { compileDraft, resolveDraft } from '../../templates/draft.ts';
import { ProcessLife } from './process-life.ts';

const AGREEMENT = '00000000-0000-7000-8000-000000000001';
const THIRD_PARTY = { name: '上海申测技术有限公司', email: 'third@example.com' };
export const document = { sha256: 'a'.repeat(64), size: 1 };

/** What a template says of third parties, with these terms; the third party has an address. */
export function agreementOf(template: string, terms: Record<string, unknown> = {}, third = true) {
  const { draft, errors } = resolveDraft({
    template,
    terms: ['service-third-party', 'service-attachments'].includes(template)
      ? { contractTotal: '1000000.00', ...terms }
      : terms,
    parties:
      template === 'satisfaction-management'
        ? { Company: { name: '公司', email: 'c@example.com' } }
        : { A: { name: '甲', email: 'a@example.com' }, B: { name: '乙', email: 'b@example.com' } },
    seats: {
      ...(third ? { third: THIRD_PARTY } : {}),
      ...(template === 'satisfaction-management'
        ? {
            marketing: { name: '市场部', email: 'm@example.com' },
            'engagement-approver': { name: '审批人', email: 'e@example.com' },
          }
        : {}),
    },
    coordinator: { name: '协调人', email: 'k@example.com' },
  });
  if (!draft) throw new Error(JSON.stringify(errors));
  return compileDraft(draft, { id: AGREEMENT, year: 2026 });
}

export const said: Application = {
  filled: ['purpose', 'scope', 'effect', 'identity'],
  scope: ['technical-support'],
  interest: 'none',
  documents: [],
};

interface Begun {
  terms?: Record<string, unknown>;
  by?: string;
  party?: string;
  application?: Partial<Application>;
  /** Nobody can be written to for the third party. */
  withoutAddress?: boolean;
  input?: Partial<EngagementInput>;
}

/** An engagement of a template, begun by a seat at a local moment. */
export function begun(template: string, at: string, options: Begun = {}) {
  const { terms = {}, by = 'A', party = by, application = {}, withoutAddress = false, input = {} } = options;
  const agreement = agreementOf(template, terms, !withoutAddress);
  const [rules] = agreement.engagements as [CompiledEngagement];
  const whole: EngagementInput = {
    format: 1,
    workflowId: `engagement/${AGREEMENT}/diagnosis`,
    agreementId: AGREEMENT,
    reference: 'diagnosis',
    zone: agreement.zone,
    calendar: agreement.calendar,
    noticeHours: agreement.noticeHours,
    parties: agreement.parties,
    seats: agreement.seats,
    seatParties: agreement.seatParties ?? {},
    rules,
    currency: agreement.currency,
    thirdSeat: 'third',
    application: { ...said, ...application },
    actor: { personId: `person-${by}`, seat: by, party, via: 'api' },
    appliedAtMs: Date.parse(`${at.replace(' ', 'T')}:00+08:00`),
    ...input,
  };
  return new ProcessLife(engagementRules, whole, at);
}
export type Life = ReturnType<typeof begun>;

/** A draft that has everything that the rule demands. */
export function whole({ state: { input } }: Life, change: Partial<AgreementDraft> = {}): AgreementDraft {
  const { rules } = input;
  return {
    sections: rules.agreement.sections,
    scope: input.application.scope,
    fee: rules.fee ? { basis: 'actual' } : null,
    cap: rules.prefill.cap,
    rationale: rules.cap?.rationale ?? [],
    endsOn: null,
    milestones: [],
    documents: [],
    ...change,
  };
}

/** S001b, agreed to and signed by all three on 2026-03-11. */
export function signed(terms: Record<string, unknown> = {}, change: Partial<AgreementDraft> = {}, options: Begun = {}) {
  const life = begun('service-third-party', '2026-03-02 10:00', {
    ...options,
    terms: { replyWorkingDays: 5, ...terms },
  });
  life.act('2026-03-04 10:00', 'B', { type: 'reply', verdict: 'agree', hasReason: true, documents: [] });
  life.act('2026-03-09 10:00', 'A', { type: 'draft', draft: whole(life, change) });
  for (const [day, seat] of [
    ['10', 'A'],
    ['10', 'B'],
    ['11', 'third'],
  ] as const) {
    life.act(`2026-03-${day} 11:00`, seat, { type: 'sign', documents: [] });
  }
  return life;
}

export const kinds = (life: Life): string[] => life.events.map(({ type }) => type);
export const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);

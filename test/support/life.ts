import { recipientOf } from '../../activities/recipient.ts';
import type { Actor, Pay, PersonCommand, Submit } from '../../domain/agreement/command.ts';
import type {
  CompiledTermination,
  Anchor,
  CompiledAgreement,
  CompiledDeliverable,
  CompiledLife,
  CompiledObligation,
  CompiledPayment,
  DeadlineRule,
} from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import type { Rejection, RejectionCode } from '../../domain/agreement/rejection.ts';
import { lineOf } from '../../domain/ledger/balance.ts';
import { AgreementLife } from '../../domain/what-if/life.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';

const zone = zoneData('Asia/Shanghai');

function deliverable(id: string, days: number, change: Partial<CompiledDeliverable> = {}): CompiledDeliverable {
  return {
    id,
    kind: 'deliverable',
    rule: 'deliverable@1',
    clauses: ['S001a-60'],
    responsible: 'A',
    deadline: {
      anchor: 'signing',
      offset: { unit: 'days', count: days },
      rollover: 'next-working-day',
      dayEnd: '24:00',
    },
    reminderLeadDays: [7, 3, 1],
    review: null,
    penalty: {
      clauses: ['S001a-69'],
      creditor: 'B',
      base: '1000000.00',
      rate: '0.005',
      currency: 'CNY',
      graceDays: 0,
      cap: null,
    },
    ...change,
  };
}

/** The contract S001a with a total of 1,000,000.00 CNY, as compiled; `change` alters every deliverable. */
export function serviceAttachments(
  change: Partial<CompiledAgreement> = {},
  each: (rule: CompiledDeliverable) => CompiledDeliverable = (rule) => rule,
): CompiledAgreement {
  const review = { reviewers: ['A', 'B'], windowDays: 10, reworkDays: 10, clauses: ['S001a-61'] };
  return {
    format: 1,
    id: '00000000-0000-7000-8000-000000000001',
    template: 'service-attachments@1',
    zone,
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    currency: 'CNY',
    parties: ['A', 'B'],
    signatories: ['A', 'B'],
    seats: ['A', 'B', 'coordinator'],
    expiresOn: null,
    clauses: { start: [], signing: ['S001a-01'], inForce: ['S001a-01'], termination: ['S001a-37'], expiry: [] },
    obligations: [
      deliverable('needs-analysis-report', 30),
      deliverable('process-plan', 60, { clauses: ['S001a-61'], review }),
      deliverable('training-plan', 90, { clauses: ['S001a-62'] }),
    ].map(each),
    ...change,
  };
}

/** A period in words: `+3 months`, `-30 days`, `0 days`. */
type Period = `${number | `+${number}`} ${DeadlineRule['offset']['unit']}`;

/** A duty of B without penalty or review, due some time after day 0; moved off rest days. */
export function duty(
  id: string,
  anchor: Anchor,
  period: Period = '0 days',
  change: Partial<CompiledDeliverable> = {},
): CompiledDeliverable {
  const [count = '', unit] = period.split(' ');
  const offset = { unit: unit as DeadlineRule['offset']['unit'], count: Number(count) };
  return deliverable(id, 0, {
    clauses: [`S000-${id}`],
    responsible: 'B',
    deadline: { anchor, offset, rollover: 'next-working-day', dayEnd: '24:00' },
    reminderLeadDays: [],
    penalty: null,
    ...change,
  });
}

/** 80,000.00 CNY that A pays B by a day, at 0.5 % a day on what is unpaid (S001a-71). */
export function payment(id: string, dueOn: string, change: Partial<CompiledPayment> = {}): CompiledPayment {
  return {
    id,
    kind: 'payment',
    rule: 'payment@1',
    clauses: ['S000-12'],
    responsible: 'A',
    payee: 'B',
    amount: '80000.00',
    currency: 'CNY',
    deadline: {
      anchor: { on: dueOn, term: 'paymentSchedule' },
      offset: { unit: 'days', count: 0 },
      rollover: 'none',
      dayEnd: '24:00',
    },
    reminderLeadDays: [7, 3, 1],
    lateFee: { clauses: ['S001a-71'], rate: '0.005', graceDays: 0, cap: null },
    mayHoldBack: false,
    review: null,
    penalty: null,
    ...change,
  };
}

/** An agreement between A and B with these duties alone. */
export function agreementOf(obligations: CompiledObligation[], change: Partial<CompiledAgreement> = {}) {
  return serviceAttachments({ obligations, ...change });
}

/** A rule on how S001a is ended: by breach, at once, save what is changed. */
export function endRule(change: Partial<CompiledTermination>): CompiledTermination {
  return {
    id: 'end',
    ground: 'breach',
    gates: [],
    noticeDays: 0,
    negotiationDays: null,
    cureDays: null,
    codes: [],
    clauses: ['S001a-35'],
    ...change,
  };
}

/** What a contract says of its own life: nothing, but for the change. */
export function lifeOf(change: Partial<CompiledLife> = {}): CompiledLife {
  return {
    effect: { seal: false, sealClauses: [], review: false, reviewClauses: [], policy: false },
    baselines: [],
    amendment: null,
    override: null,
    suspension: [],
    renewal: null,
    terminations: [],
    afterwards: [],
    liabilities: [],
    bookings: [],
    disputes: [],
    requests: [],
    confidentiality: [],
    meetings: [],
    penaltyWarning: null,
    ...change,
  };
}

/** A document by its content. */
export function paper(letter = 'a') {
  return { sha256: letter.repeat(64), size: 1024 };
}

/** An actor by seat. */
export function actor(seat: string): Actor {
  return { personId: `person-${seat}`, seat, ...(seat === 'coordinator' ? {} : { party: seat }), via: 'cli' };
}

type Act = {
  [T in PersonCommand['type']]: Omit<Extract<PersonCommand, { type: T }>, 'id' | 'receivedAtMs' | 'actor'>;
}[PersonCommand['type']];

/** `id#occurrence` as a command names it. */
function named(name: string): { obligation: string; occurrence?: string } {
  const [obligation = '', occurrence] = name.split('#');
  return { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
}

function nameOf({ obligation, occurrence }: { obligation?: string; occurrence?: string }): string | undefined {
  return occurrence === undefined ? obligation : `${obligation ?? ''}#${occurrence}`;
}

/** An agreement lived in memory: `given` what happened, `when` somebody acts, `then` look. */
export class Life extends AgreementLife {
  rejections: { at: string; code: RejectionCode }[] = [];
  /** The same, as the rules said it. */
  refusals: Rejection[] = [];
  #commands = 0;

  /** Notices with whom each went to, as `when kind → person obligation rungs`. */
  letters: string[] = [];

  /** @param seated who fills which seat; agreements of the first release do not say */
  constructor(agreement: CompiledAgreement, startedAt: string, seated?: Record<string, string>) {
    super(agreement);
    const start = {
      type: 'start' as const,
      id: 'start',
      receivedAtMs: this.ms(startedAt),
      actor: actor('coordinator'),
    };
    this.start(seated ? { ...start, seated } : start);
  }

  ms(local: string): number {
    const [date = '', time = '09:00'] = local.split(' ');
    return instantAt(this.state.agreement.zone, date, time);
  }

  iso(ms: number): string {
    return isoAt(this.state.agreement.zone, ms);
  }

  /** Time passes up to and including a local moment. `wokeAt`: the worker was away until then. */
  until(local: string, wokeAt?: string): this {
    return this.pass(this.ms(local), wokeAt === undefined ? undefined : this.ms(wokeAt));
  }

  /** Somebody acts; everything due by then, and at that very instant, is folded first. */
  act(local: string, seat: string, act: Act, more: Partial<Actor> = {}): this {
    return this.until(local).receive(local, seat, act, more);
  }

  /** A command is folded without time passing before it, as when it comes to light late. */
  receive(local: string, seat: string, act: Act, more: Partial<Actor> = {}): this {
    this.#commands += 1;
    const command = {
      ...act,
      id: `c${this.#commands}`,
      receivedAtMs: this.ms(local),
      actor: { ...actor(seat), ...this.#side(seat), ...this.#person(seat), ...more },
    };
    const refused = this.tell(command as PersonCommand);
    if (refused) {
      this.rejections.push({ at: local, code: refused.rejected });
      this.refusals.push(refused);
    }
    return this;
  }

  /** The side that a department is on. */
  #side(seat: string): Partial<Actor> {
    const party = this.state.agreement.seatParties?.[seat];
    return party === undefined ? {} : { party };
  }

  /** Whoever fills the seat, where that is known. */
  #person(seat: string): Partial<Actor> {
    const personId = this.state.seated[seat];
    return typeof personId === 'string' ? { personId } : {};
  }

  /** Who a notice goes to as things stand; a deputy `for` the absent person. */
  #recipient({ seat, addressee, obligation, atMs }: Notice): string {
    const { agreement: compiled, seated, standIns: delegations } = this.state;
    const seats = Object.entries(seated).flatMap(([one, personId]) => (personId ? [{ seat: one, personId }] : []));
    const ids = [addressee, ...seats.map(({ personId }) => personId), ...delegations.map(({ deputy }) => deputy)];
    const nobody = { name: '', email: '', language: 'zh', zone: compiled.zone.id, organisation: '' };
    const people = new Map(ids.flatMap((id) => (id === undefined ? [] : [[id, { ...nobody, id }] as const])));
    const found = recipientOf(
      { seat, addressee: addressee ?? null, obligation: obligation ?? null, at: new Date(atMs) },
      { id: compiled.id, template: compiled.template, compiled, seats, delegations, people },
    );
    return found ? [found.id, ...(found.deputyFor === null ? [] : ['for', found.deputyFor])].join(' ') : 'nobody';
  }

  sign(local: string, signedOn?: string): this {
    for (const seat of this.state.agreement.signatories) {
      this.act(local, seat, { type: 'sign', documents: [], ...(signedOn ? { signedOn } : {}) });
    }
    return this;
  }

  submit(local: string, obligation: string, seat = 'A', more: Partial<Submit> = {}): this {
    return this.act(local, seat, { type: 'submit', ...named(obligation), documents: [], ...more });
  }

  accept(local: string, obligation: string, seat = 'B'): this {
    return this.act(local, seat, { type: 'review', ...named(obligation), verdict: 'accept', pointCount: 0 });
  }

  reject(local: string, obligation: string, seat = 'B', pointCount = 1): this {
    return this.act(local, seat, { type: 'review', ...named(obligation), verdict: 'reject', pointCount });
  }

  pay(local: string, obligation: string, amount: string, seat = 'A', more: Partial<Pay> = {}): this {
    return this.act(local, seat, { type: 'pay', ...named(obligation), amount, documents: [], ...more });
  }

  terminate(local: string, seat = 'coordinator'): this {
    return this.act(local, seat, { type: 'terminate' });
  }

  /** `type obligation#occurrence when`, one line an event, from a sequence on. */
  story(from = 1): string[] {
    return this.events
      .filter(({ sequence }) => sequence >= from)
      .map((event) =>
        [event.type, 'obligation' in event ? nameOf(event) : '', this.iso(event.occurredAtMs)]
          .filter(Boolean)
          .join(' '),
      );
  }

  /** Ledger lines as `when kind debtor>creditor amount days`, the days of daily ones. */
  ledger(): string[] {
    return this.events.flatMap((event) => {
      const line = lineOf(event);
      if (!line) return [];
      const { kind, debtor, creditor, amount, days } = line;
      const text = `${this.iso(event.occurredAtMs)} ${kind} ${debtor}>${creditor} ${amount}`;
      return [days === undefined ? text : `${text} ${days}d`];
    });
  }

  /** Notices as `when kind seat/role obligation rungs`. */
  mail(filter: (notice: Notice) => boolean = () => true): string[] {
    return this.notices
      .filter(filter)
      .map((n) =>
        [this.iso(n.atMs).slice(0, 16), n.kind, `${n.seat}/${n.role}`, nameOf(n), n.rungs?.join('+')]
          .filter(Boolean)
          .join(' '),
      );
  }

  /** By `id` or `id#occurrence`. */
  obligation(name: string) {
    const { obligation: id, occurrence = null } = named(name);
    const found = this.state.obligations.find((one) => one.id === id && one.occurrence === occurrence);
    if (!found) throw new Error(`no obligation ${name}`);
    return found;
  }

  /** Every obligation as `id#occurrence status last-day`, in the order in which they began. */
  rows(): string[] {
    return this.state.obligations.map(({ id, occurrence, status, due }) =>
      [occurrence === null ? id : `${id}#${occurrence}`, status, due?.localDate ?? 'no date yet'].join(' '),
    );
  }

  protected override folded(notices: readonly Notice[]): void {
    this.letters.push(
      ...notices.map((n) =>
        [this.iso(n.atMs).slice(0, 16), n.kind, `→ ${this.#recipient(n)}`, nameOf(n), n.rungs?.join('+')]
          .filter(Boolean)
          .join(' '),
      ),
    );
  }
}

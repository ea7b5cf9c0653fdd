import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { agreementPath, request } from '../../api.ts';
import type { Agreement, Text } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';

export interface Seat {
  seat: string;
  title: Text;
}
export interface Due {
  dueAt: string;
  localDate: string;
}
export interface Subject {
  reference: string;
  title: Text;
}
/** What stands beside the decision on a renewal. */
export interface RenewalPack {
  duties: Subject[];
  plans: Subject[];
  goals: { goal: string; title: Text; value: string | null }[];
  /** Analysed cycles of surveys, the earliest first. */
  trend: (Subject & { score: string | null })[];
  /** Null where none is owed. */
  surveys: { inTime: number; late: number; missing: number } | null;
  matters: Pick<Matter, 'id' | 'kind'>[];
  breaches: string[];
  claims: string[];
  /** Null for those who may not read the ledger. */
  claimed: { currency: string; amount: string }[] | null;
}
export interface Balance {
  debtor: string;
  creditor: string;
  currency: string;
  amount: string;
}
/** Who did it when, with what was written and brought. */
export interface Account {
  at: string | null;
  person: string | null;
  reason: string | null;
  documents: { id: string; fileName: string; size: number; sha256: string }[];
}
export interface Change {
  of: string;
  field: string;
  before: string | null;
  after: string | null;
  text: Text;
  /** Of what, in which respect; null where a side has nothing to say. */
  subject: Text;
  respect: Text;
  from: Text | null;
  to: Text | null;
  clauses: string[];
}
export interface TermChange {
  name: string;
  label: Text;
  clauses: string[];
  before?: unknown;
  after?: unknown;
}

export interface Amendment extends Account {
  id: string;
  by: Seat;
  status: 'proposed' | 'accepted' | 'declined' | 'lapsed' | 'effective';
  effectiveOn: string;
  lapsesAt: string | null;
  changes: Change[];
  terms: TermChange[];
  acceptedBy: Seat[];
  waitsFor: Seat[];
  third: {
    stage: 'proposed' | 'agreed-by-parties' | 'notified' | 'consented' | 'refused';
    notifiedOn: string | null;
    due: Due | null;
  } | null;
}
export interface Payment extends Subject {
  debtor: string;
  creditor: string;
  amount: string;
  currency: string;
  due: Due | null;
  status: string;
  paid: { on: string; amount: string }[];
  unpaid: string;
  held: string;
  mayHoldBack: boolean;
  lateFee: { rate: string; graceDays: number; clauses: string[] } | null;
  /** Provided for, its rate left open. */
  lateFeeOpen: boolean;
  daysLate: number;
  clauses: string[];
}
/** What can be paid now, and how much. */
export interface OwedSum extends Balance {
  of: 'payment' | 'penalty' | 'claim' | 'booking';
  id: string;
  title: Text;
}
export interface Breach extends Account {
  id: string;
  by: Seat;
  against: Seat;
  obligation: Subject | null;
  status: 'notified' | 'negotiating' | 'cured' | 'failed';
  servedOn: string | null;
  due: Due | null;
}
export interface Termination extends Account {
  id: string;
  by: Seat;
  ground: string;
  code: string | null;
  breach: string | null;
  waitsFor: Seat[];
  servedOn: string | null;
  endsOn: string | null;
  due: Due | null;
  /** Who may still object to it. */
  mayObject: Seat[];
  objections: (Account & { by: Seat })[];
}
export interface SettlementItem extends Account {
  item: string;
  title: Text;
  outcome: 'settled' | 'waived' | 'disputed' | null;
}
export interface Claim extends Account {
  id: string;
  by: Seat;
  against: Seat;
  amount: string;
  currency: string;
  obligation: Subject | null;
  liability: string | null;
  lossOn: string;
  status: 'made' | 'overdue' | 'agreed' | 'disputed' | 'dropped';
  answerDue: Due | null;
  payable: string | null;
  recovered: string;
  cause: string | null;
  items: { what: string; amount?: string }[];
  answers: (Account & { verdict: string; by: Seat; amount: string | null; setOff: string | null })[];
}
export interface Matter extends Account {
  id: string;
  kind: 'request' | 'incident' | 'dispute' | 'meeting';
  status: 'open' | 'overdue' | 'answered' | 'refused' | 'escalated' | 'closed';
  rule: string | null;
  clauses: string[];
  from: Seat;
  to: Seat | null;
  about: Subject | null;
  on: string | null;
  due: Due | null;
  endedAt: string | null;
  topic: string | null;
  details: string | null;
  agenda: string | null;
  steps: {
    type: string;
    by: Seat;
    owner: Seat | null;
    dueOn: string | null;
    details: string | null;
    minutes: string | null;
    at: string;
    person: string | null;
    documents: Account['documents'];
  }[];
}
/** What the contract provides for, as its template calls it. */
export interface Rule {
  id: string;
  title: Text;
  clauses: string[];
}
export interface TerminationRule extends Rule {
  ground: string;
  gates: string[];
  noticeDays: number | null;
  negotiationDays: number | null;
  cureDays: number | null;
  codes: string[];
  /** What the codes stand for, as it was agreed. */
  grounds: { code: string; words: string }[];
}

/** `GET /agreements/{id}/life`: what the contract provides for, and how that stands. */
type EngagementGround = 'unable-to-perform' | 'breach' | 'purpose-achieved';

export interface EngagementEnd extends Account {
  id: string;
  by: Seat;
  ground: EngagementGround;
  about: string | null;
  purpose: string | null;
  status: 'proposed' | 'agreed' | 'ended' | 'replaced';
  endedOn: string | null;
  waitsFor: Seat[];
  items: {
    id: string;
    title: Text;
    agreedBy: Seat[];
    waitsFor: Seat[];
    said: ({ by: Seat; note: string | null } & Account)[];
  }[];
}
export interface Life {
  sequence: number;
  asOf: string;
  status: string;
  phase: 'before' | 'in-force' | 'after' | 'over';
  /** Commands that the reader may try now. */
  acts: string[];
  provides: {
    seal: { clauses: string[] } | null;
    review: { clauses: string[] } | null;
    policy: boolean;
    amendment: { consent: Seat[]; lapseDays: number | null; clauses: string[] } | null;
    engagementEnd: { grounds: EngagementGround[]; hasPurpose: boolean; clauses: string[] } | null;
    override: { by: Seat[]; clauses: string[] } | null;
    suspension: { grounds: string[]; clauses: string[] }[];
    renewal: {
      automatic: boolean;
      noticeDays: number | null;
      internalDays: number;
      months: number | null;
      /** Missing: they carry on. */
      cycles?: 'afresh';
      clauses: string[];
    } | null;
    terminations: TerminationRule[];
    afterwards: (Rule & {
      responsible: Seat;
      kind: string;
      days: number | null;
      /** In place of days. */
      months: number | null;
      endless: boolean;
    })[];
    liabilities: (Rule & { liable: Seat | null; answerDays: number | null })[];
    bookings: (Rule & { kind: string })[];
    requests: (Rule & { from: Seat; to: Seat; replyDays: number | null })[];
    confidentiality: (Rule & { bound: Seat[] })[];
    disputes: (Rule & { negotiationDays: number | null; hasForum: boolean })[];
    meetings: Rule[];
  };
  effect: {
    signatories: {
      party: string;
      title: Text;
      signedOn: string | null;
      sealedOn: string | null;
      reviewedAt: string | null;
    }[];
    approvals: { what: string; title: Text; by: Seat; at: string; person: string | null }[];
    missing: { what: 'review' | 'signature' | 'seal' | 'policy' | 'posting'; party: Seat }[];
    inForceOn: string | null;
    clauses: string[];
  };
  baselines: {
    goal: string;
    term: string;
    title: Text;
    clauses: string[];
    value: string | null;
    by: Seat | null;
    confirmedBy: Seat[];
    waitsFor: Seat[];
    locked: boolean;
  }[];
  payments: Payment[];
  owed: OwedSum[];
  amendments: Amendment[];
  engagementEnds: EngagementEnd[];
  thirdAccess: { undertakenOn: string | null; access: 'none' | 'granted' | 'suspended'; clauses: string[] } | null;
  suspensions: (Account & {
    number: number;
    ground: string;
    obligations: Subject[];
    from: string;
    until: string | null;
    by: Seat;
    resumptions: (Account & {
      on: string;
      obligations: Subject[];
      redated: (Subject & { review: boolean; before: string; after: string; lostDays: number })[];
    })[];
  })[];
  /** Special cases: a date, an owner or a step of one duty, changed by whom the contract trusts with it. */
  overrides: (Account & {
    obligation: Subject;
    by: Seat;
    dueOn: string | null;
    responsible: Seat | null;
    skipped: boolean;
  })[];
  /** Pauses that one side proposed and the other has not agreed to. */
  pauses: (Account & { number: number; obligations: Subject[]; from: string; agreedBy: Seat[]; waitsFor: Seat[] })[];
  renewal: {
    expiresOn: string | null;
    announced: { internal: string | null; parties: string | null };
    objectedTo: string | null;
    objectedBy: Seat | null;
    /** Whether it counts cycles anew, and which ended with the term before. */
    terms: { before: string; expiresOn: string; afresh: boolean; cut: Subject[] }[];
    pack: RenewalPack | null;
  };
  breaches: Breach[];
  terminations: Termination[];
  settlement: { items: SettlementItem[]; statedAt: string | null; statement: Balance[] | null };
  afterwards: {
    rule: string;
    title: Text;
    kind: string | null;
    responsible: Seat;
    until: Due | null;
    /** It is agreed to have no end. */
    endless: boolean;
    endedAt: string | null;
    clauses: string[];
  }[];
  claims: Claim[];
  caps: {
    cap: string;
    title: Text;
    amount: string | null;
    currency: string;
    used: string;
    left: string | null;
    percent: number | null;
    reached: number[];
    ours: boolean;
    clauses: string[];
  }[];
  waivers: (Account & {
    number: number;
    obligation: Subject;
    days: number;
    amount: string;
    by: Seat;
    approved: boolean;
    waitsFor: Seat[];
  })[];
  balances: Balance[];
  bookings: (Account & Balance & { booking: string; kind: string })[];
  matters: Matter[];
}

/** The whole life of a started agreement; renewed with everything else below its key. */
export function useLife({ id, status }: Pick<Agreement, 'id' | 'status'>): UseQueryResult<Life> {
  return useQuery({
    queryKey: [...agreementKey(id), 'life'],
    queryFn: ({ signal }) => request<Life>(`${agreementPath(id)}/life`, { signal }),
    enabled: status !== 'draft' && status !== 'starting',
  });
}

function rulesOf(provides: Life['provides'] | undefined): Rule[] {
  if (!provides) return [];
  const { terminations, afterwards, liabilities, bookings, requests, confidentiality, disputes, meetings } = provides;
  return [terminations, afterwards, liabilities, bookings, requests, confidentiality, disputes, meetings].flat();
}

/** Titles of goals, limits and rules that are no duties; an id that nothing names stays as it is. */
export function useRuleTitle(agreement: Agreement): (id: string) => string {
  const life = useLife(agreement).data;
  const format = useFormat();
  return (id) => {
    const found =
      life?.baselines.find(({ goal }) => goal === id)?.title ??
      life?.caps.find(({ cap }) => cap === id || cap === `penalty:${id}`)?.title ??
      rulesOf(life?.provides).find((rule) => rule.id === id)?.title ??
      agreement.duties.find((duty) => duty.id === id)?.title;
    return found ? format.text(found) : id;
  };
}

import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import { agreementPath, request } from '../../api.ts';
import type { AgreementStatus, ObligationStatus, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import type { Assumption } from './assumption.ts';

/** An obligation at the end of the time looked at, in one of the two lives. */
export interface Standing {
  occurrence: string | null;
  status: ObligationStatus;
  dueAt: string | null;
  localDate: string | null;
  explanation: Text[];
  fulfilledAt: string | null;
  daysLate: number;
}

export interface DutyBeside {
  key: string;
  id: string;
  title: Text;
  kind: string;
  responsible: string;
  clauses: string[];
  before: Standing | null;
  after: Standing | null;
  differs: boolean;
}

export interface MoneyLine {
  at: string;
  amount: string;
  days?: number;
  excludedDays?: number;
  posted: boolean;
  clauses: string[];
  why: Text[];
}

interface Beside {
  debtor: string;
  creditor: string;
  currency: string;
  before: string;
  after: string;
  difference: string;
}

export interface MoneyBeside extends Beside {
  key: string;
  kind: string;
  obligation: string | null;
  occurrence: string | null;
  title: Text | null;
  about: string | null;
  lines: { before: MoneyLine[]; after: MoneyLine[] };
}

export interface Happening {
  at: string;
  type: string;
  title: Text;
  obligation: string | null;
  occurrence: string | null;
  about: Text | null;
  clauses: string[];
}

export interface RecordedAct extends Happening {
  command: string;
  on: string;
  seat: string;
  byMachine: boolean;
}

export interface Ending {
  status: AgreementStatus;
  inForceOn: string | null;
  expiresOn: string | null;
  endedOn: string | null;
}

interface RefusedAct {
  at: string;
  assumption: number | null;
  command: string | null;
  title: Text | null;
  about: Text | null;
  code: string;
  reason: Text;
  message: string;
  clauses: string[];
}

/** What `POST /agreements/{id}/what-if` answers. */
export interface WhatIf {
  zone: string;
  today: string;
  earliest: string;
  horizon: string;
  latest: string;
  calendar: { id: string; version: string; provisionalFrom: string };
  divergence: { sequence: number; type: string; title: Text; why: string } | null;
  acts: RecordedAct[];
  can: { sign: boolean; act: boolean; amend: boolean; changeFromStart: boolean; suspend: string[] };
  notLived: string[];
  obligations: DutyBeside[];
  money: MoneyBeside[];
  balances: Beside[];
  agreement: { before: Ending; after: Ending };
  openTerms: { before: string[]; after: string[] };
  events: { before: Happening[]; after: Happening[] };
  refused: RefusedAct[];
}

interface Question {
  assumptions: Assumption[];
  others: 'in-time' | 'nobody';
  horizon?: string;
}

/** Asks what would be; while another question is asked, the answer to the one before stays. */
export function useWhatIf(id: string, question: Question): UseQueryResult<WhatIf> {
  return useQuery({
    queryKey: [...agreementKey(id), 'what-if', question],
    queryFn: ({ signal }) =>
      request<WhatIf>(`${agreementPath(id)}/what-if`, { method: 'POST', body: question, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

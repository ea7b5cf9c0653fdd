import type { Language, Text } from '../../wire.ts';
import type { TableResult } from './table-import.tsx';

/** The directory as `/api` sends it (api/directory/schemas.ts). */
export interface Organisation {
  id: string;
  name: string;
  path: string;
  parentId: string | null;
  archivedAt: string | null;
  persons: number;
  departments: number;
}

export interface PersonSummary {
  id: string;
  name: string;
  email: string;
  language: Language;
  zone: string;
  organisation: { id: string; name: string; path: string };
  leftOn: string | null;
  erasedAt: string | null;
  seats: number;
}

export interface DutyHeld {
  reference: string;
  title: Text;
  dueAt: string | null;
}

export interface SeatHeld {
  agreementId: string;
  title: Text;
  parties: string[];
  status: string;
  seat: string;
  seatTitle: Text;
  duties: DutyHeld[];
}

export interface StandIn {
  agreementId: string;
  title: Text;
  seat: string;
  seatTitle: Text;
  absent: { id: string; name: string };
  deputy: { id: string; name: string };
  from: string;
  until: string;
  obligations: { id: string; title: Text }[];
}

export interface Person extends Omit<PersonSummary, 'seats'> {
  account: { disabled: boolean } | null;
  seats: SeatHeld[];
  absences: StandIn[];
  deputyships: StandIn[];
}

export interface Handover {
  agreementId: string;
  title: Text;
  seat: string;
  seatTitle: Text;
  act: 'replace' | 'vacate' | 'recall';
  status: 'planned' | 'applied' | 'pending' | 'refused';
  owner: { id: string; name: string } | null;
  duties: DutyHeld[];
  code?: string;
}

export interface Departure {
  status: 'planned' | 'applied' | 'pending';
  handovers: Handover[];
  standIns: StandIn[];
  /** Who stands in for the person: that ends with the handover. */
  deputies: StandIn[];
  needsSuccessor: { agreementId: string; title: Text; seat: string }[];
}

export interface Absence {
  status: 'applied' | 'pending';
  items: { agreementId: string; title: Text; seatTitle: Text; status: string; code?: string }[];
}

export interface ImportResult extends TableResult {
  organisations: { added: number; changed: number; unchanged: number };
  persons: { added: number; changed: number; unchanged: number };
  changes: {
    line: number;
    change: 'organisation-added' | 'organisation-moved' | 'person-added' | 'person-changed';
    organisation: string;
    from?: string;
    name?: string;
    email?: string;
    fields?: { field: string; from: string; to: string }[];
  }[];
}

export const PERSONS = ['persons'] as const;
export const ORGANISATIONS = ['organisations'] as const;

/** A person, or oneself. */
export const personPath = (id: string | 'me'): string => (id === 'me' ? '/me' : `/persons/${encodeURIComponent(id)}`);

/** Seats of one agreement and name, told apart in a list. */
export const seatKey = ({ agreementId, seat }: { agreementId: string; seat: string }): string =>
  `${agreementId}/${seat}`;

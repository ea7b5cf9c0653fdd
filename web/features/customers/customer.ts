import type { Language } from '../../wire.ts';
import type { TableResult } from '../directory/table-import.tsx';

/** Customers as `/api` sends them (api/customers/schemas.ts). */
export const TIERS = ['ordinary', 'key', 'vip'] as const;
export type Tier = (typeof TIERS)[number];

interface Place {
  id: string;
  name: string;
  path: string;
}

export interface Customer {
  id: string;
  key: string;
  name: string;
  contact: string | null;
  tier: Tier;
  branch: Place | null;
  department: Place | null;
  segment: string | null;
  language: Language;
  email: string | null;
  phone: string | null;
  address: string | null;
  surveyConsent: boolean;
  optedOutAt: string | null;
  promotionConsent: boolean;
  archivedAt: string | null;
  erasedAt: string | null;
}

export interface CustomerPage {
  items: Customer[];
  nextCursor: string | null;
  tiers: Record<Tier, number>;
}

export interface CustomerDetail extends Customer {
  tierChanges: { at: string; before: Tier | null; after: Tier; reason: string | null; by: string | null }[];
  surveys: {
    agreementId: string;
    survey: string;
    reference: string;
    channel: string;
    status: string;
    sentAt: string | null;
  }[];
  visits: { agreementId: string; id: string; kind: string; plannedOn: string; heldOn: string | null; status: string }[];
}

export interface CustomerImport extends TableResult {
  customers: { added: number; changed: number; unchanged: number };
  changes: {
    line: number;
    change: 'customer-added' | 'customer-changed';
    key: string;
    name: string;
    fields?: { field: string; from: string; to: string }[];
  }[];
}

export const CUSTOMERS = ['customers'] as const;
export const customerPath = (id: string): string => `/customers/${encodeURIComponent(id)}`;

import { randomUUID } from 'node:crypto';
import type { CustomerTier } from '../../domain/survey/compiled.ts';
import { PATH_SIGN } from '../directory/columns.ts';
import { type Branch, pathOf } from '../directory/tree.ts';
import { type CustomerRemark, type CustomerRow, type CustomerRows, customerRemark } from './customer-file.ts';

/** What an import can change of a customer. */
export interface CustomerFields {
  name: string;
  contact: string | null;
  tier: CustomerTier;
  branchId: string | null;
  departmentId: string | null;
  segment: string | null;
  language: string;
  email: string | null;
  phone: string | null;
  address: string | null;
  surveyConsent: boolean;
  promotionConsent: boolean;
}

/** A customer of the directory, as far as an import concerns it. */
export interface KnownCustomer extends CustomerFields {
  id: string;
  key: string;
  optedOutAt: Date | null;
  archivedAt: Date | null;
}

export interface PlannedCustomer {
  id: string;
  line: number;
  key: string;
  before: KnownCustomer | null;
  after: CustomerFields;
}

/** What an import of customers would do; ids of new ones are given already. */
export interface CustomerPlan {
  rows: number;
  added: PlannedCustomer[];
  changed: PlannedCustomer[];
  unchanged: number;
  errors: CustomerRemark[];
  warnings: CustomerRemark[];
}

const NEW: CustomerFields = {
  name: '',
  contact: null,
  tier: 'ordinary',
  branchId: null,
  departmentId: null,
  segment: null,
  language: 'zh',
  email: null,
  phone: null,
  address: null,
  surveyConsent: true,
  promotionConsent: false,
};

/**
 * Compares a table of customers with the directory: what a row leaves empty stays as it is. Organisations are looked up,
 * never founded; a change of tier needs a reason; who asked not to be surveyed stays so.
 *
 * @param hasReason a reason was given for changes of tier
 */
export function planCustomers(
  read: CustomerRows,
  {
    branches,
    known,
    hasReason,
  }: { branches: ReadonlyMap<string, Branch>; known: readonly KnownCustomer[]; hasReason: boolean },
): CustomerPlan {
  const plan: CustomerPlan = { rows: read.rows, added: [], changed: [], unchanged: 0, errors: [], warnings: [] };
  plan.errors.push(...read.errors);
  plan.warnings.push(...read.warnings);
  const byKey = new Map(known.map((customer) => [customer.key, customer]));
  const find = finder([...branches.values()]);
  for (const row of read.customers) {
    const before = byKey.get(row.key) ?? null;
    const errors: CustomerRemark[] = [];
    const place = (column: 'branch' | 'department', former: string | null): string | null => {
      const text = row[column];
      if (text === null) return former;
      const found = find(text);
      if (typeof found !== 'string') return found.id;
      errors.push(customerRemark(row.line, column, found, text.slice(0, 100)));
      return former;
    };
    const after = laidOver(before ?? NEW, row, {
      branchId: place('branch', before?.branchId ?? null),
      departmentId: place('department', before?.departmentId ?? null),
    });
    if (before && before.tier !== after.tier && !hasReason) {
      errors.push(customerRemark(row.line, 'tier', 'reason-missing', after.tier, before.tier));
    }
    plan.errors.push(...errors);
    if (errors.length > 0) continue;
    const on = (at: Date): string => at.toISOString().slice(0, 10);
    if (before?.archivedAt) {
      plan.warnings.push(customerRemark(row.line, 'key', 'customer-archived', row.key, on(before.archivedAt)));
    }
    if (before?.optedOutAt && row.surveyConsent === true) {
      plan.warnings.push(customerRemark(row.line, 'surveyConsent', 'opted-out', row.key, on(before.optedOutAt)));
    }
    const planned = { id: before?.id ?? randomUUID(), line: row.line, key: row.key, before, after };
    if (!before) plan.added.push(planned);
    else if (changedFields(planned).length === 0) plan.unchanged += 1;
    else plan.changed.push(planned);
  }
  plan.errors.sort((a, b) => a.line - b.line);
  plan.warnings.sort((a, b) => a.line - b.line);
  return plan;
}

function laidOver(
  before: CustomerFields,
  row: CustomerRow,
  place: Pick<CustomerFields, 'branchId' | 'departmentId'>,
): CustomerFields {
  return {
    name: row.name,
    contact: row.contact ?? before.contact,
    tier: row.tier ?? before.tier,
    ...place,
    segment: row.segment ?? before.segment,
    language: row.language ?? before.language,
    email: row.email ?? before.email,
    phone: row.phone ?? before.phone,
    address: row.address ?? before.address,
    surveyConsent: row.surveyConsent ?? before.surveyConsent,
    promotionConsent: row.promotionConsent ?? before.promotionConsent,
  };
}

/** Which fields of a customer become different. */
export function changedFields({ before, after }: Pick<PlannedCustomer, 'before' | 'after'>): (keyof CustomerFields)[] {
  if (!before) return [];
  return (Object.keys(NEW) as (keyof CustomerFields)[]).filter((field) => before[field] !== after[field]);
}

type Found = Branch | 'organisation-unknown' | 'organisation-ambiguous' | 'organisation-archived';

/** Organisations by name, or by names from the root; where several bear one, what stands above says which. */
function finder(branches: readonly Branch[]): (text: string) => Found {
  const byName = new Map<string, Branch[]>();
  for (const branch of branches) byName.set(branch.name, [...(byName.get(branch.name) ?? []), branch]);
  return (text) => {
    const last = text.split(PATH_SIGN).at(-1)?.trim() ?? text;
    const named = byName.get(text) ?? byName.get(last) ?? [];
    const fitting = named.filter(
      (branch) => branch.name === text || `${PATH_SIGN}${pathOf(branch)}`.endsWith(PATH_SIGN + text),
    );
    const living = fitting.filter(({ archived }) => !archived);
    const roots = living.filter(({ parent }) => parent === null);
    const [only, ...others] = roots.length === 1 ? roots : living;
    if (others.length > 0) return 'organisation-ambiguous';
    return only ?? (fitting.length > 0 ? 'organisation-archived' : 'organisation-unknown');
  };
}

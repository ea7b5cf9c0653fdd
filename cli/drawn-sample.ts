import { derivedId } from '../api/derived-id.ts';
import { PATH_SIGN } from '../api/directory/columns.ts';
import { type Drawable, type Drawn, type Wanted, channelsFor, drawFrom, sizeFor } from '../api/surveys/drawing.ts';
import type { SampleFacts } from '../domain/survey/command.ts';
import type { CompiledSurvey, CustomerTier } from '../domain/survey/compiled.ts';
import type { CustomerRow } from './customers.ts';

/** A customer of a scenario as the directory has it: ids follow from key and names, so that the same scenario has the same. */
export interface ListedCustomer extends Drawable {
  row: CustomerRow;
  tier: CustomerTier;
  /** Of an organisation, as its branch. */
  departmentId: string | null;
}

/** An organisation that customers belong to or are served by. */
export interface ListedOrganisation {
  id: string;
  name: string;
  parentId: string | null;
}

export function listedCustomers(rows: readonly CustomerRow[]): ListedCustomer[] {
  return rows.map((row) => ({
    id: derivedId('scenario-customer', row.key),
    row,
    tier: row.tier ?? 'ordinary',
    branchId: row.branch === null ? null : organisationId(row.branch),
    departmentId: row.department === null ? null : organisationId(row.department),
    email: row.email,
    phone: row.phone,
    address: row.address,
  }));
}

/** The organisations that a table of customers names, those above first. */
export function listedOrganisations(rows: readonly CustomerRow[]): ListedOrganisation[] {
  const paths = rows.flatMap(({ branch, department }) => [branch, department].filter((path) => path !== null));
  const all = paths.flatMap((path) => {
    const names = namesIn(path);
    return names.map((_, index) => names.slice(0, index + 1));
  });
  const known = new Map(all.map((names) => [names.join(PATH_SIGN), names]));
  return [...known.values()]
    .sort((a, b) => a.length - b.length)
    .map((names) => ({
      id: organisationId(names.join(PATH_SIGN)),
      name: names.at(-1) ?? '',
      parentId: names.length === 1 ? null : organisationId(names.slice(0, -1).join(PATH_SIGN)),
    }));
}

function namesIn(path: string): string[] {
  return path.split(PATH_SIGN.trim()).map((name) => name.trim());
}

function organisationId(path: string): string {
  return derivedId('scenario-organisation', namesIn(path).join(PATH_SIGN));
}

/**
 * Draws who is asked in a cycle, by the rules of the API: as the act says, else as the agreement does, else all; with a
 * seed of the cycle's name where none is given. A scenario without customers asks whoever has the open link.
 */
export function drawn(
  survey: CompiledSurvey,
  reference: string,
  customers: readonly ListedCustomer[],
  wanted: Wanted & { seed?: string | number | undefined },
): { sample: SampleFacts; invitees: Drawn<ListedCustomer>[] } {
  const tiers = wanted.tiers ?? survey.audience.tiers;
  const audience = customers.filter(({ tier }) => tiers === null || tiers.includes(tier));
  const willing = audience.filter(({ row }) => row.surveyConsent !== false);
  const { method, size } = sizeFor(survey, wanted, willing.length);
  const { sample, invitees } = drawFrom(
    { willing, population: audience.length },
    { method: size === null ? 'all' : method, size, seed: String(wanted.seed ?? reference) },
    channelsFor(survey, wanted.channels),
  );
  return { sample: { ...sample, ...(customers.length === 0 ? { open: true as const } : {}) }, invitees };
}

import { THIRD } from '../domain/agreement/parties.ts';
import type { Template } from './schema.ts';
import type { ResolvedTerms } from './terms.ts';

/** The side that each seat of the template is on; a seat whose term is not agreed is on none and is left out. */
export function seatParties(template: Template, { terms }: Pick<ResolvedTerms, 'terms'>): Record<string, string> {
  return Object.fromEntries(
    template.seats.flatMap(({ id, party }) => {
      if (Object.hasOwn(template.parties, party) || party === THIRD) return [[id, party]];
      const value = terms.find(({ name }) => name === party)?.value;
      return typeof value === 'string' ? [[id, value]] : [];
    }),
  );
}

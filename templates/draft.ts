import { z } from 'zod';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { LocalDate, Zone } from '../domain/time.ts';
import { loadCalendar } from './calendars.ts';
import { compileAgreement } from './compile.ts';
import { findTemplate } from './library.ts';
import type { Party, Person } from './parties.ts';
import { partyProblems, partySchema, personSchema } from './parties.ts';
import type { Plan } from './plan.ts';
import { planAgreement } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Template } from './schema.ts';
import { readFields } from './shape.ts';
import type { ResolvedTerms } from './terms.ts';
import { resolveTerms } from './terms.ts';
import { zoneData } from './zone-data.ts';

/** Design §4. */
export const DEFAULT_ZONE = 'Asia/Shanghai';

/** The fields of an agreement that is being prepared, as people write them. */
export const draftShape = {
  template: z.string(),
  zone: z.string().optional(),
  calendar: z.string().optional(),
  /** By the template's term names; checked against the template. */
  terms: z.record(z.string(), z.unknown()),
  parties: z.record(z.string(), partySchema),
  coordinator: personSchema.optional(),
};

export const draftSchema = z.strictObject(draftShape);

/** A draft that was understood: everything is there but the signatures. */
export interface ResolvedDraft {
  template: Template;
  zone: Zone;
  calendar: Calendar;
  terms: ResolvedTerms;
  parties: Record<string, Party>;
  coordinator: Person | null;
}

function caught<T>(make: () => T): { value: T } | { message: string } {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof RangeError) return { message: error.message };
    throw error;
  }
}

/**
 * Understands a draft: template, terms, zone, calendar, parties. All problems are collected; with none, `draft` is
 * there. Codes `missing-…` (`isMissing`) say what a draft still lacks before it can be started.
 */
export function resolveDraft(given: Record<string, unknown>): { draft: ResolvedDraft | null; errors: Problem[] } {
  const { fields, problems } = readFields(draftShape, {
    ...given,
    terms: given['terms'] === undefined ? {} : given['terms'],
    parties: given['parties'] === undefined ? {} : given['parties'],
  });
  const errors = [...problems];

  const zone = caught(() => zoneData(fields.zone ?? DEFAULT_ZONE));
  if ('message' in zone) {
    errors.push({
      path: 'zone',
      code: 'unknown-zone',
      message: { zh: `没有时区“${fields.zone ?? ''}”`, en: `there is no time zone "${fields.zone ?? ''}"` },
      cure: { zh: '请用 IANA 名称，例如 Asia/Shanghai', en: 'use an IANA name such as Asia/Shanghai' },
    });
  }
  const calendar = caught(() => loadCalendar(fields.calendar));
  if ('message' in calendar) {
    errors.push({
      path: 'calendar',
      code: 'unknown-calendar',
      message: { zh: `没有工作日历“${fields.calendar ?? ''}”`, en: calendar.message },
      cure: { zh: '请用 cn，或 cn@版本', en: 'use cn, or cn@version' },
    });
  }

  if (fields.template === undefined) return { draft: null, errors };
  const found = findTemplate(fields.template);
  if ('problem' in found) return { draft: null, errors: [...errors, found.problem] };
  const { template } = found;
  const { errors: termErrors, ...terms } = fields.terms
    ? resolveTerms(template, fields.terms)
    : { terms: [], open: [], errors: [] };
  errors.push(...termErrors);

  const malformed =
    typeof given['parties'] === 'object' && given['parties'] !== null ? Object.keys(given['parties']) : [];
  if (fields.parties) errors.push(...partyProblems(template, fields.parties));
  else if (!problems.some(({ path }) => path === 'parties')) errors.push(...partyProblems(template, {}, malformed));

  if (errors.length > 0 || 'message' in zone || 'message' in calendar || !fields.parties)
    return { draft: null, errors };
  return {
    draft: {
      template,
      zone: zone.value,
      calendar: calendar.value,
      terms,
      parties: fields.parties,
      coordinator: fields.coordinator ?? null,
    },
    errors,
  };
}

/** E-mail addresses by seat: role keys, and `coordinator` where there is one. */
export function seatAddresses(draft: ResolvedDraft): Record<string, string> {
  const addresses = Object.fromEntries(Object.entries(draft.parties).map(([role, { email }]) => [role, email]));
  return draft.coordinator ? { ...addresses, coordinator: draft.coordinator.email } : addresses;
}

/** The draft as the process needs it; `year` is about when it begins (now, or a scenario's first moment). */
export function compileDraft(draft: ResolvedDraft, { id, year }: { id: string; year: number }): CompiledAgreement {
  return compileAgreement(draft.template, draft.terms, {
    id,
    year,
    zone: draft.zone,
    calendar: draft.calendar,
    seats: Object.keys(seatAddresses(draft)),
  });
}

/** What falls due when, if all had signed by `dayZero`; null while that is unknown. */
export function planDraft(draft: ResolvedDraft, dayZero: LocalDate | null): Plan {
  const year = Number((dayZero ?? draft.calendar.provisionalFrom).slice(0, 4));
  const agreement = compileDraft(draft, { id: 'plan', year });
  return planAgreement({
    template: draft.template,
    agreement,
    terms: draft.terms,
    addresses: seatAddresses(draft),
    dayZero,
  });
}

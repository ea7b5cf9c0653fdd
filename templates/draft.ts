import { z } from 'zod';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { expiryOf } from '../domain/agreement/ending.ts';
import type { Calendar } from '../domain/calendar.ts';
import { addMonths } from '../domain/local-date.ts';
import type { LocalDate, Zone } from '../domain/time.ts';
import { instantAt } from '../domain/zone.ts';
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
import { seatParties } from './seats.ts';
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
  /** Who fills a seat of the template, or another one; without `party`, the side that the template gives it. */
  seats: z.record(z.string(), personSchema.extend({ party: z.string().optional() })).optional(),
  coordinator: personSchema.optional(),
};

export const draftSchema = z.strictObject(draftShape);

/** Somebody in a seat other than a role key. */
export type Seating = Person & { party: string };

/** A draft that was understood: everything is there but the signatures. */
export interface ResolvedDraft {
  template: Template;
  zone: Zone;
  calendar: Calendar;
  terms: ResolvedTerms;
  parties: Record<string, Party>;
  seats: Record<string, Seating>;
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
 * @param calendarNamed a calendar by id, or id and version; it throws RangeError where there is none
 */
export function resolveDraft(
  given: Record<string, unknown>,
  calendarNamed: (reference: string | undefined) => Calendar = loadCalendar,
): { draft: ResolvedDraft | null; errors: Problem[] } {
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
  const calendar = caught(() => calendarNamed(fields.calendar));
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

  const sides = seatParties(template, terms);
  const seats = Object.entries(fields.seats ?? {}).flatMap(([seat, person]): [string, Seating][] => {
    const party = sides[seat];
    if (party !== undefined && (person.party ?? party) === party) return [[seat, { ...person, party }]];
    errors.push(seatProblem(seat, template));
    return [];
  });
  errors.push(...sideProblems(fields.parties ?? {}, seats));

  if (errors.length > 0 || 'message' in zone || 'message' in calendar || !fields.parties)
    return { draft: null, errors };
  return {
    draft: {
      template,
      zone: zone.value,
      calendar: calendar.value,
      terms,
      parties: inOrder(fields.parties, Object.keys(template.parties)),
      seats: inOrder(
        Object.fromEntries(seats),
        template.seats.map(({ id }) => id),
      ),
      coordinator: fields.coordinator ?? null,
    },
    errors,
  };
}

/** The template's order, whatever the draft's: a database does not keep the order of keys. */
function inOrder<T>(map: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)));
}

function seatProblem(seat: string, template: Template): Problem {
  const seats = template.seats.map(({ id }) => id);
  return seats.includes(seat)
    ? {
        path: `seats.${seat}.party`,
        code: 'wrong-party',
        message: {
          zh: '与模板或条款参数规定的所属方不符',
          en: 'is not the side that template and terms give this seat',
        },
        cure: {
          zh: '请删除 party，并填写决定所属方的条款参数',
          en: 'leave out party, and fill the term that says which side',
        },
      }
    : {
        path: `seats.${seat}`,
        code: 'unknown-seat',
        message: { zh: `模板没有岗位“${seat}”`, en: `the template has no seat "${seat}"` },
        cure:
          seats.length > 0
            ? { zh: `可用的：${seats.join('、')}`, en: `the seats are ${seats.join(', ')}` }
            : { zh: '此模板不设岗位，请删除', en: 'this template has none: leave it out' },
      };
}

/** One person cannot sit on both sides (design §3). */
function sideProblems(parties: Record<string, Party>, seats: [string, Seating][]): Problem[] {
  const sides = Object.entries(parties).map(([party, { email }]) => ({ party, email: email.toLowerCase() }));
  return seats.flatMap(([seat, { email, party }]) => {
    const clash = sides.some((side) => side.email === email.toLowerCase() && side.party !== party);
    sides.push({ party, email: email.toLowerCase() });
    if (!clash) return [];
    return [
      {
        path: `seats.${seat}.email`,
        code: 'same-person-on-both-sides',
        message: { zh: '同一人不能代表两方', en: 'one person cannot sit on both sides' },
        cure: { zh: '请为各方填写不同的电子邮件地址', en: 'give each side an e-mail address of its own' },
      },
    ];
  });
}

/** E-mail addresses by seat: role keys, other seats that are filled, and `coordinator` where there is one. */
export function seatAddresses(draft: ResolvedDraft): Record<string, string> {
  const people = [...Object.entries(draft.parties), ...Object.entries(draft.seats)];
  const addresses = Object.fromEntries(people.map(([seat, { email }]) => [seat, email]));
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

/** Without an expiry, and without another word, a plan looks so far ahead. */
const DEFAULT_MONTHS = 12;

/**
 * What falls due when, if all had signed by `dayZero` (null while that is unknown), up to and including `until`; without
 * it up to the end of the term, else for twelve months.
 */
export function planDraft(draft: ResolvedDraft, dayZero: LocalDate | null, until?: LocalDate): Plan {
  const year = Number((dayZero ?? draft.calendar.provisionalFrom).slice(0, 4));
  const agreement = compileDraft(draft, { id: 'plan', year });
  return planAgreement({
    template: draft.template,
    agreement,
    terms: draft.terms,
    addresses: seatAddresses(draft),
    dayZero,
    untilMs: instantAt(draft.zone, until ?? planEnd(agreement, dayZero), '24:00'),
  });
}

function planEnd(agreement: CompiledAgreement, dayZero: LocalDate | null): LocalDate {
  if (dayZero === null) return agreement.expiresOn ?? '1970-01-01';
  return expiryOf(agreement, dayZero) ?? addMonths(dayZero, DEFAULT_MONTHS);
}

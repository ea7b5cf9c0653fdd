import type { DraftBody, Language, Party, Template, TemplateTerm } from '../../wire.ts';
import { NOT_AGREED, type TermEntry, entryOf, entryProblem, isEmptyEntry, isFixed, wireValue } from './term-entry.ts';

export interface PartyEntry {
  name: string;
  email: string;
  language: Language;
}

/** All that stands in the form; kept in the tab's storage, so that neither a refusal nor a reload loses it. */
export interface StartForm {
  draftId: string | null;
  step: number;
  template: string;
  zone: string;
  parties: Record<string, PartyEntry>;
  /** Who fills a seat; left empty, its party does. */
  seats: Record<string, PartyEntry>;
  coordinator: PartyEntry;
  terms: Record<string, TermEntry>;
  trialDate: string;
}

export const DEFAULT_ZONE = 'Asia/Shanghai';

const emptyParty = (): PartyEntry => ({ name: '', email: '', language: 'zh' });

export function emptyForm(trialDate: string): StartForm {
  return {
    draftId: null,
    step: 0,
    template: '',
    zone: DEFAULT_ZONE,
    parties: {},
    seats: {},
    coordinator: emptyParty(),
    terms: {},
    trialDate,
  };
}

/** Chooses a template; what was entered for the same names stays. */
export function withTemplate(form: StartForm, template: Template): StartForm {
  return {
    ...form,
    template: template.ref,
    parties: Object.fromEntries(
      Object.keys(template.parties).map((role) => [role, form.parties[role] ?? emptyParty()]),
    ),
    seats: Object.fromEntries(template.seats.map(({ id }) => [id, form.seats[id] ?? emptyParty()])),
    terms: Object.fromEntries(
      template.terms
        .filter((term) => !isFixed(term))
        .map((term) => [term.name, form.terms[term.name] ?? entryOf(template, term, term.value)]),
    ),
  };
}

function partyEntry(party: Party | undefined): PartyEntry {
  return {
    name: party?.name ?? '',
    email: party?.email ?? '',
    language: party?.language ?? 'zh',
  };
}

export function formOfDraft(id: string, draft: DraftBody, template: Template, trialDate: string): StartForm {
  const base = withTemplate(emptyForm(trialDate), template);
  return {
    ...base,
    draftId: id,
    step: 1,
    zone: draft.zone ?? DEFAULT_ZONE,
    parties: Object.fromEntries(Object.keys(base.parties).map((role) => [role, partyEntry(draft.parties[role])])),
    seats: Object.fromEntries(Object.keys(base.seats).map((seat) => [seat, partyEntry(draft.seats?.[seat])])),
    coordinator: partyEntry(draft.coordinator),
    terms: {
      ...base.terms,
      ...Object.fromEntries(
        template.terms
          .filter(({ name }) => name in draft.terms)
          .map((term) => [term.name, entryOf(template, term, draft.terms[term.name])]),
      ),
    },
  };
}

function wireParty({ name, email, language }: PartyEntry): Party {
  return { name: name.trim(), email: email.trim(), language };
}

function filledSeats({ seats }: StartForm): [string, PartyEntry][] {
  return Object.entries(seats).filter(([, { name, email }]) => name.trim() !== '' || email.trim() !== '');
}

export function draftBody(form: StartForm, template: Template): DraftBody {
  const terms = template.terms
    .map((term) => {
      const entry = form.terms[term.name];
      return [term.name, entry === undefined ? undefined : wireValue(template, term, entry)] as const;
    })
    .filter(([, value]) => value !== undefined);
  return {
    template: form.template,
    zone: form.zone,
    terms: Object.fromEntries(terms),
    parties: Object.fromEntries(Object.entries(form.parties).map(([role, party]) => [role, wireParty(party)])),
    seats: Object.fromEntries(filledSeats(form).map(([seat, person]) => [seat, wireParty(person)])),
    coordinator: wireParty(form.coordinator),
  };
}

/** Problems by the path that the API uses for the same field, with the key of their text. */
export type FormProblems = Record<string, string>;

export function partyProblems(form: StartForm): FormProblems {
  const problems: FormProblems = {};
  const check = (path: string, { name, email }: PartyEntry): void => {
    if (name.trim() === '') problems[`${path}.name`] = 'start.nameMissing';
    if (email.trim() === '') problems[`${path}.email`] = 'start.emailMissing';
    else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) problems[`${path}.email`] = 'start.emailInvalid';
  };
  for (const [role, party] of Object.entries(form.parties)) check(`parties.${role}`, party);
  for (const [seat, person] of filledSeats(form)) check(`seats.${seat}`, person);
  check('coordinator', form.coordinator);
  return problems;
}

export function termProblems(form: StartForm, template: Template, starting: boolean): FormProblems {
  const problems: FormProblems = {};
  for (const term of template.terms) {
    const entry = form.terms[term.name];
    const problem = entry === undefined ? undefined : entryProblem(term, entry, starting);
    if (problem) problems[`terms.${term.name}`] = `termProblem.${problem}`;
  }
  return problems;
}

/** An open term: the contract leaves it to the parties and nothing is proposed. */
export function isOpenTerm(term: TemplateTerm): boolean {
  return !term.required && term.value === undefined;
}

/** A value of ours where the contract says none. */
export function isOurProposal(term: TemplateTerm): boolean {
  return !isFixed(term) && term.value !== undefined;
}

/** Every open term that nothing stands in: taken from our proposal, or said to be not agreed. */
export function withOpenTerms(form: StartForm, template: Template, how: 'proposal' | 'not-agreed'): StartForm {
  const terms = { ...form.terms };
  for (const term of template.terms.filter(isOpenTerm)) {
    const entry = terms[term.name];
    if (!entry || !isEmptyEntry(entry)) continue;
    if (how === 'not-agreed' && term.neededToSign) continue;
    if (how === 'not-agreed') terms[term.name] = entryOf(template, term, NOT_AGREED);
    else if (term.proposal !== undefined) terms[term.name] = entryOf(template, term, term.proposal);
  }
  return { ...form, terms };
}

/** The field of the form that a path of the API is about: a cell's problem stands at its term. */
export function fieldOf(path: string, template: Template): string {
  if (!path.startsWith('terms.')) return path;
  const owners = template.terms
    .map(({ name }) => `terms.${name}`)
    .filter((own) => path === own || path.startsWith(`${own}.`) || path.startsWith(`${own}[`));
  return owners.toSorted((a, b) => b.length - a.length)[0] ?? path;
}

/** The step on which a field stands. */
export function stepOf(path: string): number {
  if (path.startsWith('parties') || path.startsWith('seats') || path.startsWith('coordinator')) return 1;
  if (path.startsWith('terms') || path.startsWith('zone')) return 2;
  return 3;
}

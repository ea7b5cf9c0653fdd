import type { DraftBody, Language, Party, Template, TemplateTerm } from '../../wire.ts';
import {
  NOT_AGREED,
  type TermEntry,
  entryOf,
  entryProblem,
  isEmptyEntry,
  isFixed,
  isUnchanged,
  wireValue,
} from './term-entry.ts';

export interface PartyEntry {
  name: string;
  email: string;
  language: Language;
  /** Of a side: the person there who reads the mail, if another. */
  contact: string;
}

/** All that stands in the form; kept in the tab's storage, so that neither a refusal nor a reload loses it. */
export interface StartForm {
  draftId: string | null;
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

const emptyParty = (): PartyEntry => ({ name: '', email: '', language: 'zh', contact: '' });

export function emptyForm(trialDate: string): StartForm {
  return {
    draftId: null,
    template: '',
    zone: DEFAULT_ZONE,
    parties: {},
    seats: {},
    coordinator: emptyParty(),
    terms: {},
    trialDate,
  };
}

/**
 * Chooses a template. What was entered for another one stays, for whoever comes back to it; only defaults that nobody
 * touched give way to those of the template that is chosen.
 */
export function withTemplate(form: StartForm, template: Template, before?: Template): StartForm {
  const isTouched = (name: string, entry: TermEntry): boolean => {
    const term = before?.terms.find((one) => one.name === name);
    return !before || !term || !isUnchanged(before, term, entry);
  };
  const kept = Object.entries(form.terms).filter(([name, entry]) => isTouched(name, entry));
  return {
    ...form,
    template: template.ref,
    parties: { ...blank(Object.keys(template.parties)), ...form.parties },
    seats: { ...blank(template.seats.map(({ id }) => id)), ...form.seats },
    terms: {
      ...Object.fromEntries(
        template.terms.filter((term) => !isFixed(term)).map((term) => [term.name, entryOf(template, term, term.value)]),
      ),
      ...Object.fromEntries(kept),
    },
  };
}

function blank(names: string[]): Record<string, PartyEntry> {
  return Object.fromEntries(names.map((name) => [name, emptyParty()]));
}

function partyEntry(party: Party | undefined): PartyEntry {
  return {
    name: party?.name ?? '',
    email: party?.email ?? '',
    language: party?.language ?? 'zh',
    contact: party?.contact ?? '',
  };
}

export function formOfDraft(id: string, draft: DraftBody, template: Template, trialDate: string): StartForm {
  const base = withTemplate(emptyForm(trialDate), template);
  return {
    ...base,
    draftId: id,
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

const isNamed = ({ name, email }: PartyEntry): boolean => name.trim() !== '' || email.trim() !== '';

/** What was not entered is left out: a draft may be kept without it. */
function wireParty({ name, email, language, contact }: PartyEntry): Party {
  const given = Object.entries({ name: name.trim(), email: email.trim(), contact: contact.trim() });
  return { ...Object.fromEntries(given.filter(([, text]) => text !== '')), language } as Party;
}

function wirePeople(entries: [string, PartyEntry][]): Record<string, Party> {
  return Object.fromEntries(
    entries.filter(([, entry]) => isNamed(entry)).map(([key, entry]) => [key, wireParty(entry)]),
  );
}

/** The entries that the template asks for; others are of one that was chosen before. */
const sidesOf = ({ parties }: StartForm, template: Template): [string, PartyEntry][] =>
  Object.keys(template.parties).map((role) => [role, parties[role] ?? emptyParty()]);

function filledSeats({ seats }: StartForm, template: Template): [string, PartyEntry][] {
  return template.seats
    .map(({ id }): [string, PartyEntry] => [id, seats[id] ?? emptyParty()])
    .filter(([, entry]) => isNamed(entry));
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
    parties: wirePeople(sidesOf(form, template)),
    seats: wirePeople(filledSeats(form, template)),
    ...(isNamed(form.coordinator) ? { coordinator: wireParty(form.coordinator) } : {}),
  };
}

/** Problems by the path that the API uses for the same field, with the key of their text. */
export type FormProblems = Record<string, string>;

export function partyProblems(form: StartForm, template: Template): FormProblems {
  const problems: FormProblems = {};
  const check = (path: string, { name, email }: PartyEntry): void => {
    if (name.trim() === '') problems[`${path}.name`] = 'start.nameMissing';
    if (email.trim() === '') problems[`${path}.email`] = 'start.emailMissing';
    else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) problems[`${path}.email`] = 'start.emailInvalid';
  };
  for (const [role, party] of sidesOf(form, template)) check(`parties.${role}`, party);
  for (const [seat, person] of filledSeats(form, template)) check(`seats.${seat}`, person);
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

/** The steps, by the name that stands in the address. */
export const STEPS = ['template', 'parties', 'terms', 'preview'] as const;
export type Step = (typeof STEPS)[number];

/** The step on which a field stands. */
export function stepOf(path: string): Step {
  if (path.startsWith('parties') || path.startsWith('seats') || path.startsWith('coordinator')) return 'parties';
  if (path.startsWith('terms') || path.startsWith('zone')) return 'terms';
  return path.startsWith('template') ? 'template' : 'preview';
}

/** Id of the field's input on the page. */
export function inputOf(path: string): string {
  return path.startsWith('terms.') ? `term-${path.slice('terms.'.length)}` : path;
}

/** Terms that are asked for, by the clause that each belongs to first, in the order of the template. */
export function termsByClause(terms: readonly TemplateTerm[]): [clause: string, terms: TemplateTerm[]][] {
  const groups = new Map<string, TemplateTerm[]>();
  for (const term of terms) {
    const clause = term.clauses[0] ?? '';
    groups.set(clause, [...(groups.get(clause) ?? []), term]);
  }
  return [...groups];
}

/** Whether nothing is said yet where something has to be: the start waits for it. */
export function isUndecided(term: TemplateTerm, form: StartForm): boolean {
  const entry = form.terms[term.name];
  return !isFixed(term) && term.value === undefined && (entry === undefined || isEmptyEntry(entry));
}

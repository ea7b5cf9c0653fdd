import type { CompiledPatch } from '../domain/agreement/compiled.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { type AmendmentChanges, amendedDraft, amendmentPatch, changesSchema } from '../templates/amend.ts';
import { type ResolvedDraft, resolveDraft } from '../templates/draft.ts';
import { templateReference } from '../templates/library.ts';
import type { Problem } from '../templates/problem.ts';
import { readValue } from '../templates/shape.ts';
import { NOT_AGREED } from '../templates/terms.ts';
import { CommandFailed } from './output.ts';
import type { Act, Step } from './scenario.ts';

export type Proposal = Extract<Act, { do: 'propose' }>;

/** The draft as somebody would enter it; what the scenario leaves open is not agreed in this life. */
export function draftAsGiven(draft: ResolvedDraft): Record<string, unknown> {
  const { terms, open } = draft.terms;
  return {
    template: templateReference(draft.template),
    zone: draft.zone.id,
    calendar: `${draft.calendar.id}@${draft.calendar.version}`,
    terms: Object.fromEntries([
      ...terms.filter(({ given }) => given).map(({ name, value }) => [name, value ?? NOT_AGREED]),
      ...open.map(({ term }) => [term, NOT_AGREED]),
    ]),
    parties: draft.parties,
    ...(Object.keys(draft.seats).length > 0 ? { seats: draft.seats } : {}),
    ...(draft.coordinator ? { coordinator: draft.coordinator } : {}),
  };
}

/** What a proposal changes: terms may stand by their names alone, beside the other keys. */
export function changesIn(changes: Record<string, unknown>): AmendmentChanges {
  const keys = Object.keys(changesSchema.shape);
  const isKey = ([key]: [string, unknown]): boolean => keys.includes(key);
  const { terms = {}, ...rest } = Object.fromEntries(Object.entries(changes).filter(isKey)) as AmendmentChanges;
  const named = Object.fromEntries(Object.entries(changes).filter((entry) => !isKey(entry)));
  const all = { ...named, ...terms };
  return { ...rest, ...(Object.keys(all).length > 0 ? { terms: all } : {}) };
}

/** What is wrong with the changes of a proposal, as far as its words tell; `path` is where they stand. */
export function checkChanges(path: string, changes: Record<string, unknown>, draft: ResolvedDraft | null): Problem[] {
  const twice = Object.keys((changes['terms'] ?? {}) as Record<string, unknown>).filter((name) => name in changes);
  if (twice.length > 0) return twice.map((name) => givenTwice(`${path}.${name}`, name));
  const read = readValue(changesSchema, changesIn(changes), []);
  const problems =
    'problems' in read
      ? read.problems
      : draft && read.value.terms
        ? resolveDraft(amendedDraft(draftAsGiven(draft), [read.value])).errors
        : [];
  return problems.map((problem) => ({ ...problem, path: join(path, asWritten(changes, problem.path)) }));
}

function givenTwice(path: string, name: string): Problem {
  return {
    path,
    code: 'invalid-value',
    message: { zh: `“${name}”写了两次：此处和 terms 之下`, en: `"${name}" is given twice: here and under terms` },
    cure: { zh: '保留其中一处', en: 'keep one of them' },
  };
}

/** Where a term stands that was given by its name alone, not under `terms`. */
function asWritten(changes: Record<string, unknown>, path: string): string {
  const [, name = '', rest = ''] = /^terms\.([^.[]+)(.*)$/.exec(path) ?? [];
  return Object.hasOwn(changes, name) ? `${name}${rest}` : path;
}

function join(path: string, inner: string): string {
  return inner === '' ? path : inner.startsWith('[') ? `${path}${inner}` : `${path}.${inner}`;
}

/**
 * What a proposal would change of the agreement as it stands. @throws CommandFailed where its words make no agreement
 */
export function patchOf(
  { draft, acts }: { draft: ResolvedDraft; acts: readonly Step[] },
  proposal: Proposal,
  state: AgreementState,
): CompiledPatch {
  const inEffect = state.amendments.filter(({ status }) => status === 'effective').map(({ id }) => id);
  const earlier = acts.flatMap((act) =>
    act.do === 'propose' && inEffect.includes(act.amendment) ? [changesIn(act.changes)] : [],
  );
  const { agreement, inForceOn } = state;
  const given = amendedDraft(draftAsGiven(draft), earlier);
  const made = amendmentPatch({ given, agreement, inForceOn }, changesIn(proposal.changes));
  if ('patch' in made) return made.patch;
  throw new CommandFailed(
    made.problems.map((problem) => {
      const inner = asWritten(proposal.changes, problem.path.replace(/^changes\./, ''));
      return { ...problem, path: join(`${proposal.path}.changes`, inner) };
    }),
  );
}

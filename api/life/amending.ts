import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledPatch } from '../../domain/agreement/compiled.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { isOfMoney } from '../../domain/agreement/sums.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { type AmendmentChanges, amendedDraft, amendmentPatch } from '../../templates/amend.ts';
import { resolveTerms } from '../../templates/terms.ts';
import type { ApiDeps } from '../deps.ts';
import { type Language, Problem, inputProblem, problemTitle } from '../problem.ts';
import { findAgreement, isMoneyTerm, stateOf, templateOf } from '../views.ts';
import { changeView } from './change-text.ts';
import { changesOf, draftNow } from './draft-now.ts';

interface Running {
  state: AgreementState;
  /** The draft with the terms of the amendments in effect. */
  given: Record<string, unknown>;
}

/** @throws Problem `unknown-agreement`, `not-started` */
async function running(database: Database, agreementId: string): Promise<Running> {
  const row = await findAgreement(database, agreementId);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  return { state, given: await draftNow(database, row, state) };
}

/** The rules that a change makes. @throws Problem: what is wrong with it, field by field */
export async function patchFor(
  database: Database,
  agreementId: string,
  changes: AmendmentChanges,
): Promise<CompiledPatch> {
  return patchOn(await running(database, agreementId), changes);
}

function patchOn({ state, given }: Running, changes: AmendmentChanges): CompiledPatch {
  const { agreement, inForceOn } = state;
  const made = amendmentPatch({ given, agreement, inForceOn }, changes);
  if ('problems' in made) throw inputProblem(made.problems);
  return made.patch;
}

/** Stands for the paper that comes with the real proposal: a preview brings no file, and is not refused for it. */
const PROPOSED_PAPER = [{ sha256: '0'.repeat(64), size: 0 }];

/**
 * The difference that a proposal would make, as the contract computes it, and why it would be refused.
 *
 * @throws Problem: what is wrong with it, field by field
 */
export async function amendmentPreview(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  agreementId: string,
  {
    actor,
    changes,
    effectiveOn,
    language,
    seesMoney,
  }: { actor: Actor; changes: AmendmentChanges; effectiveOn: LocalDate; language: Language; seesMoney: boolean },
) {
  const now = await running(database, agreementId);
  const template = templateOf(now.state.agreement.template);
  const patch = patchOn(now, changes);
  const terms = termChanges(now, changes, patch).filter(({ name }) => seesMoney || !isMoneyTerm(name, template));
  const command = {
    type: 'propose' as const,
    id: 'preview',
    receivedAtMs: clock(),
    actor,
    amendment: 'preview',
    effectiveOn,
    patch,
    documents: PROPOSED_PAPER,
  };
  const decided = decide(command, now.state);
  if (isRejection(decided)) {
    const { rejected: code, message } = decided;
    return { changes: [], terms, refused: { code, title: problemTitle(code)[language], message } };
  }
  const proposed = decided.events.find(({ type }) => type === 'amendment-proposed');
  const found = proposed?.type === 'amendment-proposed' ? proposed.changes : [];
  return {
    changes: found.filter((change) => seesMoney || !isOfMoney(change)).map((change) => changeView(change, template)),
    terms,
    refused: null,
  };
}

/** The terms that change, with their values as they are and as they would be. */
function termChanges({ state, given }: Running, { terms = {} }: AmendmentChanges, patch: CompiledPatch) {
  const template = templateOf(state.agreement.template);
  if (!template) return [];
  const now = resolveTerms(template, given['terms'] ?? {}).terms;
  const changed = Object.entries(terms).filter(([name]) => patch.terms.includes(name));
  return changed.map(([name, after]) => ({
    name,
    label: template.terms.find((term) => term.name === name)?.label ?? { zh: name, en: name },
    clauses: template.terms.find((term) => term.name === name)?.clauses ?? [],
    before: now.find((term) => term.name === name)?.value ?? null,
    after,
  }));
}

/** The same of proposals that were made, by amendment; what the terms were then is what they are without it. */
export async function proposedTerms(
  database: Database,
  state: AgreementState,
  draft: Record<string, unknown>,
): Promise<Map<string, ReturnType<typeof termChanges>>> {
  const asked = await changesOf(database, state.amendments);
  let given = draft;
  const before = new Map<string, ReturnType<typeof termChanges>>();
  for (const { id, status, commandId, patch } of state.amendments) {
    const changes = asked.get(commandId) ?? {};
    before.set(id, termChanges({ state, given }, changes, patch));
    if (status === 'effective') given = amendedDraft(given, [changes]);
  }
  return before;
}

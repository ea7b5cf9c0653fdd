import type { Instant } from '../time.ts';
import type { NoticeDraft } from './notice.ts';

type Missed = NonNullable<NoticeDraft['facts']['missed']>;

/** A missed rung as a summary of its own. */
export function summary(
  { seat, role, clauses, obligation, occurrence, rungs, facts, kind }: NoticeDraft,
  atMs: Instant,
): NoticeDraft {
  const one = {
    obligation: obligation ?? '',
    ...(occurrence === undefined ? {} : { occurrence }),
    rungs: rungs ?? [],
    localDate: facts.localDate ?? '',
    review: kind === 'review-reminder',
  };
  return summaryOf({ kind: 'summary', seat, role, atMs, clauses, facts: {} }, [one]);
}

/** Two summaries to the same seat as one, the earlier first. */
export function merge(earlier: NoticeDraft, later: NoticeDraft): NoticeDraft {
  const missed = (later.facts.missed ?? []).reduce<Missed>((all, item) => {
    const same = all.find(
      (one) => one.obligation === item.obligation && one.occurrence === item.occurrence && one.review === item.review,
    );
    if (!same) return [...all, item];
    return all.map((one) => (one === same ? { ...item, rungs: [...same.rungs, ...item.rungs] } : one));
  }, earlier.facts.missed ?? []);
  const clauses = [...earlier.clauses, ...later.clauses.filter((clause) => !earlier.clauses.includes(clause))];
  return summaryOf({ ...earlier, clauses }, missed);
}

/** A summary that says this; its row names all rungs, and the obligation where it is one alone. */
export function summaryOf(
  { obligation: _before, occurrence: _occurrence, ...notice }: NoticeDraft,
  missed: Missed,
): NoticeDraft {
  const [first, ...others] = missed;
  const alone =
    first && others.every((one) => one.obligation === first.obligation && one.occurrence === first.occurrence);
  return {
    ...notice,
    ...(alone ? { obligation: first.obligation } : {}),
    ...(alone && first.occurrence !== undefined ? { occurrence: first.occurrence } : {}),
    rungs: missed.flatMap(({ rungs }) => rungs),
    facts: { ...notice.facts, missed },
  };
}

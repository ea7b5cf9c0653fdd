import type { LivableScenario } from '../../cli/livable.ts';
import type { Act, Step } from '../../cli/scenario.ts';
import { localDateAt } from '../../domain/zone.ts';
import { compileDraft } from '../../templates/draft.ts';
import { liveInMemory } from './example-life.ts';

const HOUR_MS = 3_600_000;
/** What is due at 24:00 is handed in at ten on its last day, after every reminder. */
const BEFORE_DUE_MS = 14 * HOUR_MS;

/**
 * A scenario with acts for all that falls due before its end: handed in by whoever owes it, accepted an hour later by
 * whoever reviews it.
 */
export function everythingHandedIn(scenario: LivableScenario): LivableScenario {
  const { draft, firstMs, untilMs } = scenario;
  const compiled = compileDraft(draft, { id: 'handed-in', year: Number(localDateAt(draft.zone, firstMs).slice(0, 4)) });
  const actsFor = (as: string): string =>
    as in draft.parties || as in draft.seats ? as : (compiled.seatParties?.[as] ?? as);
  let acts: Step[] = [...scenario.acts];
  const handed = new Set<string>();
  for (;;) {
    const { obligations, events } = liveInMemory({ ...scenario, acts });
    const fresh: Act[] = obligations.flatMap(({ id, occurrence, dueAt }) => {
      const key = `${id}#${occurrence ?? ''}`;
      const rule = compiled.obligations.find((one) => one.id === id);
      const opened = events.find(
        (event) => event.type === 'obligation-opened' && event.obligation === id && event.occurrence === occurrence,
      );
      const openMs = opened ? Date.parse(opened.at) : firstMs;
      if (dueAt === null || rule === undefined || handed.has(key)) return [];
      const atMs = Math.max(openMs + HOUR_MS, Date.parse(dueAt) - BEFORE_DUE_MS);
      if (atMs + HOUR_MS >= untilMs) return [];
      handed.add(key);
      const about = { path: 'handed-in', obligation: id, ...(occurrence === undefined ? {} : { occurrence }) };
      const parts = (rule.checklist ?? []).map((part) => part.id);
      const reviewers = (rule.review?.reviewers ?? []).filter((seat) => seat !== rule.responsible);
      return [
        { ...about, atMs, as: actsFor(rule.responsible), do: 'submit' as const, parts, omitted: {} },
        ...reviewers.map((seat) => ({
          ...about,
          atMs: atMs + HOUR_MS,
          as: actsFor(seat),
          do: 'review' as const,
          verdict: 'accept' as const,
          points: [],
        })),
      ];
    });
    if (fresh.length === 0) return { ...scenario, acts };
    acts = [...acts, ...fresh].sort((a, b) => a.atMs - b.atMs);
  }
}

import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';

type ToldGoal = NonNullable<NoticeFacts['goals']>[number];

/** Whether two notices of verdicts go to the same seat at the same moment: one mail says both. */
export function isSameDigest(a: NoticeDraft, b: NoticeDraft): boolean {
  const isOfGoals = a.kind === 'goal-judged' && b.kind === 'goal-judged';
  return isOfGoals && a.seat === b.seat && a.role === b.role && a.atMs === b.atMs;
}

/** Both as one, the earlier goal first; of a goal that was judged anew for the same date meanwhile, what holds now. */
export function mergeGoals(earlier: NoticeDraft, later: NoticeDraft): NoticeDraft {
  const goals = [...goalsTold(earlier), ...goalsTold(later)].reduce<ToldGoal[]>((all, one) => {
    const known = all.some((other) => isSame(other, one));
    return known ? all.map((other) => (isSame(other, one) ? one : other)) : [...all, one];
  }, []);
  const [first, ...others] = goals;
  if (!first) return earlier;
  const clauses = [...earlier.clauses, ...later.clauses.filter((clause) => !earlier.clauses.includes(clause))];
  return { ...earlier, clauses, facts: { ...first, ...(others.length === 0 ? {} : { goals }) } };
}

/** Every goal that a notice tells of. */
export function goalsTold({ facts }: Pick<NoticeDraft, 'facts'>): ToldGoal[] {
  const { about, localDate, verdict, judged } = facts;
  if (facts.goals) return facts.goals;
  return about === undefined || localDate === undefined || verdict === undefined || !judged
    ? []
    : [{ about, localDate, verdict, judged }];
}

function isSame(a: ToldGoal, b: ToldGoal): boolean {
  return a.about === b.about && a.judged.of === b.judged.of;
}

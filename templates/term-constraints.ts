import { Big } from 'big.js';
import type { Text } from '../domain/time.ts';
import { durationOffset } from './durations.ts';
import { evaluationProblems } from './evaluation-check.ts';
import type { Problem } from './problem.ts';
import type { Template } from './schema.ts';
import type { ResolvedTerm } from './terms.ts';

type Values = (name: string) => ResolvedTerm | undefined;

function problem(path: string, code: string, message: Text, cure: Text): Problem {
  return { path: `terms.${path}`, code, message, cure };
}

/** An interval must be of whole days, months or years: one that is not would never come. */
function intervals(template: Template, valueOf: Values): Problem[] {
  return template.obligations.flatMap(({ every, deadline }) => {
    const found: Problem[] = [];
    const duration = every?.duration === undefined ? undefined : valueOf(every.duration);
    if (duration && typeof duration.value === 'string') {
      const offset = durationOffset(duration.value);
      if (!offset || offset.unit === 'hours' || offset.count < 1) {
        found.push(
          problem(
            duration.name,
            'invalid-interval',
            { zh: '周期须为一日以上的整日、整月或整年', en: 'must be an interval of whole days, months or years' },
            { zh: '请填写 P7D、P1M、P3M、P1Y 等', en: 'write P7D, P1M, P3M, P1Y or the like' },
          ),
        );
      }
    }
    const period = deadline.duration === undefined ? undefined : valueOf(deadline.duration);
    if (period && typeof period.value === 'string' && !durationOffset(period.value)) {
      found.push(
        problem(
          period.name,
          'invalid-period',
          { zh: '期限须以小时、日、月或年计', en: 'must be counted in hours, days, months or years' },
          { zh: '请填写 PT24H、P10D、P1M 等', en: 'write PT24H, P10D, P1M or the like' },
        ),
      );
    }
    return found;
  });
}

/** The term of validity is some whole months: nothing ends on the day on which it begins. */
function validity({ ending }: Template, valueOf: Values): Problem[] {
  const years = ending.expiry.years === undefined ? undefined : valueOf(ending.expiry.years);
  if (!years || (typeof years.value !== 'string' && typeof years.value !== 'number')) return [];
  const months = new Big(years.value).times(12);
  if (months.gt(0) && months.mod(1).eq(0)) return [];
  return [
    problem(
      years.name,
      'invalid-term',
      { zh: '有效期须折合为整月', en: 'must come to whole months' },
      { zh: '请填写 1、0.5（六个月）、1.5 等大于零的数', en: 'write 1, 0.5 (six months), 1.5 or the like, above zero' },
    ),
  ];
}

function notices({ noticeHours }: Template, valueOf: Values): Problem[] {
  const [from, to] = [valueOf(noticeHours.from)?.value, valueOf(noticeHours.to)?.value];
  if (typeof from !== 'string' || typeof to !== 'string' || from < to) return [];
  return [
    problem(
      noticeHours.to,
      'wrong-order',
      { zh: `不晚于开始时间 ${from}`, en: `is not after ${from}, when notices begin` },
      { zh: '请填写晚于开始时间的时间', en: 'give a later time' },
    ),
  ];
}

function sumProblem(names: string[], isWhole: boolean, is: number, given: ResolvedTerm[]): Problem[] {
  const sum = given.reduce((all, { value }) => all.plus(String(value)), new Big(0));
  const wrong = isWhole ? !sum.eq(is) : sum.gt(is);
  const last = given.at(-1);
  if (!wrong || !last) return [];
  return [
    problem(
      last.name,
      'wrong-total',
      { zh: `各项合计为 ${sum.toFixed()}，应为 ${is}`, en: `makes the total ${sum.toFixed()}, not ${is}` },
      {
        zh: `请调整 ${names.join('、')}，使合计为 ${is}`,
        en: `change ${names.join(', ')} so that they add up to ${is}`,
      },
    ),
  ];
}

function orderProblems(given: ResolvedTerm[]): Problem[] {
  return given.flatMap((later, index) => {
    const earlier = given[index - 1];
    if (!earlier) return [];
    const isDate = typeof later.value === 'string' && later.value.includes('-');
    const inOrder = isDate
      ? String(earlier.value) <= String(later.value)
      : new Big(String(earlier.value)).lte(String(later.value));
    if (inOrder) return [];
    return [
      problem(
        later.name,
        'wrong-order',
        {
          zh: `${String(later.value)} 早于或小于 ${earlier.name} 的 ${String(earlier.value)}`,
          en: `${String(later.value)} comes before ${earlier.name}, ${String(earlier.value)}`,
        },
        { zh: '请更正其中一项', en: 'correct one of the two' },
      ),
    ];
  });
}

/** What is wrong with terms that are each well formed but cannot be together, or cannot do what the template needs. */
export function constraintProblems(template: Template, terms: ResolvedTerm[]): Problem[] {
  const byName = new Map(terms.map((term) => [term.name, term]));
  const valueOf: Values = (name) => byName.get(name);
  const agreed = (names: string[]): ResolvedTerm[] =>
    names.flatMap((name) => {
      const term = byName.get(name);
      return term && term.value !== null ? [term] : [];
    });
  const found = [
    ...intervals(template, valueOf),
    ...validity(template, valueOf),
    ...notices(template, valueOf),
    ...evaluationProblems(template, terms),
    ...template.constraints.flatMap((constraint) => {
      const { terms: names } = constraint;
      if (constraint.kind === 'order') return orderProblems(agreed(names));
      const all = [...names, ...constraint.optional];
      return sumProblem(all, agreed(names).length === names.length, constraint.is, agreed(all));
    }),
  ];
  return found.filter(
    ({ path, code }, index) => found.findIndex((one) => one.path === path && one.code === code) === index,
  );
}

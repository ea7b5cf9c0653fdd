import type { CompiledAgreement, CompiledLife, CompiledObligation, CompiledPatch } from '../agreement/compiled.ts';
import type { CompiledImprovement, CompiledSurvey } from '../survey/compiled.ts';
import { followedBy } from '../agreement/opening.ts';
import { isSame } from './patch.ts';

type Fields = Record<string, unknown>;

/** Parts of a duty whose fields are agreed on one by one; any other field is agreed on as a whole. */
const PARTS_OF_DUTY = ['deadline', 'penalty', 'review', 'lateFee'];

/** What changes hands with the one who owes it: where there is no such part yet, one that is added must know who owes. */
const WITH_OWNER = ['review.reviewers', 'penalty.creditor', 'payee'];

/**
 * Whether two open patches of the same agreement cannot both hold: they change the same term, the end, the same field of the
 * same duty or of the same part of the life, or one takes out what the other changes or counts from.
 */
export function conflicts(agreement: CompiledAgreement, one: CompiledPatch, other: CompiledPatch): boolean {
  const [places, others] = [one, other].map((patch) => placesOf(agreement, patch)) as [string[], string[]];
  const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);
  const meets = places.some((place) => others.some((name) => isWithin(place, name) || isWithin(name, place)));
  const cutsOff = (cut: CompiledPatch, { obligations }: CompiledPatch): boolean =>
    obligations.some((rule) => cut.removed.includes(followedBy(rule) ?? ''));
  return meets || cutsOff(one, other) || cutsOff(other, one);
}

/**
 * An open patch after another has taken effect: whole duties and a whole life were computed against the agreement `before`;
 * laid over the one `after`, each field that the patch does not change is as the other left it.
 */
export function rebasedOn(before: CompiledAgreement, after: CompiledAgreement, patch: CompiledPatch): CompiledPatch {
  const obligations = patch.obligations.flatMap((rule) => {
    const [was, is] = [ofId(before.obligations, rule.id), ofId(after.obligations, rule.id)];
    if (!was) return [rule];
    if (!is) return [];
    const next = mergedDuty(was, is, rule);
    return isSame(next, is) ? [] : [next];
  });
  const { life, surveys, improvement, trainings, evaluations, goals, visits, risks, cases, engagements, ...rest } =
    patch;
  const laid = life && before.life && after.life ? mergedLife(before.life, after.life, life) : life;
  const asked = surveys && mergedSurveys(before.surveys ?? [], after.surveys ?? [], surveys);
  const taught = trainings && mergedById(before.trainings ?? [], after.trainings ?? [], trainings);
  const appraised = evaluations && mergedById(before.evaluations ?? [], after.evaluations ?? [], evaluations);
  const aims = goals && mergedById(before.goals ?? [], after.goals ?? [], goals);
  const watched = risks && mergedById(before.risks ?? [], after.risks ?? [], risks);
  const handled = cases && mergedById(before.cases ?? [], after.cases ?? [], cases);
  const involved = engagements && mergedById(before.engagements ?? [], after.engagements ?? [], engagements);
  const seen = visits && mergedById(before.visits ?? [], after.visits ?? [], visits);
  const better =
    improvement && before.improvement && after.improvement
      ? (laidOver(
          { ...before.improvement },
          { ...after.improvement },
          { ...improvement },
        ) as unknown as CompiledImprovement)
      : improvement;
  return {
    ...rest,
    obligations,
    removed: patch.removed.filter((id) => ofId(after.obligations, id)),
    ...(laid === undefined || isSame(laid, after.life) ? {} : { life: laid }),
    ...(asked === undefined || isSame(asked, after.surveys) ? {} : { surveys: asked }),
    ...(better === undefined || isSame(better, after.improvement) ? {} : { improvement: better }),
    ...(taught === undefined || isSame(taught, after.trainings) ? {} : { trainings: taught }),
    ...(appraised === undefined || isSame(appraised, after.evaluations) ? {} : { evaluations: appraised }),
    ...(aims === undefined || isSame(aims, after.goals) ? {} : { goals: aims }),
    ...(seen === undefined || isSame(seen, after.visits) ? {} : { visits: seen }),
    ...(involved === undefined || isSame(involved, after.engagements) ? {} : { engagements: involved }),
    ...(watched === undefined || isSame(watched, after.risks) ? {} : { risks: watched }),
    ...(handled === undefined || isSame(handled, after.cases) ? {} : { cases: handled }),
  };
}

/** The places that a patch changes, by name: `obligation:x/penalty/rate`, `life/disputes/y/negotiationDays`, `term:z`. */
function placesOf(agreement: CompiledAgreement, patch: CompiledPatch): string[] {
  const duties = patch.obligations.flatMap((rule) => {
    const was = ofId(agreement.obligations, rule.id);
    const name = `obligation:${rule.id}`;
    return was ? dutyPlaces(was, rule).map((place) => `${name}/${place}`) : [name];
  });
  const { life } = agreement;
  const ofLife = !patch.life ? [] : life ? lifePlaces(life, patch.life).map((place) => `life/${place}`) : ['life'];
  return [
    ...duties,
    ...patch.removed.map((id) => `obligation:${id}`),
    ...(patch.expiresOn === undefined ? [] : ['expiry']),
    ...ofLife,
    ...surveyPlaces(agreement, patch),
    ...rulePlaces('training', agreement.trainings, patch.trainings),
    ...rulePlaces('evaluation', agreement.evaluations, patch.evaluations),
    ...rulePlaces('goal', agreement.goals, patch.goals),
    ...rulePlaces('visit', agreement.visits, patch.visits),
    ...rulePlaces('engagement', agreement.engagements, patch.engagements),
    ...rulePlaces('risk', agreement.risks, patch.risks),
    ...rulePlaces('case', agreement.cases, patch.cases),
    ...patch.terms.map((term) => `term:${term}`),
  ];
}

function surveyPlaces(agreement: CompiledAgreement, { surveys, improvement }: CompiledPatch): string[] {
  const [was, is] = [byId(agreement.surveys ?? []), byId(surveys ?? agreement.surveys ?? [])];
  const asked = changedIn(was ?? {}, is ?? {}).flatMap((id) => {
    const [rule, next] = [was?.[id], is?.[id]];
    const inner = isFields(rule) && isFields(next) ? changedIn(rule, next) : null;
    return inner ? inner.map((field) => `survey:${id}/${field}`) : [`survey:${id}`];
  });
  const better = improvement ? changedIn({ ...agreement.improvement }, { ...improvement }) : [];
  return [...asked, ...better.map((field) => `improvement/${field}`)];
}

/** Places of rules that are agreed on field by field: `goal:overall-score/target`. */
function rulePlaces(kind: string, before: object[] = [], after: object[] | undefined): string[] {
  const [was, is] = [byId(before), byId(after ?? before)];
  return changedIn(was ?? {}, is ?? {}).flatMap((id) => {
    const [rule, next] = [was?.[id], is?.[id]];
    const inner = isFields(rule) && isFields(next) ? changedIn(rule, next) : null;
    return inner ? inner.map((field) => `${kind}:${id}/${field}`) : [`${kind}:${id}`];
  });
}

function dutyPlaces(was: CompiledObligation, is: CompiledObligation): string[] {
  if (was.rule !== is.rule) return ['rule'];
  const [from, to] = [dutyFields(was), dutyFields(is)];
  const places = changedIn(from, to).flatMap((field) => {
    const [one, other] = [from[field], to[field]];
    const isOpen = PARTS_OF_DUTY.includes(field) && isFields(one) && isFields(other);
    return isOpen ? changedIn(one, other).map((inner) => `${field}/${inner}`) : [field];
  });
  return was.responsible === is.responsible ? places : [...places, ...WITH_OWNER.map((one) => one.replace('.', '/'))];
}

function lifePlaces(was: CompiledLife, is: CompiledLife): string[] {
  const [from, to] = [fieldsOf(was), fieldsOf(is)];
  return changedIn(from, to).flatMap((part) => {
    const [one, other] = [byId(from[part]), byId(to[part])];
    if (one && other) {
      return changedIn(one, other).flatMap((id) => {
        const [rule, next] = [one[id], other[id]];
        const inner = isFields(rule) && isFields(next) ? changedIn(rule, next) : null;
        return inner ? inner.map((field) => `${part}/${id}/${field}`) : [`${part}/${id}`];
      });
    }
    const [whole, next] = [from[part], to[part]];
    return isFields(whole) && isFields(next) ? changedIn(whole, next).map((field) => `${part}/${field}`) : [part];
  });
}

function mergedDuty(was: CompiledObligation, is: CompiledObligation, next: CompiledObligation): CompiledObligation {
  if (was.rule !== next.rule || was.rule !== is.rule) return isSame(was, next) ? is : next;
  const [base, current, wanted] = [dutyFields(was), dutyFields(is), dutyFields(next)];
  const fields = laidOver(base, current, wanted);
  for (const part of PARTS_OF_DUTY) {
    const [one, two, three] = [base[part], current[part], wanted[part]];
    if (isFields(one) && isFields(two) && isFields(three)) fields[part] = laidOver(one, two, three);
  }
  const { day, ...clock } = fields['deadline'] as Fields;
  const [anchor, offset] = day as [unknown, unknown];
  return { ...fields, deadline: { ...clock, anchor, offset } } as unknown as CompiledObligation;
}

function mergedLife(was: CompiledLife, is: CompiledLife, next: CompiledLife): CompiledLife {
  const [base, current, wanted] = [fieldsOf(was), fieldsOf(is), fieldsOf(next)];
  const fields = laidOver(base, current, wanted);
  for (const part of changedIn(base, wanted)) {
    const [one, two, three] = [byId(base[part]), byId(current[part]), byId(wanted[part])];
    if (one && two && three) fields[part] = Object.values(mergedRules(one, two, three));
    else {
      const [whole, now, then] = [base[part], current[part], wanted[part]];
      if (isFields(whole) && isFields(now) && isFields(then)) fields[part] = laidOver(whole, now, then);
    }
  }
  return fields as unknown as CompiledLife;
}

function mergedSurveys(was: CompiledSurvey[], is: CompiledSurvey[], next: CompiledSurvey[]): CompiledSurvey[] {
  const merged = mergedRules(byId(was) ?? {}, byId(is) ?? {}, byId(next) ?? {});
  return Object.values(merged) as CompiledSurvey[];
}

function mergedById<T extends { id: string }>(was: T[], is: T[], next: T[]): T[] {
  return Object.values(mergedRules(byId(was) ?? {}, byId(is) ?? {}, byId(next) ?? {})) as T[];
}

function mergedRules(was: Fields, is: Fields, next: Fields): Fields {
  const rules = laidOver(was, is, next);
  for (const id of Object.keys(rules)) {
    const [one, two, three] = [was[id], is[id], next[id]];
    if (isFields(one) && isFields(two) && isFields(three)) rules[id] = laidOver(one, two, three);
  }
  return rules;
}

/** `current`, with those fields as in `wanted` that differ there from `base`. */
function laidOver(base: Fields, current: Fields, wanted: Fields): Fields {
  const changed = changedIn(base, wanted);
  const fields = Object.keys({ ...current, ...wanted }).flatMap((field) => {
    const from = changed.includes(field) ? wanted : current;
    return field in from ? [[field, from[field]] as const] : [];
  });
  return Object.fromEntries(fields);
}

function changedIn(was: Fields, is: Fields): string[] {
  return Object.keys({ ...was, ...is }).filter(
    (field) => !isSame([was[field]], [is[field]]) || field in was !== field in is,
  );
}

/** Day 0 and the period from it belong together: they are one field here. */
function dutyFields(rule: CompiledObligation): Fields {
  const { anchor, offset, ...clock } = rule.deadline;
  return { ...rule, deadline: { ...clock, day: [anchor, offset] } };
}

/** Rules of the life by their ids; undefined where it is no list of such. */
function byId(value: unknown): Fields | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value.map((rule: unknown) => [isFields(rule) ? rule['id'] : undefined, rule] as const);
  const ids = entries.map(([id]) => id);
  const isNamed = ids.every((id) => typeof id === 'string') && ids.every((id, at) => ids.indexOf(id) === at);
  return isNamed ? (Object.fromEntries(entries) as Fields) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(life: CompiledLife): Fields {
  return { ...life };
}

function ofId(rules: readonly CompiledObligation[], id: string): CompiledObligation | undefined {
  return rules.find((rule) => rule.id === id);
}

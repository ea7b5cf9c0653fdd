import type { Contradiction } from './contradiction.ts';
import { contradiction, seatsOf, termNamed, valueInForce } from './contradiction.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import { isNamed } from './survey-dimensions.ts';
import { measureTerm } from './survey-schema.ts';

type SurveyRule = Extract<Rule, { kind: 'survey' }>;
type ImprovementRule = Extract<Rule, { kind: 'improvement' }>;
type Path = (string | number)[];

/** Seats that nobody has. */
function checkWho(template: Template, named: [path: Path, seat: string | undefined][]): Contradiction[] {
  const seats = seatsOf(template);
  return named.flatMap(([path, seat]) =>
    seat === undefined || seats.includes(seat) || termNamed(template, seat)
      ? []
      : contradiction(path, `当事方或岗位之一：${seats.join('、')}`, `a party or a seat: ${seats.join(', ')}`),
  );
}

/** Duties that a step fulfils: they are there, and are not the survey's own. */
function checkDuties(
  template: Template,
  named: [path: Path, obligation: string | undefined][],
  own: string | null,
): Contradiction[] {
  const ids = template.obligations.map(({ id }) => id).filter((id) => id !== own);
  return named.flatMap(([path, obligation]) =>
    obligation === undefined || ids.includes(obligation)
      ? []
      : contradiction(path, `义务之一：${ids.join('、')}`, `the id of another obligation: ${ids.join(', ')}`),
  );
}

function all(path: Path, seats: readonly string[] | undefined): [Path, string][] {
  return (seats ?? []).map((seat, place) => [[...path, place], seat]);
}

/** What the text names, twice under one id, or missing from the term that lists what is in force. */
function checkAsked(template: Template, rule: SurveyRule, at: Path): Contradiction[] {
  const parts = rule.asks.flatMap((ask, index) =>
    ask.parts.map((part, place) => ({ part, path: [...at, 'asks', index, 'parts', place] })),
  );
  const twice = (ids: readonly string[], pathOf: (index: number) => Path): Contradiction[] =>
    ids.flatMap((id, index) =>
      ids.indexOf(id) === index
        ? []
        : contradiction(
            [...pathOf(index), 'id'],
            `只用一次的编号，${id} 已用过`,
            `an id used once, not a second ${id}`,
          ),
    );
  const unlisted = (
    name: string | undefined,
    one: SurveyRule['asks'][number]['parts'][number],
    path: Path,
  ): Contradiction[] => {
    const value = valueInForce(termNamed(template, name));
    if (!Array.isArray(value) || value.some((word) => isNamed(one, String(word)))) return [];
    return [
      contradiction(
        [...path, 'title'],
        `${name ?? ''} 的值中列有的名称，否则问卷不含此项`,
        `a title that the value of ${name ?? ''} lists, or it is not asked about`,
      ),
    ];
  };
  return [
    ...twice(
      rule.asks.map(({ id }) => id),
      (index) => [...at, 'asks', index],
    ),
    ...twice(
      parts.map(({ part }) => part.id),
      (index) => parts[index]?.path ?? at,
    ),
    ...rule.asks.flatMap((ask, index) => [
      ...unlisted(rule.dimensions, ask, [...at, 'asks', index]),
      ...ask.parts.flatMap((part, place) => unlisted(ask.items, part, [...at, 'asks', index, 'parts', place])),
    ]),
  ];
}

/** A team is a seat that somebody fills; a method and a sample are terms that say them. */
function checkGates({ gates }: SurveyRule, at: Path): Contradiction[] {
  return gates.flatMap(({ gate, seat, term }, index) => {
    const needed = gate === 'team' ? seat : term;
    if (needed !== undefined) return [];
    return gate === 'team'
      ? contradiction([...at, 'gates', index], '写明岗位的 seat', 'seat: the seat that must be filled')
      : contradiction([...at, 'gates', index], '写明条款参数的 term', 'term: the term that must have a value');
  });
}

function checkTarget(template: Template, { targetMeasure }: SurveyRule, at: Path): Contradiction[] {
  const name = measureTerm(targetMeasure);
  const term = termNamed(template, name);
  const isKnown =
    term?.type === 'enum' && term.options.every(({ value }) => value === 'score' || value === 'satisfied');
  if (name === undefined || isKnown) return [];
  return [
    contradiction(
      [...at, 'targetMeasure'],
      'score、satisfied，或以二者为选项的条款参数',
      'score, satisfied, or a term with these two as its options',
    ),
  ];
}

function checkSurvey(template: Template, rule: SurveyRule, index: number): Contradiction[] {
  const at: Path = ['rules', index];
  const { fulfils, report, findings, obligation } = rule;
  const earlier = template.rules
    .slice(0, index)
    .some((one) => one.kind === 'survey' && one.cycle && one.obligation === obligation);
  const hasImprovement = template.rules.some(({ kind }) => kind === 'improvement');
  return [
    ...(rule.cycle && earlier
      ? [
          contradiction(
            [...at, 'obligation'],
            `尚无调查的义务；${obligation} 已有一项`,
            `a duty that no other survey is about, not ${obligation}`,
          ),
        ]
      : []),
    ...checkWho(template, [
      ...all([...at, 'dateAgreedBy', 'seats'], rule.dateAgreedBy?.seats),
      ...rule.gates.map(({ seat }, place): [Path, string | undefined] => [[...at, 'gates', place, 'seat'], seat]),
      [[...at, 'report', 'by'], report?.by],
      ...all([...at, 'report', 'to'], report?.to),
    ]),
    ...checkDuties(
      template,
      [
        [[...at, 'fulfils', 'date'], fulfils.date],
        [[...at, 'fulfils', 'audience'], fulfils.audience],
        [[...at, 'fulfils', 'report'], fulfils.report],
      ],
      obligation,
    ),
    ...(findings && !hasImprovement
      ? [
          contradiction(
            [...at, 'findings'],
            '同时有 improvement 规则，否则问题无处改进',
            'a rule of kind improvement beside it, or findings lead nowhere',
          ),
        ]
      : []),
    ...checkAsked(template, rule, at),
    ...checkGates(rule, at),
    ...checkTarget(template, rule, at),
  ];
}

function checkImprovement(template: Template, rule: ImprovementRule, index: number): Contradiction[] {
  const at: Path = ['rules', index];
  const isSecond = template.rules.findIndex(({ kind }) => kind === 'improvement') < index;
  return [
    ...(isSecond
      ? [contradiction([...at, 'kind'], '每份模板至多一条 improvement 规则', 'at most one rule of kind improvement')]
      : []),
    ...checkWho(template, [
      ...all([...at, 'departments'], rule.departments),
      [[...at, 'classifier'], rule.classifier],
      ...all([...at, 'approvers', 'seats'], rule.approvers?.seats),
      [[...at, 'checks', 'by'], rule.checks?.by],
    ]),
    ...checkDuties(template, [[[...at, 'fulfils'], rule.fulfils]], null),
  ];
}

/** What rules of surveys and improvements name and is not there, or contradicts itself. */
export function checkSurveys(template: Template): Contradiction[] {
  return template.rules.flatMap((rule, index) => {
    if (rule.kind === 'survey') return checkSurvey(template, rule, index);
    return rule.kind === 'improvement' ? checkImprovement(template, rule, index) : [];
  });
}

import { basename } from 'node:path';
import { referenceOf } from '../domain/agreement/reference.ts';
import type { Plan } from '../templates/plan.ts';
import { planDraft } from '../templates/draft.ts';
import type { Language } from './output.ts';
import { language, print, printJson, table } from './output.ts';
import { readScenario } from './scenario.ts';
import { termText } from './term-text.ts';

const WORDS = {
  zh: {
    calendar: '日历',
    provisional: '起为暂定',
    dues: ['到期日', '义务', '责任方', '条款'],
    afterSigning: '签署后',
    after: '待',
    reminders: '提醒',
    terms: ['条款参数', '取值', '来源'],
    given: '约定',
    notAgreed: '未约定',
    open: '尚未确定',
    affects: '影响',
    origins: { fixed: '原文', blank: '空白', vague: '原文不明，我方默认', proposal: '我方默认' },
  },
  en: {
    calendar: 'calendar',
    provisional: 'provisional from',
    dues: ['due on', 'obligation', 'owed by', 'clauses'],
    afterSigning: 'after signing',
    after: 'after',
    reminders: 'reminders',
    terms: ['term', 'value', 'from'],
    given: 'agreed',
    notAgreed: 'not agreed',
    open: 'open',
    affects: 'decides about',
    origins: { fixed: 'the text', blank: 'left blank', vague: 'text silent, our default', proposal: 'our default' },
  },
};

/** A plan for people. */
function planText(plan: Plan, lang: Language): string[] {
  const words = WORDS[lang];
  const { id, version, provisionalFrom } = plan.calendar;
  const provisional =
    lang === 'zh' ? `${provisionalFrom} ${words.provisional}` : `${words.provisional} ${provisionalFrom}`;
  const dues = plan.obligations.map((one) => [
    one.localDate ??
      (one.after === 'signing' || one.after === 'effect' ? words.afterSigning : `${words.after} ${one.after ?? ''}`),
    `${referenceOf({ obligation: one.id, occurrence: one.occurrence })} ${one.title[lang]}`,
    one.responsible,
    one.clauses.join(' '),
  ]);
  const details = plan.obligations.flatMap((one) => [
    '',
    `${referenceOf({ obligation: one.id, occurrence: one.occurrence })}:`,
    ...one.explanation.map((step) => `  ${step[lang]}`),
    ...(one.reminders.length > 0 ? [`  ${words.reminders}:`] : []),
    ...one.reminders.map(({ at, to, rung }) => `    ${at}  ${rung}  ${to}`),
  ]);
  const open = new Set(plan.open.map(({ term }) => term));
  const terms = plan.terms
    .filter(({ name }) => !open.has(name))
    .map(({ name, value, origin, given }) => [
      name,
      termText(value, words.notAgreed),
      given ? words.given : words.origins[origin],
    ]);
  return [
    `${plan.template}  ${plan.zone}  ${words.calendar} ${id}@${version} (${provisional})`,
    '',
    ...table(words.dues, dues),
    ...details,
    '',
    ...table(words.terms, terms),
    ...(plan.open.length > 0 ? ['', `${words.open}:`] : []),
    ...plan.open.map(
      ({ term, clauses, affects }) => `  ${term} (${clauses.join(' ')}) ${words.affects} ${affects.join(', ')}`,
    ),
  ];
}

/**
 * `abide plan SCENARIO [--ics]`: what falls due when; starts nothing. Throws CommandFailed when the scenario is not valid.
 */
export async function runPlan(file: string, { json, ics }: { json: boolean; ics: boolean }): Promise<number> {
  const { draft, dayZero, until } = readScenario(file);
  const plan = planDraft(draft, dayZero, until ?? undefined);
  const lang = language();
  if (ics) {
    const { planCalendar } = await import('./ics.ts');
    process.stdout.write(planCalendar(plan, { draft, source: basename(file), nowMs: Date.now(), lang }));
  } else if (json) printJson(plan);
  else print(...planText(plan, lang));
  return 0;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyCommand } from '../../domain/survey/command.ts';
import type { SurveyState } from '../../domain/survey/state.ts';
import { surveyRules } from '../../domain/survey/survey.ts';
import { addDays } from '../../domain/local-date.ts';
import { instantAt } from '../../domain/zone.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { paper } from '../support/life.ts';
import { type ActOf, MACHINE } from '../support/process-life.ts';
import { cycle, figuresOf, improvementRule, questionnaireOf, sampleOf, surveyOf } from '../support/survey-life.ts';

type Act = ActOf<SurveyCommand>;

const DAY0 = '2026-07-01';
const MEANS = { 'product-quality': '4.2', 'service-efficiency': '2.4', 'service-attitude': '4.5', communication: '1' };
const letter = fc.constantFrom('a', 'b', 'c');
const date = fc.integer({ min: 0, max: 100 }).map((days) => addDays(DAY0, days));
const weights = fc.constantFrom<Record<string, string>>(
  {},
  { 'product-quality': '1' },
  { 'product-quality': '0.4', 'service-efficiency': '0.2', 'service-attitude': '0.2', communication: '0.2' },
);

/** Whatever anybody, or a machine, may ask for. */
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    type: fc.constant('design' as const),
    questionnaire: fc
      .tuple(letter, weights)
      .map(([one, weighed]) => questionnaireOf(undefined, { sha256: one.repeat(64), weights: weighed })),
  }),
  fc.record({ type: fc.constant('approve-questionnaire' as const), version: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ type: fc.constantFrom('propose-date' as const, 'accept-date' as const), date }),
  fc.record({
    type: fc.constant('draw' as const),
    sample: fc.tuple(letter, fc.nat(2)).map(([one, drawn]) => sampleOf({ sha256: one.repeat(64), drawn })),
  }),
  fc.constant<Act>({ type: 'publish', channels: [] }),
  fc.constant<Act>({ type: 'close' }),
  fc.constantFrom<Act>({ type: 'release', documents: [] }, { type: 'release', documents: [paper()] }),
  fc.record({ type: fc.constant('set-weights' as const), weights }),
  fc.record({
    type: fc.constant('raise' as const),
    finding: fc.constantFrom('queue', 'service-efficiency'),
    dimension: fc.constantFrom(null, 'communication', 'price'),
    frequency: fc.integer({ min: 1, max: 9 }),
    severity: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    type: fc.constant('answers' as const),
    cursor: fc.nat(500).map(String),
    answered: fc.nat(300),
    late: fc.nat(9),
  }),
  fc.record({
    type: fc.constant('invited' as const),
    wave: fc.nat(3),
    sent: fc.nat(300),
    unreachable: fc.nat(9),
  }),
  fc.nat(300).map((answered): Act => ({
    type: 'analysed',
    figures: figuresOf(MEANS, answered),
    answersSha256: 'f'.repeat(64),
  })),
  fc.option(date, { freq: 3 }).map((localDate): Act => ({
    type: 'due-moved',
    due: localDate === null ? null : { dueAtMs: instantAt(zoneData('Asia/Shanghai'), localDate, '24:00'), localDate },
  })),
);
const end = fc.constantFrom<Act>({ type: 'duty-done' }, { type: 'agreement-over' });

/** The way of a cycle that comes to its end, among which anything may happen. */
const WAY: [seat: string, act: Act][] = [
  ['B', { type: 'design', questionnaire: questionnaireOf() }],
  ['A', { type: 'approve-questionnaire', version: 1 }],
  ['A', { type: 'propose-date', date: '2026-07-20' }],
  ['B', { type: 'accept-date', date: '2026-07-20' }],
  ['B', { type: 'draw', sample: sampleOf() }],
  ['B', { type: 'publish', channels: [] }],
  ['B', { type: 'close' }],
  ['machine', { type: 'analysed', figures: figuresOf(MEANS, 90), answersSha256: 'f'.repeat(64) }],
  ['B', { type: 'release', documents: [paper()] }],
];

const step = fc.record({
  days: fc.nat(5),
  time: fc.constantFrom('00:00', '09:00', '23:59'),
  seat: fc.constantFrom('A', 'B', 'coordinator', 'machine'),
  onBehalfOf: fc.constantFrom(undefined, 'A', 'B'),
  /** It comes to light after time has gone on. */
  isLate: fc.boolean(),
  act: fc.oneof(
    { arbitrary: fc.constant('on its way' as const), weight: 20 },
    { arbitrary: act, weight: 15 },
    { arbitrary: end, weight: 1 },
  ),
});

/** What does not change any more once it is published. */
function frozen({ version, questionnaire, sample, publishedAtMs, closes, agreedDate }: SurveyState) {
  return { version, questionnaire, sample, publishedAtMs, closes, agreedDate };
}

describe('In whatever order things are asked for', () => {
  it('nothing throws; what is published stays; counts never fall; each thing that happens once happens once', () => {
    const ends: Record<string, number> = {};
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 50, size: 'max' }),
        fc.record({ dated: fc.boolean(), approved: fc.boolean(), minimum: fc.constantFrom(null, 30) }),
        (steps, { dated, approved, minimum }) => {
          const survey = surveyOf({
            dateAgreedBy: { seats: dated ? ['A', 'B'] : [], clauses: ['S000-28'] },
            approvers: { seats: approved ? ['A'] : [], clauses: ['S004-03'] },
            minimumSample: minimum,
            findings: { below: '0.6', clauses: ['S000-23'] },
            fulfils: { date: 'survey-date', audience: 'survey-support', report: 'analysis-report' },
            report: { by: 'B', to: ['A'], acknowledged: true, clauses: ['S000-29'] },
          });
          const life = cycle(survey, { improvement: improvementRule() });
          let day = DAY0;
          let reached = 0;
          for (const { days, time, onBehalfOf, isLate, ...asks } of steps) {
            const next = asks.act === 'on its way' ? WAY[reached % WAY.length] : undefined;
            if (next) reached += 1;
            const [seat, asked] = next ?? [asks.seat, asks.act as Act];
            const before = life.state;
            const wasOver = life.isOver;
            const count = life.events.length;
            day = addDays(day, days);
            if (isLate) life.until(`${day} ${time}`);
            const at = `${isLate ? addDays(day, -1) : day} ${time}`;
            const actor =
              seat === 'machine'
                ? MACHINE
                : life.actor(seat, seat === 'coordinator' && onBehalfOf !== undefined ? { onBehalfOf } : {});
            if (!isLate) life.until(at);
            life.receive(at, actor, asked);

            if (before.publishedAtMs !== null) expect(frozen(life.state)).toEqual(frozen(before));
            expect(life.state.answered).toBeGreaterThanOrEqual(before.answered);
            expect(life.state.late).toBeGreaterThanOrEqual(before.late);
            expect(Number(life.state.cursor)).toBeGreaterThanOrEqual(Number(before.cursor));
            if (wasOver) expect(life.events).toHaveLength(count);
          }
          const happened = (type: string) => life.events.filter((event) => event.type === type).length;
          for (const type of ['published', 'closed', 'analysed', 'report-released', 'cancelled', 'ended']) {
            expect(happened(`survey-${type}`), type).toBeLessThanOrEqual(1);
          }
          const names = life.state.findings.map(({ finding }) => finding);
          expect(names).toEqual([...new Set(names)]);
          const told = life.errandsOf('tell').map(({ workflowId, command }) => `${workflowId}: ${command.id}`);
          expect(told).toEqual([...new Set(told)]);
          expect(life.events.map(({ sequence }) => sequence)).toEqual(life.events.map((_, index) => index + 1));
          // What is known of it is JSON, and follows from its events alone.
          expect(JSON.parse(JSON.stringify(life.state))).toStrictEqual(life.state);
          const again = life.events.reduce<SurveyState>(
            (state, event) => ({ ...surveyRules.evolve(state, event), sequence: event.sequence }),
            surveyRules.initial(life.state.input),
          );
          expect({ ...again, delivery: null }).toEqual({ ...life.state, delivery: null });
          ends[life.status] = (ends[life.status] ?? 0) + 1;
        },
      ),
      { numRuns: 400 },
    );
    // The lives that were drawn come to every place.
    expect(Object.keys(ends).sort()).toEqual(
      ['analysed', 'cancelled', 'closed', 'elsewhere', 'missed', 'open', 'planned', 'reported'].sort(),
    );
  });
});

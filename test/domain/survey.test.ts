import { describe, expect, it } from 'vitest';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { fold } from '../../domain/agreement/fold.ts';
import type { SurveyCommand } from '../../domain/survey/command.ts';
import type { CompiledSurvey } from '../../domain/survey/compiled.ts';
import { Life, agreementOf, duty, paper } from '../support/life.ts';
import type { ActOf } from '../support/process-life.ts';
import {
  type Cycle,
  cycle,
  figuresOf,
  improvementRule,
  measuresOf,
  questionnaireOf,
  sampleOf,
  surveyOf,
} from '../support/survey-life.ts';

type Act = ActOf<SurveyCommand>;

const DESIGN = { type: 'design', questionnaire: questionnaireOf() } as const;
const DRAW = { type: 'draw', sample: sampleOf() } as const;
const PUBLISH: Act = { type: 'publish', channels: [] };
const CLOSE: Act = { type: 'close' };
const RELEASE: Act = { type: 'release', documents: [paper()] };

const GOOD = { 'product-quality': '4.2', 'service-efficiency': '4.1', 'service-attitude': '4.5', communication: '4' };

function answers(cursor: number, answered: number, late = 0) {
  return { type: 'answers', cursor: String(cursor), answered, late } as const;
}

function analysed(figures = figuresOf(GOOD)) {
  return { type: 'analysed', figures, answersSha256: 'c'.repeat(64) } as const;
}

/** Designed and drawn by B, with nothing else in the way. */
function ready(survey: CompiledSurvey = surveyOf(), change: Parameters<typeof cycle>[1] = {}): Cycle {
  return cycle(survey, change).act('2026-07-02 10:00', 'B', DESIGN).act('2026-07-02 11:00', 'B', DRAW);
}

function open(survey: CompiledSurvey = surveyOf(), change: Parameters<typeof cycle>[1] = {}): Cycle {
  return ready(survey, change).act('2026-07-06 10:00', 'B', PUBLISH);
}

/** Closed by its time on 2026-07-20, and analysed a minute later. */
function done(survey: CompiledSurvey = surveyOf(), change: Parameters<typeof cycle>[1] = {}): Cycle {
  return open(survey, change).tell('2026-07-21 00:01', analysed());
}

describe('A cycle of a survey, from the questionnaire to the report', () => {
  it('runs as S000 says: designed, drawn, published, answered, closed by its time, analysed, reported (S000-18, S000-29)', () => {
    const life = done().act('2026-07-24 15:00', 'B', RELEASE);
    expect(life.story()).toEqual([
      'survey-planned 2026-07-01T09:00',
      'questionnaire-designed 2026-07-02T10:00',
      'sample-drawn 2026-07-02T11:00',
      'survey-published 2026-07-06T10:00',
      'survey-reminder-due 2026-07-13T09:00',
      'survey-reminder-due 2026-07-17T09:00',
      'survey-closed 2026-07-21T00:00',
      'survey-analysed 2026-07-21T00:01',
      'survey-report-released 2026-07-24T15:00',
    ]);
    expect(life.mail()).toEqual([
      '2026-07-06T10:00 survey-published A',
      '2026-07-06T10:00 survey-published B',
      '2026-07-24T15:00 survey-report-released A',
    ]);
    expect(life.errands.map(({ kind }) => kind)).toEqual(['invite', 'invite', 'invite', 'analyse', 'tell']);
    expect(life.status).toBe('reported');
    expect(
      life.events.every(({ obligation, occurrence }) => `${obligation}#${occurrence}` === life.state.input.reference),
    ).toBe(true);
  });

  it('closes by hand before its time, by whoever publishes', () => {
    const life = open().act('2026-07-10 12:00', 'A', CLOSE).act('2026-07-10 12:00', 'B', CLOSE);
    expect(life.rejections).toEqual([{ at: '2026-07-10 12:00', code: 'not-responsible' }]);
    expect(life.errandsOf('analyse')).toEqual([{ kind: 'analyse', closedAtMs: life.ms('2026-07-10 12:00') }]);
    expect(life.next).toBeUndefined();
    expect(life.act('2026-07-10 13:00', 'B', CLOSE).rejections.at(-1)?.code).toBe('survey-closed');
  });

  it('is entered by the coordinator for the one who owes it, and by nobody else', () => {
    const life = cycle()
      .act('2026-07-02', 'A', DESIGN)
      .act('2026-07-02', 'coordinator', DESIGN)
      .act('2026-07-02', 'coordinator', DESIGN, { onBehalfOf: 'B' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-responsible', 'not-responsible']);
    expect(life.last('questionnaire-designed')).toMatchObject({
      version: 1,
      actor: { seat: 'coordinator', onBehalfOf: 'B' },
    });
  });
});

describe('What must be there before it is published', () => {
  it('S000-25: each of the four dimensions has a scored question; refused as it is designed', () => {
    const questionnaire = questionnaireOf({ 'product-quality': 3, 'service-efficiency': 1, 'service-attitude': 1 });
    const life = cycle().act('2026-07-02', 'B', { type: 'design', questionnaire });
    expect(life.refusals).toEqual([
      { rejected: 'dimension-missing', message: 'no scored question for communication', clauses: ['S000-25'] },
    ]);
    expect(life.act('2026-07-02', 'B', PUBLISH).refusals.at(-1)).toMatchObject({
      rejected: 'questionnaire-missing',
      clauses: ['S000-07', 'S000-18', 'S000-25'],
    });
  });

  it('S004-08, S004-09: each sub-indicator has a question of its own', () => {
    const survey = surveyOf({
      dimensions: [
        {
          id: 'service-quality',
          clauses: ['S004-08'],
          parts: ['response-speed', 'professionalism', 'problem-solving'],
        },
        { id: 'product-quality', clauses: ['S004-09'], parts: ['performance'] },
      ],
    });
    const questionnaire = questionnaireOf(
      { 'service-quality': 2, 'product-quality': 1 },
      { parts: { 'response-speed': 1, professionalism: 1, performance: 1 } },
    );
    const life = cycle(survey).act('2026-07-02', 'B', { type: 'design', questionnaire });
    expect(life.refusals).toEqual([
      {
        rejected: 'dimension-missing',
        message: 'no scored question for service-quality/problem-solving',
        clauses: ['S004-08'],
      },
    ]);
    const parts = { ...questionnaire.parts, 'problem-solving': 1 };
    life.act('2026-07-02', 'B', { type: 'design', questionnaire: { ...questionnaire, parts } });
    expect(life.state.version).toBe(1);
  });

  it('S004-03, S004-30: the version that is shown is approved, each approver for itself; a new version anew', () => {
    const survey = surveyOf({ approvers: { seats: ['A', 'B'], clauses: ['S004-03'] } });
    const second = { ...DESIGN, questionnaire: questionnaireOf(undefined, { sha256: 'd'.repeat(64) }) };
    const life = ready(survey).act('2026-07-02 12:00', 'B', PUBLISH);
    expect(life.refusals.at(-1)).toEqual({
      rejected: 'questionnaire-not-approved',
      message: 'version 1 of the questionnaire has not been approved by A',
      clauses: ['S004-03'],
    });
    life
      .act('2026-07-02 12:00', 'coordinator', { type: 'approve-questionnaire', version: 1 }, { onBehalfOf: 'A' })
      .act('2026-07-02 12:00', 'A', { type: 'approve-questionnaire', version: 1 })
      .act('2026-07-02 13:00', 'B', second)
      .act('2026-07-02 14:00', 'A', { type: 'approve-questionnaire', version: 1 })
      .act('2026-07-02 14:00', 'B', PUBLISH)
      .act('2026-07-02 14:00', 'A', { type: 'approve-questionnaire', version: 2 })
      .act('2026-07-02 14:00', 'A', { type: 'approve-questionnaire', version: 2 })
      .act('2026-07-02 14:00', 'B', PUBLISH);
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'questionnaire-not-approved',
      'not-responsible',
      'nothing-to-approve',
      'questionnaire-not-approved',
    ]);
    expect(life.story().filter((line) => line.startsWith('questionnaire-approved'))).toHaveLength(2);
    expect(life.mail().slice(0, 2)).toEqual([
      '2026-07-02T10:00 survey-approval-request A',
      '2026-07-02T13:00 survey-approval-request A',
    ]);
    expect(life.last('survey-published').version).toBe(2);
  });

  it('saved again unchanged, a questionnaire stays the version that was approved', () => {
    const life = ready().act('2026-07-02 12:00', 'B', DESIGN);
    expect(life.state.version).toBe(1);
    const weights = {
      'product-quality': '0.4',
      'service-efficiency': '0.2',
      'service-attitude': '0.2',
      communication: '0.2',
    };
    life.act('2026-07-02 12:00', 'B', { type: 'design', questionnaire: questionnaireOf(undefined, { weights }) });
    expect(life.state.version).toBe(2);
  });

  it('S001b-03: nobody in the survey team, no survey', () => {
    const team = { gate: 'team' as const, clauses: ['S001b-03'], seat: 'survey-team' };
    const life = open(surveyOf({ gates: [team] }));
    expect(life.refusals).toEqual([
      {
        rejected: 'team-missing',
        message: 'quarterly-survey#2026-Q3: nobody fills survey-team',
        clauses: ['S001b-03'],
      },
    ]);
    const filled = open(surveyOf({ gates: [team] }), {
      seats: ['A', 'B', 'coordinator', 'survey-team'],
      seatParties: { 'survey-team': 'A' },
    });
    expect(filled.status).toBe('open');
  });

  it('S003-S-16: the form states the evaluation method and the customers sampled', () => {
    const gates: CompiledSurvey['gates'] = [
      { gate: 'method', clauses: ['S003-S-16'], isGiven: false },
      { gate: 'sample', clauses: ['S003-S-16'] },
    ];
    const life = cycle(surveyOf({ gates, clauses: ['S003-S-08'] }))
      .act('2026-07-02', 'B', DESIGN)
      .act('2026-07-02', 'B', PUBLISH)
      .act('2026-07-02', 'B', DRAW)
      .act('2026-07-02', 'B', PUBLISH);
    expect(life.refusals.map(({ rejected, clauses }) => [rejected, clauses])).toEqual([
      ['sample-missing', ['S003-S-16', 'S000-27']],
      ['method-missing', ['S003-S-16']],
    ]);
  });

  it('S001c-08: a group without customers is no sample', () => {
    const life = cycle().act('2026-07-02', 'B', { type: 'draw', sample: sampleOf({ population: 0, drawn: 0 }) });
    expect(life.rejections).toEqual([{ at: '2026-07-02', code: 'sample-missing' }]);
  });

  it('S000-15: whoever owes the list of customers may draw, which hands it in', () => {
    const fulfils = { date: null, audience: 'survey-support', report: null };
    const duties = { 'survey-support': { responsible: 'A', parts: ['customer-list'], reviewers: [] } };
    const life = cycle(surveyOf({ fulfils }), { duties }).act('2026-07-02 10:00', 'A', DRAW);
    expect(life.errandsOf('tell').map(({ command }) => command)).toEqual([
      {
        type: 'submit',
        id: 'survey/agreement-1/quarterly-survey#2026-Q3 2 1-submit survey-support',
        receivedAtMs: life.ms('2026-07-02 10:00'),
        actor: { personId: 'person-A', seat: 'A', party: 'A', via: 'workflow' },
        obligation: 'survey-support',
        occurrence: '2026-Q3',
        documents: [],
        parts: ['customer-list'],
      },
    ]);
    const byB = cycle(surveyOf({ fulfils }), { duties }).act('2026-07-02', 'B', DRAW);
    expect(byB.state.sample).toEqual(sampleOf());
    expect(byB.errands).toEqual([]);
  });

  it('S000-26: by the methods agreed, and no others', () => {
    const life = ready().act('2026-07-06', 'B', { type: 'publish', channels: ['sms'] });
    expect(life.rejections.at(-1)?.code).toBe('not-provided');
    life.act('2026-07-06', 'B', { type: 'publish', channels: ['email', 'phone', 'email'] });
    expect(life.state.channels).toEqual(['email', 'phone']);
    expect(open(surveyOf({ channels: [] })).rejections.at(-1)?.code).toBe('not-provided');
  });

  it('after publication questionnaire, date and sample are frozen', () => {
    const life = open()
      .act('2026-07-07', 'B', { ...DESIGN, questionnaire: questionnaireOf(undefined, { sha256: 'd'.repeat(64) }) })
      .act('2026-07-07', 'B', { type: 'draw', sample: sampleOf({ sha256: 'e'.repeat(64) }) })
      .act('2026-07-07', 'B', PUBLISH)
      .act('2026-07-07', 'B', { type: 'propose-date', date: '2026-07-09' });
    expect(life.rejections.map(({ code }) => code)).toEqual(Array(4).fill('already-published'));
    expect(life.state).toMatchObject({ version: 1, questionnaire: DESIGN.questionnaire, sample: DRAW.sample });
  });
});

describe('S000-28: the date is agreed by both', () => {
  const DATED = surveyOf({
    dateAgreedBy: { seats: ['A', 'B'], clauses: ['S000-28'] },
    fulfils: { date: 'survey-date', audience: null, report: null },
  });
  const DUTIES = { duties: { 'survey-date': { responsible: 'B', parts: ['proposed-date'], reviewers: ['A', 'B'] } } };
  const propose = (date: string) => ({ type: 'propose-date', date }) as const;
  const accept = (date: string) => ({ type: 'accept-date', date }) as const;

  it('reminds whoever has not agreed, at the lead of the duty that B owes, until it is decided', () => {
    const reminded = surveyOf({
      ...DATED,
      dateAgreedBy: { seats: ['A', 'B'], clauses: ['S000-28'], reminderLeadDays: [7, 3, 1] },
    });
    const dateDue = { dueAtMs: Date.parse('2026-07-16T00:00+08:00'), localDate: '2026-07-15' };
    const isReminder = ({ kind }: { kind: string }) => kind === 'survey-date-reminder';
    const undecided = cycle(reminded, { ...DUTIES, dateDue }).until('2026-07-20');
    expect(undecided.mail(isReminder)).toEqual([
      '2026-07-08T09:00 survey-date-reminder A',
      '2026-07-10T09:00 survey-date-reminder A', // 07-12 is a Sunday
      '2026-07-14T09:00 survey-date-reminder A',
      '2026-07-15T09:00 survey-date-reminder A',
    ]);
    expect(undecided.notices.find(isReminder)).toMatchObject({ rungs: ['before-7'], clauses: ['S000-28'] });
    const decided = cycle(reminded, { ...DUTIES, dateDue })
      .act('2026-07-08 10:00', 'B', propose('2026-07-20'))
      .act('2026-07-09 10:00', 'A', accept('2026-07-20'))
      .until('2026-07-20');
    expect(decided.mail(isReminder)).toHaveLength(1);
    const suspended = cycle(reminded, { ...DUTIES, dateDue })
      .tell('2026-07-09 10:00', { type: 'due-moved', due: null, dateDue: null })
      .tell('2026-07-20 10:00', {
        type: 'due-moved',
        due: { dueAtMs: Date.parse('2026-10-12T00:00+08:00'), localDate: '2026-10-11' },
        dateDue: { dueAtMs: Date.parse('2026-07-27T00:00+08:00'), localDate: '2026-07-26' },
      })
      .until('2026-08-01');
    expect(suspended.mail(isReminder)).toEqual([
      '2026-07-08T09:00 survey-date-reminder A',
      '2026-07-23T09:00 survey-date-reminder A',
      '2026-07-24T09:00 survey-date-reminder A', // one day before and the day itself fall on a week-end, too
    ]);
    expect(cycle(DATED, DUTIES).until('2026-08-01').mail(isReminder)).toEqual([]);
  });

  it('one proposes, the other accepts that very day, and it is published on that day or after it', () => {
    const life = ready(DATED, DUTIES)
      .act('2026-07-02 12:00', 'B', PUBLISH)
      .act('2026-07-02 12:00', 'B', propose('2026-07-08'))
      .act('2026-07-02 13:00', 'B', accept('2026-07-08'))
      .act('2026-07-02 13:00', 'A', accept('2026-07-09'))
      .act('2026-07-03 09:00', 'A', accept('2026-07-08'))
      .act('2026-07-07 23:59', 'B', PUBLISH)
      .act('2026-07-08 00:00', 'B', PUBLISH);
    expect(life.refusals).toEqual([
      { rejected: 'date-not-agreed', message: 'A and B have not agreed on a date', clauses: ['S000-28'] },
      { rejected: 'own-proposal', message: 'B proposed it: another side accepts', clauses: ['S000-28'] },
      {
        rejected: 'date-not-agreed',
        message: '2026-07-08 is what has been proposed, not 2026-07-09',
        clauses: ['S000-28'],
      },
      { rejected: 'date-not-agreed', message: '2026-07-08 was agreed, today is 2026-07-07', clauses: ['S000-28'] },
    ]);
    expect(life.mail(({ kind }) => kind === 'survey-date-proposed')).toEqual([
      '2026-07-02T12:00 survey-date-proposed A',
    ]);
    expect(life.status).toBe('open');
    const told = life.errandsOf('tell').map(({ command }) => command);
    expect(told).toMatchObject([
      {
        type: 'submit',
        obligation: 'survey-date',
        occurrence: '2026-Q3',
        parts: ['proposed-date'],
        acceptedBy: ['A'],
        actor: { seat: 'B' },
      },
      { type: 'review', obligation: 'survey-date', occurrence: '2026-Q3', verdict: 'accept', actor: { seat: 'A' } },
    ]);
  });

  it('the agreement takes what it is told of it: its date is settled by both, and nobody is asked what it said already', () => {
    const life = ready(DATED, DUTIES)
      .act('2026-07-02 12:00', 'A', propose('2026-07-08'))
      .act('2026-07-03 09:00', 'B', accept('2026-07-08'));
    const review = { reviewers: ['A', 'B'], windowDays: 10, reworkDays: 10, clauses: ['S000-28'] };
    const checklist = [{ id: 'proposed-date', clauses: ['S000-28'], mayOmit: false }];
    const recurrence = { by: 'period', period: 'quarter', edge: 'start', partialFirst: true } as const;
    const agreement = new Life(
      agreementOf([duty('survey-date', 'effect', '15 days', { review, checklist, recurrence })]),
      '2026-07-01 09:00',
    ).sign('2026-07-01 09:00');
    agreement.until('2026-07-03 09:00');
    const asks: unknown[] = [];
    for (const { command } of life.errandsOf('tell')) {
      const decided = decide(command as PersonCommand, agreement.state);
      if ('rejected' in decided) throw new Error(decided.message);
      asks.push(...decided.schedule.filter(({ kind }) => kind === 'review-request'));
      agreement.state = fold(agreement.state, decided, command.receivedAtMs).state;
    }
    expect(agreement.rows()[0]).toBe('survey-date#2026-Q3 fulfilled 2026-07-16');
    expect(asks).toEqual([]);
  });

  it('naming the day that the other has proposed accepts it; the coordinator proposes for a side, and accepts for none', () => {
    const life = cycle(DATED, DUTIES)
      .act('2026-07-02', 'coordinator', propose('2026-07-08'), { onBehalfOf: 'A' })
      .act('2026-07-02', 'coordinator', accept('2026-07-08'), { onBehalfOf: 'B' })
      .act('2026-07-02', 'B', propose('2026-07-08'));
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-responsible']);
    expect(life.state.agreedDate).toBe('2026-07-08');
    // What the coordinator entered for A, A accepts in the agreement by itself.
    const told = life.errandsOf('tell').map(({ command }) => command);
    expect(told.map(({ type }) => type)).toEqual(['submit']);
    expect(told[0]).not.toHaveProperty('acceptedBy');
  });

  it('a day that has passed is none, neither proposed nor accepted', () => {
    const life = cycle(DATED)
      .act('2026-07-02', 'A', propose('2026-07-01'))
      .act('2026-07-02', 'A', propose('2026-07-03'))
      .act('2026-07-04', 'B', accept('2026-07-03'));
    expect(life.rejections.map(({ code }) => code)).toEqual(['date-passed', 'date-passed']);
  });

  it('a date that was agreed stands until both agree on another one', () => {
    const life = ready(DATED, DUTIES)
      .act('2026-07-02 12:00', 'A', propose('2026-07-08'))
      .act('2026-07-02 13:00', 'B', accept('2026-07-08'))
      .act('2026-07-03 12:00', 'A', propose('2026-08-03'));
    expect(life.state).toMatchObject({ agreedDate: '2026-07-08', date: { proposed: '2026-08-03', agreed: false } });
    life.act('2026-07-03 13:00', 'B', accept('2026-08-03'));
    expect(life.state.agreedDate).toBe('2026-08-03');
    expect(life.errandsOf('tell')).toHaveLength(2);
  });

  it('where no date is agreed, none can be', () => {
    expect(cycle().act('2026-07-02', 'A', propose('2026-07-08')).rejections.at(-1)?.code).toBe('not-provided');
  });
});

describe('Answers are taken for the days agreed', () => {
  it('fourteen days that end on National Day 2026 end on 8 October, the next working day (Civil Code 203)', () => {
    const life = ready().act('2026-09-17 10:00', 'B', PUBLISH);
    expect(life.last('survey-published').closes).toEqual({
      dueAtMs: life.ms('2026-10-08 24:00'),
      localDate: '2026-10-08',
    });
    life.until('2026-10-08 23:59');
    expect(life.status).toBe('open');
    expect(life.until('2026-10-08 24:00').status).toBe('closed');
  });

  it('reminds 7, 3 and 1 days before the close, on mornings of working days; rungs that fall together are one (S001b-06)', () => {
    const life = ready().act('2026-09-17 10:00', 'B', PUBLISH).until('2026-10-09');
    // Before 8 October: 7 days is 1 October, 3 is the 5th, 1 is the 7th: rest days all, and 30 September is the working day before.
    expect(life.errandsOf('invite').map(({ wave }) => wave)).toEqual([0, 1]);
    expect(life.last('survey-reminder-due').occurredAtMs).toBe(life.ms('2026-09-30 09:00'));
  });

  it('puts reminders off in an outage into one, and sends none after the close', () => {
    const away = open().until('2026-07-17 09:00', '2026-07-17 10:00');
    expect(away.errandsOf('invite').map(({ wave }) => wave)).toEqual([0, 1]);
    expect(away.state.remindedThroughMs).toBe(away.ms('2026-07-17 09:00'));
    const long = open().until('2026-07-21 08:00', '2026-07-21 08:00');
    expect(long.errandsOf('invite').map(({ wave }) => wave)).toEqual([0]);
    expect(long.last('survey-closed').closedAtMs).toBe(long.ms('2026-07-21 00:00'));
  });

  it('counts answers up; an older message changes nothing', () => {
    const life = open()
      .tell('2026-07-07 10:00', answers(9, 9))
      .tell('2026-07-07 10:01', answers(10, 10))
      .tell('2026-07-07 10:02', answers(9, 9))
      .tell('2026-07-07 10:03', answers(10, 10));
    expect(life.state).toMatchObject({ cursor: '10', answered: 10, late: 0 });
    expect(life.events.filter(({ type }) => type === 'survey-answered')).toHaveLength(2);
  });

  it('what comes after the close is late, and changes nothing else', () => {
    const life = open()
      .tell('2026-07-20 23:00', answers(40, 40))
      .tell('2026-07-21 09:00', answers(43, 43, 2));
    expect(life.state).toMatchObject({ status: 'closed', answered: 40, late: 2 });
    life.tell('2026-07-21 09:01', analysed(figuresOf(GOOD, 41, { late: 2 })));
    expect(life.state).toMatchObject({ status: 'analysed', answered: 41, late: 2 });
    life.tell('2026-07-22 09:00', answers(44, 43, 3));
    expect(life.state).toMatchObject({ status: 'analysed', answered: 41, late: 3 });
    expect(life.state.figures?.answered).toBe(41);
  });

  it('before publication there is nothing to answer, to close, to raise', () => {
    const raise = { type: 'raise', finding: 'f', dimension: null, frequency: 1, severity: 1 } as const;
    const life = ready().tell('2026-07-03', answers(1, 1)).act('2026-07-03', 'B', CLOSE).act('2026-07-03', 'B', raise);
    expect(life.state.answered).toBe(0);
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-published', 'not-published']);
  });

  it('keeps how many were invited, and could not be reached', () => {
    const life = open()
      .tell('2026-07-06 10:01', { type: 'invited', wave: 0, sent: 290, unreachable: 10 })
      .tell('2026-07-13 09:01', { type: 'invited', wave: 1, sent: 200, unreachable: 10 });
    expect(life.state).toMatchObject({ invited: 290, unreachable: 10 });
  });
});

describe('What the analysis brings about', () => {
  const LOW = { ...GOOD, 'service-efficiency': '2.4', communication: '3.4' };
  // 60 % of a scale from 1 to 5: 1 + 0.6 × 4 = 3.4; a mean of exactly 3.4 is not below it.
  const FINDINGS = surveyOf({ findings: { below: '0.6', clauses: ['S000-23'] } });

  it('S000-07: closed at 23:50 on the due day and analysed after midnight, it is handed in in time', () => {
    const duties = { 'quarterly-survey': { responsible: 'B', parts: ['questionnaire'], reviewers: [] } };
    const life = ready(surveyOf(), { duties })
      .act('2026-09-28 10:00', 'B', PUBLISH)
      .act('2026-09-30 23:50', 'B', CLOSE)
      .tell('2026-10-01 00:01', analysed());
    const [told] = life.errandsOf('tell').map(({ command }) => command);
    expect(told).toEqual({
      type: 'submit',
      id: `${life.state.input.workflowId} ${life.last('survey-analysed').sequence} 1-submit quarterly-survey`,
      receivedAtMs: life.ms('2026-09-30 23:50'),
      actor: { personId: 'person-B', seat: 'B', party: 'B', via: 'workflow' },
      obligation: 'quarterly-survey',
      occurrence: '2026-Q3',
      documents: [],
      parts: ['questionnaire'],
    });

    const agreement = new Life(
      agreementOf([
        duty('quarterly-survey', { on: '2026-09-30', term: 'due' }, '0 days', {
          checklist: [{ id: 'questionnaire', clauses: ['S000-18'], mayOmit: false }],
        }),
      ]),
      '2026-07-01 09:00',
    ).sign('2026-07-01 09:00');
    agreement.until('2026-10-01 00:01').receive(
      '2026-09-30 23:50',
      'B',
      {
        type: 'submit',
        obligation: 'quarterly-survey',
        documents: [],
        parts: ['questionnaire'],
      },
      { via: 'workflow' },
    );
    expect(agreement.rows()).toEqual(['quarterly-survey fulfilled 2026-09-30']);
  });

  it('S001b-48: what is low again while its improvement is under way joins it, and is no second finding', () => {
    const workflowId = 'improvement/agreement-1/quarterly-survey#2026-Q2/service-efficiency';
    const life = open(FINDINGS, { improvement: improvementRule() }).tell('2026-07-21 00:01', {
      ...analysed(figuresOf(LOW)),
      underWay: { 'service-efficiency': workflowId },
    });
    expect(life.state.findings).toEqual([
      { finding: 'service-efficiency', dimension: 'service-efficiency', workflowId },
    ]);
    expect(life.errandsOf('start')).toEqual([]);
    expect(life.errandsOf('tell').find((one) => one.workflowId === workflowId)?.command).toMatchObject({
      type: 'absorb',
      from: 'quarterly-survey#2026-Q3/service-efficiency',
      finding: { dimension: 'service-efficiency', measured: '2.4' },
    });
  });

  it('S002-04: below the target and no dimension too low, the lowest one is improved; at the target, or where one is too low, no other', () => {
    const missedTarget = { clauses: ['S002-04'] };
    const target = { measure: 'score' as const, value: '4.5', clauses: ['S002-04'] };
    const lived = (survey: CompiledSurvey, means: Record<string, string>, outcome: 'reached' | 'missed'): Cycle => {
      const verdict = { outcome, measure: 'score' as const, value: '4.2', target: '4.5' };
      const figures = { ...figuresOf(means), verdict };
      return open(survey, { improvement: improvementRule() }).tell('2026-07-21 00:01', analysed(figures));
    };
    const life = lived(surveyOf({ target, missedTarget }), GOOD, 'missed');
    expect(life.state.findings.map(({ dimension }) => dimension)).toEqual(['communication']); // 4, the lowest of 4.2, 4.1, 4.5, 4
    expect(life.last('finding-raised').clauses).toContain('S002-04');
    expect(lived(surveyOf({ target, missedTarget }), GOOD, 'reached').state.findings).toEqual([]);
    expect(lived(surveyOf({ target }), GOOD, 'missed').state.findings).toEqual([]); // the contract does not say so
    const findings = { below: '0.6', clauses: ['S002-24'] };
    const low = lived(surveyOf({ target, missedTarget, findings }), LOW, 'missed');
    expect(low.state.findings.map(({ dimension }) => dimension)).toEqual(['service-efficiency']); // 2.4 of 3.4
  });

  it('hands in what the coordinator published for a side, and the agreement asks for no other evidence', () => {
    const life = ready()
      .act('2026-07-06 10:00', 'coordinator', PUBLISH, { onBehalfOf: 'B' })
      .tell('2026-07-21 00:01', analysed());
    const [told] = life.errandsOf('tell').map(({ command }) => command);
    expect(told?.actor).toMatchObject({ seat: 'coordinator', onBehalfOf: 'B', via: 'workflow' });
    const submit = { type: 'submit' as const, obligation: 'quarterly-survey', documents: [] };
    const agreement = new Life(
      agreementOf([duty('quarterly-survey', { on: '2026-09-30', term: 'due' })]),
      '2026-07-01 09:00',
    ).sign('2026-07-01 09:00');
    agreement.act('2026-07-21', 'coordinator', submit, { onBehalfOf: 'B' });
    expect(agreement.rejections.map(({ code }) => code)).toEqual(['evidence-missing']);
    agreement.act('2026-07-21', 'coordinator', submit, { onBehalfOf: 'B', via: 'workflow' });
    expect(agreement.rows()).toEqual(['quarterly-survey fulfilled 2026-09-30']);
  });

  it('a survey that ends with the due day is done on that day, too', () => {
    const life = ready().act('2026-09-16 10:00', 'B', PUBLISH).tell('2026-10-01 00:01', analysed());
    expect(life.state.closes?.localDate).toBe('2026-09-30');
    expect(life.errandsOf('tell')[0]?.command.receivedAtMs).toBe(life.ms('2026-09-30 24:00') - 1);
  });

  it('is told once, whatever comes again', () => {
    const life = done().tell('2026-07-21 00:02', analysed(figuresOf(LOW)));
    expect(life.events.filter(({ type }) => type === 'survey-analysed')).toHaveLength(1);
    expect(life.state.figures?.dimensions[0]?.measures.mean?.value).toBe('4.2');
  });

  it('S000-23: a dimension below the threshold becomes a finding, and each that waits for an effect is told', () => {
    const life = open(FINDINGS, { improvement: improvementRule() }).tell('2026-07-21 00:01', analysed(figuresOf(LOW)));
    const workflowId = 'improvement/agreement-1/quarterly-survey#2026-Q3/service-efficiency';
    expect(life.errandsOf('tell-effect')).toEqual([
      {
        kind: 'tell-effect',
        dimensions: Object.entries(LOW).map(([id, value]) => ({ id, value })),
        publishedAtMs: life.last('survey-published').occurredAtMs,
      },
    ]);
    expect(life.errandsOf('start')).toMatchObject([
      {
        type: 'improvement',
        workflowId,
        input: {
          workflowId,
          reference: 'quarterly-survey#2026-Q3/service-efficiency',
          rules: { planner: 'B' },
          finding: {
            source: 'survey',
            about: 'quarterly-survey#2026-Q3',
            dimension: 'service-efficiency',
            // 200 answers, half of them among the two best.
            frequency: 100,
            // 2.4 of 1 to 5 is 35 % of the scale: the second fifth from below.
            severity: 4,
            customerWeight: 1,
            measured: '2.4',
            raisedBy: [],
          },
          clauses: ['S000-23', 'S000-25'],
        },
      },
    ]);
    expect(life.state.findings).toEqual([
      { finding: 'service-efficiency', dimension: 'service-efficiency', workflowId },
    ]);
  });

  it('with fewer answers than the minimum there is no finding and no effect by figures', () => {
    const survey = { ...FINDINGS, minimumSample: 201 };
    const life = open(survey, { improvement: improvementRule() }).tell('2026-07-21 00:01', analysed(figuresOf(LOW)));
    expect(life.errandsOf('start')).toEqual([]);
    expect(life.errandsOf('tell-effect')[0]?.dimensions.map(({ value }) => value)).toEqual([null, null, null, null]);
  });

  it('S004-28: of fewer than five anonymous answers nothing is told', () => {
    const figures = figuresOf(LOW, 20);
    const few = figures.dimensions.map((one) =>
      one.id === 'service-efficiency' ? { ...one, measures: measuresOf(4, '2.4') } : one,
    );
    const anonymous = { ...FINDINGS, anonymous: true };
    const life = open(anonymous, { improvement: improvementRule() }).tell(
      '2026-07-21 00:01',
      analysed({ ...figures, dimensions: few }),
    );
    expect(life.errandsOf('start')).toEqual([]);
    expect(life.errandsOf('tell-effect')[0]?.dimensions[1]).toEqual({ id: 'service-efficiency', value: null });
  });

  it('a person opens a finding of its own name', () => {
    const raise = {
      type: 'raise',
      finding: 'queue',
      dimension: 'service-efficiency',
      frequency: 12,
      severity: 3,
    } as const;
    const life = open(surveyOf(), { improvement: improvementRule() })
      .act('2026-07-08', 'A', raise)
      .act('2026-07-08', 'B', raise)
      .act('2026-07-08', 'B', { ...raise, finding: 'other', dimension: 'price' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['name-taken', 'dimension-missing']);
    expect(life.errandsOf('start')).toMatchObject([
      {
        workflowId: 'improvement/agreement-1/quarterly-survey#2026-Q3/queue',
        input: { finding: { frequency: 12, severity: 3, measured: null }, actor: { seat: 'A' } },
      },
    ]);
    expect(open().act('2026-07-08', 'A', raise).rejections.at(-1)?.code).toBe('not-provided');
  });

  it('S004-23: knows who said it, unless answers are anonymous; and ends with the agreement', () => {
    const raise: Act = {
      ...{ type: 'raise', finding: 'queue', dimension: null, frequency: 1, severity: 3 },
      ...{ raisedBy: ['customer-1'], customerWeight: 3 },
    };
    const known = open(surveyOf(), { improvement: improvementRule() }).act('2026-07-08', 'A', raise);
    expect(known.errandsOf('start')).toMatchObject([
      { input: { finding: { raisedBy: ['customer-1'], customerWeight: 3 } } },
    ]);
    known.tell('2026-07-09', { type: 'agreement-over' });
    expect(known.errandsOf('tell')).toMatchObject([
      {
        workflowId: 'improvement/agreement-1/quarterly-survey#2026-Q3/queue',
        command: { type: 'agreement-over', receivedAtMs: known.ms('2026-07-09') },
      },
    ]);
    const unknown = open(surveyOf({ anonymous: true }), { improvement: improvementRule() });
    expect(unknown.act('2026-07-08', 'A', raise).rejections.map(({ code }) => code)).toEqual(['not-provided']);
  });
});

describe('The report', () => {
  it('is released once, by whom the template says, with its file, when the answers are analysed', () => {
    const life = open()
      .act('2026-07-07', 'B', RELEASE)
      .tell('2026-07-21 00:01', analysed())
      .act('2026-07-22', 'A', RELEASE)
      .act('2026-07-22', 'B', { type: 'release', documents: [] })
      .act('2026-07-22', 'B', RELEASE)
      .act('2026-07-22', 'B', RELEASE);
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-analysed',
      'not-responsible',
      'report-missing',
      'already-released',
    ]);
  });

  it('S004-18: fulfils its duty and is acknowledged by whom it goes to', () => {
    const life = done(
      surveyOf({
        fulfils: { date: null, audience: null, report: 'quarterly-report' },
        report: { by: 'B', to: ['A'], acknowledged: true, clauses: ['S004-18'] },
      }),
      { duties: { 'quarterly-report': { responsible: 'B', parts: ['scores'], reviewers: [] } } },
    ).act('2026-07-22', 'B', RELEASE);
    expect(
      life
        .errandsOf('tell')
        .slice(1)
        .map(({ command }) => command),
    ).toMatchObject([
      {
        type: 'submit',
        obligation: 'quarterly-report',
        occurrence: '2026-Q3',
        documents: [paper()],
        parts: ['scores'],
      },
      { type: 'circulate', what: 'quarterly-report#2026-Q3', readers: ['A'], documents: [paper()] },
    ]);
  });

  it('asks to be read in the agreement, where people do not circulate themselves', () => {
    const agreement = new Life(agreementOf([duty('quarterly-report', 'effect', '30 days')]), '2026-07-01 09:00').sign(
      '2026-07-01 09:00',
    );
    const circulate = { type: 'circulate', what: 'quarterly-report', readers: ['A'], documents: [paper()] } as const;
    const asked = { ...circulate, readers: [...circulate.readers], documents: [...circulate.documents] };
    agreement
      .act('2026-07-22', 'B', asked)
      .act('2026-07-22', 'B', asked, { via: 'workflow' })
      .until('2026-07-22 10:00');
    expect(agreement.rejections.map(({ code }) => code)).toEqual(['not-responsible']);
    expect(agreement.mail(({ kind }) => kind === 'acknowledgement-request')).toHaveLength(1);
  });

  it('of a seat that nobody fills goes to its party, and of a party without anybody to the coordinator', () => {
    const survey = surveyOf({
      report: { by: 'B', to: ['management', 'A'], acknowledged: false, clauses: ['S004-18'] },
    });
    const life = done(survey, { seats: ['A', 'coordinator'], seatParties: { management: 'B' } });
    life.act('2026-07-22', 'coordinator', RELEASE, { onBehalfOf: 'B' });
    expect(life.mail(({ kind }) => kind === 'survey-report-released')).toEqual([
      '2026-07-22T09:00 survey-report-released coordinator',
      '2026-07-22T09:00 survey-report-released A',
    ]);
  });
});

describe('S001b-05, S001c-06: weights of the next cycle', () => {
  const set = (...weights: string[]) => ({
    type: 'set-weights' as const,
    weights: Object.fromEntries(Object.keys(GOOD).map((id, index) => [id, weights[index] ?? '0'])),
  });

  it('cover every dimension and add up to 1 exactly; this cycle keeps its own', () => {
    const life = done()
      .act('2026-07-22', 'B', set('0.1', '0.2', '0.3', '0.4'))
      .act('2026-07-22', 'B', set('0.1', '0.2', '0.3', '0.4'))
      .act('2026-07-22', 'B', set('0.3333', '0.3333', '0.3333', '0'))
      .act('2026-07-22', 'B', set('0.5', '0.5', '0.5', '-0.5'))
      .act('2026-07-22', 'B', { type: 'set-weights', weights: { 'product-quality': '1' } })
      .act('2026-07-22', 'B', { type: 'set-weights', weights: { ...set('1').weights, price: '0' } })
      .act('2026-07-22', 'A', set('0.1', '0.2', '0.3', '0.4'));
    expect(life.refusals.map(({ rejected, message }) => `${rejected}: ${message}`)).toEqual([
      'weights-invalid: weights add up to 1, these to 0.9999',
      'weights-invalid: weights are fractions such as 0.25, not communication "-0.5"',
      'weights-invalid: no weight for service-efficiency, service-attitude, communication',
      'weights-invalid: nothing is asked about price',
      'not-responsible: quarterly-survey#2026-Q3: this is for B to do',
    ]);
    expect(life.events.filter(({ type }) => type === 'survey-weights-set')).toHaveLength(1);
    expect(life.state.questionnaire?.weights).toEqual({});
  });

  it('S004-11: satisfaction as a whole is asked, and not weighed', () => {
    const life = cycle(surveyOf({ dimensions: [] })).act('2026-07-02', 'B', {
      type: 'design',
      questionnaire: questionnaireOf({ service: 1, 'overall-satisfaction': 1 }, { weights: { service: '1' } }),
    });
    expect(life.state.version).toBe(1);
  });
});

describe('What time and the agreement do to a cycle', () => {
  it('S001b-06, S000-28: not published by its due day it is missed, once, told to both sides, and can still be made good', () => {
    const life = ready().until('2026-11-30');
    expect(life.story().filter((line) => line.startsWith('survey-missed'))).toEqual(['survey-missed 2026-10-01T00:00']);
    expect(life.mail()).toEqual([
      '2026-10-08T09:00 survey-missed B',
      '2026-10-08T09:00 survey-missed A',
      '2026-10-08T09:00 survey-missed coordinator',
    ]);
    expect(life.act('2026-12-01', 'B', PUBLISH).status).toBe('open');
  });

  it('made good before the notice leaves, nobody is told of a miss', () => {
    const life = ready().act('2026-10-02 10:00', 'B', PUBLISH).until('2026-10-09');
    expect(life.mail(({ kind }) => kind === 'survey-missed')).toEqual([]);
  });

  it('S001b-66: while its duty is suspended nothing is missed; it then has the last day that its duty has', () => {
    const life = ready().tell('2026-09-20', { type: 'due-moved', due: null }).until('2026-11-02');
    expect([life.status, life.next]).toEqual(['planned', undefined]);
    const due = { dueAtMs: life.ms('2026-11-13 24:00'), localDate: '2026-11-13' };
    life.tell('2026-11-03', { type: 'due-moved', due }).tell('2026-11-03', { type: 'due-moved', due });
    expect(life.story().filter((line) => line.startsWith('survey-due-moved'))).toHaveLength(2);
    expect(life.until('2026-11-14').story().at(-1)).toBe('survey-missed 2026-11-14T00:00');
  });

  it('S004-27: a later day that is set after the miss takes the miss back, and its notice', () => {
    const life = ready().until('2026-10-01 00:00');
    expect(life.status).toBe('missed');
    const due = { dueAtMs: life.ms('2026-10-20 24:00'), localDate: '2026-10-20' };
    life.tell('2026-10-02', { type: 'due-moved', due }).until('2026-10-10');
    expect([life.status, life.mail()]).toEqual(['planned', []]);
    expect(life.until('2026-10-21').mail()).toHaveLength(3);
  });

  it('handed in by hand before it is published it is done elsewhere; after that it goes on', () => {
    const elsewhere = ready().tell('2026-07-03', { type: 'duty-done' }).act('2026-07-04', 'B', PUBLISH);
    expect(elsewhere.status).toBe('elsewhere');
    expect(elsewhere.isOver).toBe(true);
    expect(elsewhere.next).toBeUndefined();
    expect(elsewhere.rejections.at(-1)?.code).toBe('already-fulfilled');
    expect(open().tell('2026-07-07', { type: 'duty-done' }).status).toBe('open');
  });

  it('ends with its agreement: what was reported stays reported', () => {
    const over = { type: 'agreement-over' } as const;
    const cancelled = open().tell('2026-07-07', over).tell('2026-07-07', over).tell('2026-07-08', answers(1, 1));
    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.isOver).toBe(true);
    expect(cancelled.next).toBeUndefined();
    expect(cancelled.story().at(-1)).toBe('survey-cancelled 2026-07-07T09:00');
    const kept = done(surveyOf({ resultStands: true })).tell('2027-01-01', over);
    expect([kept.status, kept.isOver, kept.state.figures === null]).toEqual(['analysed', true, false]);
    expect(kept.act('2027-01-02', 'B', RELEASE).rejections.at(-1)?.code).toBe('agreement-ended');
    expect(done().tell('2027-01-01', over).status).toBe('cancelled'); // as it was begun under an earlier release
    const reported = done().act('2026-07-22', 'B', RELEASE);
    expect(reported.isOver).toBe(false);
    reported.tell('2027-01-01', over);
    expect([reported.status, reported.isOver]).toEqual(['reported', true]);
    const life = reported.act('2027-01-02', 'B', { type: 'set-weights', weights: {} });
    expect(life.rejections.at(-1)?.code).toBe('agreement-ended');
  });
});

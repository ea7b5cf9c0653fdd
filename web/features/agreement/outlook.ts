import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { wallOf } from '../../app/moment.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { Agreement, Obligation } from '../../wire.ts';
import { type CaseSummary, useCases } from '../cases/case.ts';
import type { Life } from '../life/life.ts';
import { useNumbered } from '../life/numbered.ts';
import type { SurveySummary } from '../surveys/survey.ts';
import { useSurveys } from '../surveys/survey-queries.ts';
import { type SectionItem, openOf } from './sections.ts';

/** Something that has a date, or waits for somebody. */
export interface Coming {
  key: string;
  /** What is to be done, in words. */
  what: string;
  /** Seats that it waits for; none: it happens by itself. */
  who: string[];
  /** Its last day; null where none is set. */
  on: string | null;
  /** The instant, for the order; of a mere date, the end of that day. */
  at: string | null;
  late: boolean;
  clauses: string[];
  /** Where it stands on the page. */
  item: SectionItem;
}

/** What an agreement's own work is at that bears a clock of its own. */
export interface Running {
  cases: CaseSummary[];
  surveys: SurveySummary[];
}

/** Cases and surveys that run, asked for only where there are any. */
export function useRunning(agreement: Agreement): Running {
  const cases = useCases({ ...agreement, status: openOf('cases', agreement) > 0 ? agreement.status : 'draft' }).data;
  const surveys = useSurveys(agreement.id, openOf('surveys', agreement) > 0).data;
  return { cases: cases?.items ?? [], surveys: surveys?.items ?? [] };
}

const AWAITED = ['pending', 'overdue', 'rework'];

/** All that is to come or waits, the earliest first; what is late leads. */
export function useOutlook(agreement: Agreement, life: Life | undefined, running: Running): Coming[] {
  const { t } = useTranslation();
  const titled = useTitled();
  const format = useFormat();
  const numbered = useNumbered();
  const seats = (all: { seat: string }[]): string[] => all.map(({ seat }) => seat);
  const due = (one: { dueAt: string; localDate: string } | null) => ({
    on: one?.localDate ?? null,
    at: one?.dueAt ?? null,
  });
  const dated = (on: string | null) => ({ on, at: on === null ? null : `${on}T23:59:59Z` });

  const duties = agreement.obligations.flatMap((one): Coming[] =>
    dutyComing(one, titled(one.title, one.occurrence), t),
  );
  const coming: Coming[] = [...duties];
  const add = (one: Omit<Coming, 'late' | 'clauses'> & Partial<Coming>): void =>
    void coming.push({ late: false, clauses: [], ...one });

  for (const { what, party } of life?.effect.missing ?? []) {
    const clauses = life?.effect.clauses ?? [];
    const key = `effect ${what} ${party.seat}`;
    add({ key, what: t(`agreementMissing.${what}`), who: [party.seat], ...dated(null), clauses, item: 'effect' });
  }
  for (const { goal, title, waitsFor, clauses } of life?.baselines ?? []) {
    if (waitsFor.length === 0) continue;
    const what = t('agreementPage.confirmBaseline', { what: format.text(title) });
    add({ key: `baseline ${goal}`, what, who: seats(waitsFor), ...dated(null), clauses, item: 'effect' });
  }
  for (const { id, status, waitsFor, lapsesAt, effectiveOn } of life?.amendments ?? []) {
    const clauses = life?.provides.amendment?.clauses ?? [];
    const which = numbered(id);
    if (status === 'proposed') {
      const on = lapsesAt === null ? null : wallOf(Date.parse(lapsesAt) - 1, agreement.zone).date;
      const what = t('agreementPage.answerAmendment', { which });
      add({ key: `amendment ${id}`, what, who: seats(waitsFor), on, at: lapsesAt, clauses, item: 'amendments' });
    } else if (status === 'accepted') {
      const what = t('agreementPage.amendmentBegins', { which });
      add({ key: `amendment ${id}`, what, who: [], ...dated(effectiveOn), clauses, item: 'amendments' });
    }
  }
  for (const { number, waitsFor } of life?.pauses ?? []) {
    const what = t('agreementPage.answerPause');
    add({ key: `pause ${String(number)}`, what, who: seats(waitsFor), ...dated(null), item: 'suspensions' });
  }
  for (const { number, approved, waitsFor } of life?.waivers ?? []) {
    if (approved) continue;
    const what = t('agreementPage.approveWaiver');
    add({ key: `waiver ${String(number)}`, what, who: seats(waitsFor), ...dated(null), item: 'payments' });
  }
  for (const { id, status, against, answerDue } of life?.claims ?? []) {
    if (status !== 'made' && status !== 'overdue') continue;
    const what = t('agreementPage.answerClaim', { which: numbered(id) });
    const late = status === 'overdue';
    add({ key: `claim ${id}`, what, who: [against.seat], ...due(answerDue), late, item: 'claims' });
  }
  for (const { id, status, to, due: by, topic, clauses, kind } of life?.matters ?? []) {
    if (status !== 'open' && status !== 'overdue') continue;
    const what = topic ?? t(`matterKind.${kind}`);
    const late = status === 'overdue';
    add({ key: `matter ${id}`, what, who: to ? [to.seat] : [], ...due(by), late, clauses, item: 'matters' });
  }
  for (const { id, status, against, due: by } of life?.breaches ?? []) {
    if (status !== 'notified' && status !== 'negotiating') continue;
    const what = t(status === 'notified' ? 'agreementPage.cureBreach' : 'agreementPage.negotiate');
    add({ key: `breach ${id}`, what, who: [against.seat], ...due(by), item: 'ending' });
  }
  for (const { id, waitsFor, endsOn } of life?.terminations ?? []) {
    if (waitsFor.length > 0) {
      const what = t('agreementPage.consentToEnd');
      add({ key: `consent ${id}`, what, who: seats(waitsFor), ...dated(null), item: 'ending' });
    } else if (endsOn !== null && agreement.endedOn === null) {
      add({ key: `end ${id}`, what: t('agreementPage.endsByNotice'), who: [], ...dated(endsOn), item: 'ending' });
    }
  }
  for (const { item, title, outcome } of life?.settlement.items ?? []) {
    if (outcome !== null) continue;
    const what = t('agreementPage.settle', { what: format.text(title) });
    add({ key: `settle ${item}`, what, who: Object.keys(agreement.parties), ...dated(null), item: 'ending' });
  }
  for (const { rule, title, responsible, until, endedAt, clauses } of life?.afterwards ?? []) {
    if (endedAt !== null || until === null) continue;
    const what = t('agreementPage.afterwardsUntil', { what: format.text(title) });
    add({ key: `after ${rule}`, what, who: [responsible.seat], ...due(until), clauses, item: 'ending' });
  }
  if (agreement.expiresOn !== null && agreement.endedOn === null && agreement.inForceOn !== null) {
    const clauses = life?.provides.renewal?.clauses ?? [];
    const item = life?.provides.renewal ? 'renewal' : 'terms';
    add({ key: 'expiry', what: t('agreementPage.lastDay'), who: [], ...dated(agreement.expiresOn), clauses, item });
  }
  for (const { id, title, occurrence, status, closes } of running.surveys) {
    if (status !== 'open' || closes === null) continue;
    const what = t('agreementPage.surveyCloses', { what: titled(title, occurrence) });
    add({ key: `survey ${id}`, what, who: [], ...due(closes), item: 'surveys' });
  }
  for (const { id, reference, topic, due: clock, overdue, handler } of running.cases) {
    if (clock === null && !overdue) continue;
    const what = t('agreementPage.caseClock', { which: topic ?? reference });
    const at = clock?.dueAt ?? null;
    const on = at === null ? null : wallOf(at, agreement.zone).date;
    add({ key: `case ${id}`, what, who: [handler.seat], on, at, late: overdue, item: 'cases' });
  }
  const instant = ({ at }: Coming): number => (at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at));
  return coming.toSorted((a, b) => Number(b.late) - Number(a.late) || instant(a) - instant(b));
}

/** What an obligation waits for; nothing where it is settled, or its clock has not begun. */
function dutyComing(
  { id, occurrence, kind, status, responsible, dueAt, localDate, review, clauses }: Obligation,
  title: string,
  t: (key: string, values: Record<string, unknown>) => string,
): Coming[] {
  const key = `duty ${id}#${occurrence ?? ''}`;
  if (status === 'in-review' && review) {
    const late = Date.parse(review.dueAt) <= Date.now();
    const what = t('agreementPage.review', { what: title });
    const by = { on: review.localDate, at: review.dueAt };
    return [{ key, what, who: review.waitingFor, ...by, late, clauses, item: 'obligations' }];
  }
  if (!AWAITED.includes(status) || dueAt === null || localDate === null) return [];
  const item: SectionItem = kind === 'payment' ? 'payments' : 'obligations';
  const by = { on: localDate, at: dueAt };
  return [{ key, what: title, who: [responsible], ...by, late: status === 'overdue', clauses, item }];
}

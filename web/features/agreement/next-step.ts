import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { isNothing, moneyText } from '../../app/moment.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { Agreement } from '../../wire.ts';
import type { Life } from '../life/life.ts';
import { stillSuspended } from '../life/suspended.ts';
import { useTemplate } from './agreement-queries.ts';
import { isPaper } from './duty-words.ts';
import type { Coming, Running } from './outlook.ts';
import { useWho } from './who.ts';

export interface NextStep {
  tone: 'info' | 'warning' | 'error' | 'success';
  sentence: string;
}

/** A case this near to its time is said before anything that has days. */
const NEAR_MS = 8 * 3_600_000;

/** What happens next, in one sentence: the most pressing thing that somebody has to do, who and until when. */
export function useNextStep(
  agreement: Agreement,
  { life, running, outlook }: { life: Life | undefined; running: Running; outlook: readonly Coming[] },
): NextStep {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const named = useWho(agreement);
  const isPolicy = useTemplate(agreement.template).data?.nature === 'policy';
  const { status, obligations, zone } = agreement;
  const who = (seats: readonly string[]): string => [...new Set(seats)].map(named).join(t('common.listSeparator'));
  const inZone = (when: string): string => when + t('common.brackets', { inside: format.zone(zone) });
  const due = (dueAt: string, localDate: string): string => inZone(format.due(dueAt, localDate));

  if (status === 'draft') return { tone: 'info', sentence: t('next.draft') };
  if (status === 'starting') return { tone: 'info', sentence: t('next.starting') };
  if (status === 'awaiting-signatures') return { tone: 'info', sentence: beforeEffect() };
  if (status === 'suspended') return { tone: 'warning', sentence: suspended() };
  if (status !== 'active') return ended();

  const overdue = obligations.filter((obligation) => obligation.status === 'overdue');
  const worst = overdue.toSorted((a, b) => b.daysLate - a.daysLate)[0];
  if (worst) {
    const facts = {
      what: titled(worst.title, worst.occurrence),
      who: who([worst.responsible]),
      count: worst.daysLate,
    };
    return {
      tone: 'error',
      sentence:
        overdue.length > 1
          ? t('next.overdueSeveral', { ...facts, others: overdue.length - 1 })
          : t('next.overdue', facts),
    };
  }
  return pressingCase() ?? lateElse() ?? nextDuty() ?? otherwise();

  /** Who has not signed, sealed, approved or posted. */
  function beforeEffect(): string {
    const missing = life?.effect.missing ?? [];
    const unsigned = Object.keys(agreement.parties).filter((party) => agreement.signatures[party] === undefined);
    if (missing.length === 0) {
      if (unsigned.length === 0) return t('next.awaitingEffect');
      return t(isPolicy ? 'next.awaitingPosting' : 'next.awaitingSignatures', { who: who(unsigned) });
    }
    const acts = [...new Set(missing.map(({ what }) => what))].map((what) => {
      const seats = missing.filter((one) => one.what === what).map(({ party }) => party.seat);
      return t('next.missing', { who: who(seats), act: t(`agreementMissing.${what}`) });
    });
    return t('next.awaitingAll', { acts: acts.join(t('common.listSeparator')) });
  }

  function suspended(): string {
    const open = (life?.suspensions ?? []).filter(({ until }) => until === null);
    const first = open[0];
    if (!first) return t('next.suspended');
    const duties = open.flatMap(stillSuspended).map(({ title }) => format.text(title));
    return t('next.suspendedSince', {
      on: format.date(first.from),
      ground: t(`suspensionGround.${first.ground}`),
      scope: duties.length === 0 ? t('life.allDuties') : duties.join(t('common.listSeparator')),
      who: who(Object.keys(agreement.parties)),
    });
  }

  /** What an ended agreement still leaves to be done. */
  function ended(): NextStep {
    const on = agreement.endedOn ? format.date(agreement.endedOn) : '';
    const sentence = t('next.ended', { on, status: t(`agreementStatus.${status}`) });
    const claims = (life?.claims ?? []).filter((one) => ['made', 'overdue', 'disputed'].includes(one.status)).length;
    const items = (life?.settlement.items ?? []).filter(({ outcome }) => outcome === null).length;
    const owed = (life?.owed ?? []).filter(({ amount }) => !isNothing(amount));
    const after = outlook.find(({ key }) => key.startsWith('after '));
    const left = [
      claims > 0 ? t('next.openClaims', { count: claims }) : '',
      items > 0 ? t('next.openItems', { count: items }) : '',
      ...owed.map(({ debtor, creditor, amount, currency }) =>
        t('next.owes', { debtor: named(debtor), creditor: named(creditor), amount: moneyText(amount, currency) }),
      ),
      after?.on ? t('next.still', { what: after.what, who: who(after.who), by: format.date(after.on) }) : '',
    ].filter((part) => part !== '');
    return left.length === 0
      ? { tone: 'info', sentence }
      : { tone: 'warning', sentence: sentence + t('next.left', { left: left.join(t('common.then')) }) };
  }

  function pressingCase(): NextStep | undefined {
    const late = running.cases.filter((one) => one.overdue);
    const near = running.cases
      .flatMap((one) => (one.due === null || one.overdue ? [] : [{ ...one, dueAt: one.due.dueAt }]))
      .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))[0];
    const [first] = late;
    if (first) {
      const facts = { which: first.topic ?? first.reference, who: who([first.handler.seat]), count: late.length };
      return { tone: 'error', sentence: t('next.caseLate', facts) };
    }
    if (!near || Date.parse(near.dueAt) - Date.now() > NEAR_MS) return undefined;
    const by = inZone(format.instant(near.dueAt, zone));
    const facts = { which: near.topic ?? near.reference, who: who([near.handler.seat]), by };
    return { tone: 'warning', sentence: t('next.caseNear', facts) };
  }

  /** A review, an answer to a claim, a request, that nobody gave in time. */
  function lateElse(): NextStep | undefined {
    const late = outlook.find((one) => one.late && one.on !== null && !one.key.startsWith('case '));
    if (!late?.on) return undefined;
    return {
      tone: 'error',
      sentence: t('next.late', { what: late.what, who: who(late.who), by: format.date(late.on) }),
    };
  }

  function nextDuty(): NextStep | undefined {
    const first = outlook.find((one) => one.on !== null && one.who.length > 0);
    const duty = obligations.find(({ id, occurrence }) => `duty ${id}#${occurrence ?? ''}` === first?.key);
    if (!first?.on || !first.at) return undefined;
    if (duty?.status === 'in-review' && duty.review) {
      const by = due(duty.review.dueAt, duty.review.localDate);
      const facts = { what: titled(duty.title, duty.occurrence), who: who(duty.review.waitingFor), by };
      return { tone: 'warning', sentence: t('next.review', facts) };
    }
    if (!duty?.dueAt || !duty.localDate) {
      const by = inZone(format.date(first.on));
      return { tone: 'info', sentence: t('next.act', { what: first.what, who: who(first.who), by }) };
    }
    const facts = {
      what: titled(duty.title, duty.occurrence),
      who: who([duty.responsible]),
      by: due(duty.dueAt, duty.localDate),
    };
    if (duty.status === 'rework') return { tone: 'warning', sentence: t('next.rework', facts) };
    if (duty.kind === 'payment') return { tone: 'info', sentence: t('next.pay', facts) };
    return { tone: 'info', sentence: t(isPaper(duty.kind) ? 'next.submit' : 'next.complete', facts) };
  }

  /** Nothing that bears a date waits for anybody. */
  function otherwise(): NextStep {
    const open = running.surveys.find((one) => one.status === 'open');
    if (open?.closes) {
      const by = due(open.closes.dueAt, open.closes.localDate);
      const facts = { what: titled(open.title, open.occurrence), by, answered: open.answered };
      return { tone: 'info', sentence: t('next.survey', facts) };
    }
    const waiting = outlook.find((one) => one.who.length > 0);
    if (waiting) return { tone: 'info', sentence: t('next.waits', { what: waiting.what, who: who(waiting.who) }) };
    if (agreement.duties.some(({ recurs }) => recurs) && obligations.some(({ dueAt }) => dueAt === null)) {
      return { tone: 'success', sentence: t('next.nothingNow') };
    }
    return {
      tone: 'success',
      sentence: agreement.expiresOn ? t('next.doneUntil', { on: format.date(agreement.expiresOn) }) : t('next.done'),
    };
  }
}

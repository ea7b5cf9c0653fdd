import { useTranslation } from 'react-i18next';
import type { Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleNames } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { useTemplate } from './agreement-queries.ts';
import { isPaper } from './duty-words.ts';

export interface NextStep {
  tone: 'info' | 'warning' | 'error' | 'success';
  sentence: string;
}

/** What happens next, in one sentence: the most pressing thing that somebody has to do. */
export function useNextStep(agreement: Agreement): NextStep {
  const { t } = useTranslation();
  const format = useFormat();
  const roles = useRoleNames();
  const titled = useTitled();
  const isPolicy = useTemplate(agreement.template).data?.nature === 'policy';
  const { status, obligations } = agreement;

  if (status === 'draft') return { tone: 'info', sentence: t('next.draft') };
  if (status === 'starting') return { tone: 'info', sentence: t('next.starting') };
  if (status === 'awaiting-signatures') {
    const missing = Object.keys(agreement.parties).filter((party) => agreement.signatures[party] === undefined);
    // Signed by all, and more is needed: seals, a posting.
    if (missing.length === 0) return { tone: 'info', sentence: t('next.awaitingEffect') };
    return {
      tone: 'info',
      sentence: t(isPolicy ? 'next.awaitingPosting' : 'next.awaitingSignatures', { who: roles(missing) }),
    };
  }
  if (status === 'suspended') return { tone: 'warning', sentence: t('next.suspended') };
  if (status !== 'active') {
    const on = agreement.endedOn ? format.date(agreement.endedOn) : '';
    return { tone: 'info', sentence: t('next.ended', { on, status: t(`agreementStatus.${status}`) }) };
  }
  const overdue = obligations.filter((obligation) => obligation.status === 'overdue');
  const worst = overdue.toSorted((a, b) => b.daysLate - a.daysLate)[0];
  if (worst) {
    const facts = {
      what: titled(worst.title, worst.occurrence),
      who: roles([worst.responsible]),
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
  const moments = obligations.flatMap((obligation) => {
    const what = titled(obligation.title, obligation.occurrence);
    if (obligation.status === 'in-review' && obligation.review) {
      const { review } = obligation;
      return [
        {
          at: review.dueAt,
          step: {
            tone: 'warning' as const,
            sentence: t('next.review', {
              what,
              who: roles(review.waitingFor),
              by: format.due(review.dueAt, review.localDate),
            }),
          },
        },
      ];
    }
    if (
      (obligation.status === 'pending' || obligation.status === 'rework') &&
      obligation.dueAt &&
      obligation.localDate
    ) {
      const facts = {
        what,
        who: roles([obligation.responsible]),
        by: format.due(obligation.dueAt, obligation.localDate),
      };
      return [
        {
          at: obligation.dueAt,
          step: {
            tone: obligation.status === 'rework' ? ('warning' as const) : ('info' as const),
            sentence:
              obligation.status === 'rework'
                ? t('next.rework', facts)
                : obligation.kind === 'payment'
                  ? t('next.pay', facts)
                  : isPaper(obligation.kind)
                    ? t('next.submit', facts)
                    : t('next.complete', facts),
          },
        },
      ];
    }
    return [];
  });
  const first = moments.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
  if (first) return first.step;
  return {
    tone: 'success',
    sentence: agreement.expiresOn ? t('next.doneUntil', { on: format.date(agreement.expiresOn) }) : t('next.done'),
  };
}

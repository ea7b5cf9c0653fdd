import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import type { Case } from './case.ts';
import { Countdown } from './case-tags.tsx';

/** Who must do what next, and by when. */
export function CaseNext({ agreement, one }: { agreement: Agreement; one: Case }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { next, status, overdue, outcome } = one;
  const who = next.customer
    ? t('cases.theCustomer')
    : next.who.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  return (
    <Alert
      showIcon
      type={status === 'closed' ? 'success' : overdue ? 'error' : one.paused ? 'warning' : 'info'}
      title={
        <strong>
          {status === 'closed' && outcome
            ? t('cases.closedAs', { outcome: t(`caseOutcome.${outcome}`) })
            : t(`caseNext.${next.step}`, { who })}
        </strong>
      }
      description={
        <>
          {next.dueAt ? (
            <>
              {t('cases.by')} <Countdown dueAt={next.dueAt} zone={agreement.zone} asOf={one.asOf} />{' '}
              <span className="small">{format.zone(agreement.zone)}</span>
            </>
          ) : null}
          {one.pause ? (
            <div>
              {t(`pauseReason.${one.pause.reason}`)}
              {one.pause.words ? `${t('cases.colon')}${one.pause.words}` : ''}
            </div>
          ) : null}
          {one.outOfTerm ? <div>{t('cases.outOfTerm')}</div> : null}
          {one.suspected ? <div className="late">{t('cases.suspected', { count: one.passedTo.length })}</div> : null}
        </>
      }
    />
  );
}

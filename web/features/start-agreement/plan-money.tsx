import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../wire.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useRoleName } from '../../app/names.ts';

/** What falls due with a date, and what each late day costs; nothing where nothing is agreed. */
export function PlanMoney({ of }: { of: Plan['money'][number] | undefined }): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  if (!of) return <span className="muted">{t('common.none')}</span>;
  const { due, late } = of;
  return (
    <div className="small">
      {due ? <div>{t('wizard.pays', { amount: due.amount, currency: due.currency, who: role(due.payee) })}</div> : null}
      {late ? (
        <div>
          {t('wizard.late', { ...late, who: role(late.creditor) })}
          <div className="muted">
            {late.graceDays > 0 ? `${t('wizard.grace', { count: late.graceDays })} · ` : ''}
            {late.cap === null
              ? t('wizard.noCap')
              : t('wizard.cap', { amount: late.cap, currency: late.currency })}{' '}
            <ClauseLinks clauses={late.clauses} />
          </div>
        </div>
      ) : null}
    </div>
  );
}

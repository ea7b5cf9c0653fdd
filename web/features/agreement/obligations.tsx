import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement, Obligation } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { moneyText } from '../../app/moment.ts';
import { useRoleName, useRoleNames } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { ObligationStatusTag } from '../../app/status-tag.tsx';
import { StepsPopover } from '../../app/steps-popover.tsx';

/** Every obligation: until when and why then, whose, how it stands, what it costs, what can be done. */
export function Obligations({
  agreement,
  submit,
  review,
}: {
  agreement: Agreement;
  submit: (obligation: Obligation) => void;
  review: (obligation: Obligation) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const roles = useRoleNames();
  const canAct = agreement.status === 'active';
  return (
    <Records
      label={t('obligations.title')}
      rows={agreement.obligations}
      rowKey={({ id, occurrence }) => `${id}#${occurrence ?? ''}`}
      empty={t('obligations.none')}
      columns={[
        {
          key: 'title',
          title: t('obligations.obligation'),
          heading: true,
          render: ({ title, occurrence, clauses }) => (
            <>
              <div>
                {format.text(title)}
                {occurrence ? ` ${occurrence}` : ''}
              </div>
              <div className="muted small" style={{ fontWeight: 400 }}>
                {clauses.join(', ')}
              </div>
            </>
          ),
        },
        {
          key: 'status',
          title: t('obligations.status'),
          render: ({ status, review: open }) => (
            <>
              <ObligationStatusTag status={status} />
              {status === 'in-review' && open ? (
                <div className="muted small">
                  {t('obligations.waitingFor', {
                    who: roles(open.waitingFor),
                    by: format.due(open.dueAt, open.localDate),
                  })}
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'due',
          title: t('obligations.due'),
          render: ({ dueAt, localDate, explanation, fulfilledAt }) =>
            dueAt && localDate ? (
              <>
                <div>
                  <span className="nowrap">{format.due(dueAt, localDate)}</span> <StepsPopover steps={explanation} />
                </div>
                {fulfilledAt ? (
                  <div className="muted small">
                    {t('obligations.fulfilledAt', { at: format.instant(fulfilledAt, agreement.zone) })}
                  </div>
                ) : null}
              </>
            ) : (
              <>
                <span className="muted">{t('obligations.dueAfterSigning')}</span> <StepsPopover steps={explanation} />
              </>
            ),
        },
        { key: 'who', title: t('obligations.responsible'), render: ({ responsible }) => role(responsible) },
        {
          key: 'late',
          title: t('obligations.daysLate'),
          render: ({ daysLate }) =>
            daysLate > 0 ? (
              <span className="late nowrap">{t('obligations.days', { count: daysLate })}</span>
            ) : (
              <span className="muted">{t('common.none')}</span>
            ),
        },
        {
          key: 'penalty',
          title: t('obligations.penalty'),
          align: 'right',
          render: ({ penalty }) =>
            penalty && !/^-?0*(\.0*)?$/.test(penalty.balance) ? (
              <span className="amount late">{moneyText(penalty.balance, penalty.currency)}</span>
            ) : (
              <span className="muted">{t('common.none')}</span>
            ),
        },
        ...(canAct
          ? [
              {
                key: 'act',
                title: t('obligations.act'),
                render: (obligation: Obligation) => {
                  const { status } = obligation;
                  const canSubmit = ['pending', 'rework', 'overdue', 'in-review'].includes(status);
                  const canReview = status === 'in-review' && (obligation.review?.waitingFor.length ?? 0) > 0;
                  if (!canSubmit) return null;
                  return (
                    <div className="actions">
                      {canReview ? (
                        <Button size="small" type="primary" onClick={() => review(obligation)}>
                          {t('review.open')}
                        </Button>
                      ) : null}
                      <Button
                        size="small"
                        type={canReview ? 'default' : 'primary'}
                        ghost={!canReview}
                        onClick={() => submit(obligation)}
                      >
                        {status === 'in-review' ? t('submit.replace') : t('submit.open')}
                      </Button>
                    </div>
                  );
                },
              },
            ]
          : []),
      ]}
    />
  );
}

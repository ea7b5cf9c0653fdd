import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { useRefusals } from '../agreement/agreement-queries.ts';

/** Acts that were refused: they left no event, and stand apart from what happened. */
export function Refused({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const refusals = useRefusals(agreement.id, true);
  const { data } = refusals;
  return (
    <section className="panel stack">
      <h2>{t('refusals.title')}</h2>
      <p className="muted">{t('audit.refusedExplained', { zone: format.zone(agreement.zone) })}</p>
      <ProblemAlert error={refusals.error} retry={() => void refusals.refetch()} />
      {refusals.isPending ? <Skeleton active /> : null}
      {data ? (
        <Records
          label={t('refusals.title')}
          rows={data.items}
          rowKey={({ at, code, do: what }) => `${at} ${what} ${code}`}
          empty={t('audit.nothingRefused')}
          columns={[
            { key: 'at', title: t('common.when'), render: ({ at }) => format.instant(at, agreement.zone) },
            {
              key: 'who',
              title: t('common.who'),
              render: ({ actor }) =>
                [role(actor.seat), actor.name].filter(Boolean).join(' ') || t(`actorKind.${actor.kind ?? 'account'}`),
            },
            { key: 'do', title: t('refusals.act'), render: ({ do: what }) => t(`act.${what}`, { defaultValue: what }) },
            {
              key: 'why',
              title: t('refusals.why'),
              heading: true,
              render: ({ code, message, clauses }) => (
                <>
                  {t(`rejection.${code}`, { defaultValue: message })} <span className="mono muted">{code}</span>{' '}
                  <ClauseLinks clauses={clauses} of={{ template: agreement.template, agreement: agreement.id }} />
                </>
              ),
            },
          ]}
        />
      ) : null}
    </section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { CUSTOMERS, type CustomerDetail, customerPath } from './customer.ts';
import { visitPage } from '../visits/visit.ts';
import { Asking } from './customers-page.tsx';
import { TierTag } from './tier-tag.tsx';

/** One customer: who it is, what it agreed to, how its tier changed, when it was asked. */
export function CustomerPage(): ReactNode {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const customer = useQuery({
    queryKey: [...CUSTOMERS, id],
    queryFn: ({ signal }) => request<CustomerDetail>(customerPath(id), { signal }),
  });
  usePageTitle(customer.data?.name ?? t('customers.title'));
  return (
    <div className="page">
      <Link to="/customers">{t('customers.title')}</Link>
      {customer.error ? <ProblemAlert error={customer.error} retry={() => void customer.refetch()} /> : null}
      {customer.isPending ? (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      ) : null}
      {customer.data ? <CustomerDesk customer={customer.data} /> : null}
    </div>
  );
}

function CustomerDesk({ customer }: { customer: CustomerDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const [editing, setEditing] = useState(false);
  const mayWrite = useMay('directory.write') && customer.erasedAt === null;
  const keep = (after: CustomerDetail): void => {
    queries.setQueryData([...CUSTOMERS, after.id], after);
    void queries.invalidateQueries({ queryKey: CUSTOMERS });
    void message.success(t('customers.saved'));
  };
  const change = useMutation({
    mutationFn: (body: { optedOut: boolean } | { archived: boolean }) =>
      intent([customer.id, body], (key) =>
        request<CustomerDetail>(customerPath(customer.id), { method: 'PATCH', key, body }),
      ),
    onSuccess: keep,
  });
  const lines = (['contact', 'email', 'phone', 'address', 'segment'] as const).map(
    (name) => [t(`customerField.${name}`), customer[name]] as const,
  );
  const facts = [
    [t('customerField.key'), customer.key],
    ...lines,
    [t('customerField.language'), t(`language.${customer.language}`)],
    [t('customerField.branchId'), customer.branch?.path ?? null],
    [t('customerField.departmentId'), customer.department?.path ?? null],
  ] as const;
  return (
    <>
      <div className="heading">
        <div className="grow">
          <div className="heading">
            <h1 className="break">{customer.erasedAt ? t('customers.erasedName') : customer.name}</h1>
            <TierTag tier={customer.tier} />
            {customer.archivedAt ? <Tag>{t('customerStatus.archived')}</Tag> : null}
          </div>
        </div>
        {mayWrite ? (
          <div className="actions">
            <Button type="primary" onClick={() => setEditing(true)}>
              {t('customers.edit')}
            </Button>
            <Button
              loading={change.isPending}
              onClick={() => change.mutate({ optedOut: customer.optedOutAt === null })}
            >
              {t(customer.optedOutAt === null ? 'customers.optOut' : 'customers.optIn')}
            </Button>
            <Button
              loading={change.isPending}
              onClick={() => change.mutate({ archived: customer.archivedAt === null })}
            >
              {t(customer.archivedAt === null ? 'customers.archive' : 'customers.restore')}
            </Button>
          </div>
        ) : null}
      </div>
      <ProblemAlert error={change.error} />
      <section className="panel stack">
        <dl className="facts wide">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value ?? t('common.none')}</dd>
            </div>
          ))}
        </dl>
        <div className="balances">
          <div className="balance">
            <div className="muted">{t('customers.asking')}</div>
            <Asking customer={customer} />
            {customer.optedOutAt ? (
              <div className="small muted">{t('customers.optedOutAt', { at: format.here(customer.optedOutAt) })}</div>
            ) : null}
          </div>
          <div className="balance">
            <div className="muted">{t('customers.promotion')}</div>
            <Tag color={customer.promotionConsent ? 'green' : 'default'}>
              {t(`consent.${String(customer.promotionConsent)}`)}
            </Tag>
          </div>
        </div>
      </section>
      <section className="panel">
        <h2>{t('customers.tierChanges')}</h2>
        <Records
          label={t('customers.tierChanges')}
          rows={customer.tierChanges}
          rowKey={({ at, after }) => `${at} ${after}`}
          empty={t('common.none')}
          columns={[
            { key: 'at', title: t('common.when'), heading: true, render: ({ at }) => format.here(at) },
            {
              key: 'tier',
              title: t('customerField.tier'),
              render: ({ before, after }) =>
                before ? `${t(`customerTier.${before}`)} → ${t(`customerTier.${after}`)}` : t(`customerTier.${after}`),
            },
            {
              key: 'reason',
              title: t('customerField.reason'),
              render: ({ reason }) => <span className="break">{reason ?? t('common.none')}</span>,
            },
            { key: 'by', title: t('common.who'), render: ({ by }) => by ?? t('common.none') },
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t('customers.surveys')}</h2>
        <Records
          label={t('customers.surveys')}
          rows={customer.surveys}
          rowKey={({ survey }) => survey}
          empty={t('customers.noSurveys')}
          columns={[
            {
              key: 'reference',
              title: t('customers.cycle'),
              heading: true,
              render: ({ agreementId, survey, reference }) => (
                <Link to={`/agreements/${agreementId}/surveys/${survey}`}>{reference}</Link>
              ),
            },
            {
              key: 'sentAt',
              title: t('customers.invitedAt'),
              render: ({ sentAt }) => (sentAt ? format.here(sentAt) : t('common.none')),
            },
          ]}
        />
      </section>
      {customer.visits.length > 0 ? (
        <section className="panel">
          <h2>{t('customers.visits')}</h2>
          <Records
            label={t('customers.visits')}
            rows={customer.visits}
            rowKey={({ id }) => id}
            empty={t('common.none')}
            columns={[
              {
                key: 'plannedOn',
                title: t('visits.plannedOn'),
                heading: true,
                render: ({ agreementId, id, plannedOn }) => (
                  <Link to={visitPage(agreementId, id)}>{format.date(plannedOn)}</Link>
                ),
              },
              { key: 'kind', title: t('visits.kind'), render: ({ kind }) => t(`visitKind.${kind}`) },
              {
                key: 'heldOn',
                title: t('visits.heldOn'),
                render: ({ heldOn }) => (heldOn ? format.date(heldOn) : ''),
              },
              { key: 'status', title: t('visits.status'), render: ({ status }) => t(`visitStatus.${status}`) },
            ]}
          />
        </section>
      ) : null}
      {editing ? <CustomerDialog customer={customer} close={() => setEditing(false)} saved={keep} /> : null}
    </>
  );
}

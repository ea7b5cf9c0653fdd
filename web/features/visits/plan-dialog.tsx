import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, queryString, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { CUSTOMERS, type Customer, type CustomerPage, type Tier } from '../customers/customer.ts';
import { TierTag } from '../customers/tier-tag.tsx';
import { CapacityChoice } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';
import { type VisitList, type VisitRule, useVisits } from './visit.ts';
import { proposedDay } from './proposed-day.ts';

const PAGE = 200;

/** All customers of the tiers that a plan must have. */
async function customersOf(tiers: Tier[], signal: AbortSignal): Promise<Customer[]> {
  const found: Customer[] = [];
  for (const tier of tiers) {
    let cursor: string | null = null;
    do {
      const query = queryString({ tier, limit: PAGE, cursor });
      const page: CustomerPage = await request<CustomerPage>(`/customers${query}`, { signal });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return found;
}

/** The plan of a year: a row for every customer of the tiers that the contract names; added to with a reason. */
export function PlanDialog({
  agreement,
  rule,
  tiers,
  plans,
  capacities,
  close,
}: {
  agreement: Agreement;
  rule: VisitRule;
  tiers: Tier[];
  plans: VisitList['plans'];
  capacities: Capacity[];
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const today = todayIn(agreement.zone);
  const thisYear = Number(today.slice(0, 4));
  const [year, setYear] = useState(plans.some((plan) => plan.year === thisYear) ? thisYear + 1 : thisYear);
  const [capacity, setCapacity] = useState(0);
  const [departments, setDepartments] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<Record<string, string>>({});
  const [checked, setChecked] = useState(false);
  const customers = useQuery({
    queryKey: [...CUSTOMERS, 'of-tiers', tiers],
    queryFn: ({ signal }) => customersOf(tiers, signal),
  });
  const rows = useVisits(agreement, { year: String(year), status: '', kind: 'visit' });
  const published = plans.find((plan) => plan.year === year);
  const planned = (rows.data?.items ?? [])
    .filter(({ planYear, status }) => planYear === year && status !== 'cancelled')
    .map(({ customer }) => customer.customerId);
  const wanted = (customers.data ?? []).filter(({ id }) => !planned.includes(id));
  const dayOf = (id: string, index: number): string =>
    days[`${String(year)} ${id}`] ?? proposedDay(year, today, index, wanted.length);
  const plan = useMutation({
    mutationFn: () => {
      const { as = '', onBehalfOf = null } = capacities[capacity] ?? {};
      const body = {
        as,
        ...(onBehalfOf === null ? {} : { onBehalfOf }),
        year,
        rows: wanted.map(({ id }, index) => ({ customer: id, plannedOn: dayOf(id, index), departments })),
        ...(published ? { reason: reason.trim() } : {}),
      };
      return intent(body, (key) =>
        request<object>(`${agreementPath(agreement.id)}/visit-plans`, { method: 'POST', key, body }),
      );
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
      void message.success(t('visits.planPublished', { year }));
      close();
    },
  });
  const isReasonMissing = published !== undefined && reason.trim() === '';
  const send = (): void => {
    setChecked(true);
    if (!isReasonMissing && wanted.length > 0) plan.mutate();
  };
  return (
    <Modal
      open
      title={t('visits.plan')}
      okText={t('visits.publish')}
      onOk={send}
      onCancel={close}
      okButtonProps={{ disabled: wanted.length === 0 }}
      confirmLoading={plan.isPending}
      mask={{ closable: false }}
      width="min(760px, 100%)"
    >
      <div className="stack">
        <p className="muted none-yet">
          {t('visits.planExplained', {
            tiers: tiers.map((tier) => t(`customerTier.${tier}`)).join(t('common.listSeparator')),
          })}{' '}
          <span className="small">{rule.plan?.clauses.join(', ')}</span>
        </p>
        <Form layout="vertical" component="div">
          <CapacityChoice capacities={capacities} chosen={capacity} choose={setCapacity} />
          <div className="pair">
            <Form.Item label={t('visits.year')} htmlFor="plan-year">
              <Select<number>
                id="plan-year"
                value={year}
                onChange={setYear}
                options={[thisYear, thisYear + 1].map((value) => ({
                  value,
                  label: t('visits.ofYear', { year: value }),
                }))}
              />
            </Form.Item>
            {rule.departments.length > 0 ? (
              <Form.Item label={t('visits.departments')} htmlFor="plan-departments">
                <Select<string[]>
                  id="plan-departments"
                  mode="multiple"
                  value={departments}
                  onChange={setDepartments}
                  options={rule.departments.map(({ seat, title }) => ({ value: seat, label: format.text(title) }))}
                />
              </Form.Item>
            ) : null}
          </div>
          {published ? (
            <Form.Item
              label={t('visits.planReason')}
              htmlFor="plan-reason"
              required
              validateStatus={checked && isReasonMissing ? 'error' : ''}
              help={checked && isReasonMissing ? t('process.required') : t('visits.planAdds')}
            >
              <Input
                id="plan-reason"
                maxLength={2_000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Form.Item>
          ) : null}
        </Form>
        {customers.error ? <ProblemAlert error={customers.error} retry={() => void customers.refetch()} /> : null}
        {customers.isPending || rows.isPending ? <Skeleton active /> : null}
        {customers.data && wanted.length === 0 ? (
          <Alert type="info" showIcon title={t(published ? 'visits.allPlanned' : 'visits.noCustomers')} />
        ) : null}
        {wanted.length > 0 ? (
          <div className="muted small">{t('visits.proposedDays', { count: wanted.length })}</div>
        ) : null}
        <ul className="cards" style={{ gap: 6 }}>
          {wanted.map((customer, index) => (
            <li key={customer.id} style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
              <span style={{ flex: '1 1 200px' }}>
                {customer.name} <TierTag tier={customer.tier} />
              </span>
              <Input
                type="date"
                aria-label={t('visits.dayOf', { who: customer.name })}
                min={`${String(year)}-01-01`}
                max={`${String(year)}-12-31`}
                value={dayOf(customer.id, index)}
                onChange={(event) => setDays({ ...days, [`${String(year)} ${customer.id}`]: event.target.value })}
                style={{ width: 170 }}
              />
            </li>
          ))}
        </ul>
        {Object.keys(days).length > 0 ? (
          <div>
            <Button size="small" onClick={() => setDays({})}>
              {t('visits.proposeAgain')}
            </Button>
          </div>
        ) : null}
        <ProblemAlert error={plan.error} />
      </div>
    </Modal>
  );
}

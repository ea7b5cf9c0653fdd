import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, request } from '../../api.ts';
import type { Language } from '../../wire.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { OrganisationSelect } from '../directory/organisation-select.tsx';
import { CUSTOMERS, type Customer, type CustomerDetail, TIERS, type Tier, customerPath } from './customer.ts';

/** What is written as a line of text, and may stay empty. */
const LINES = ['contact', 'email', 'phone', 'address', 'segment'] as const;

const fieldsOf = (customer: Customer | undefined) => ({
  key: customer?.key ?? '',
  name: customer?.name ?? '',
  tier: customer?.tier ?? ('ordinary' as Tier),
  reason: '',
  contact: customer?.contact ?? '',
  email: customer?.email ?? '',
  phone: customer?.phone ?? '',
  address: customer?.address ?? '',
  segment: customer?.segment ?? '',
  language: customer?.language ?? ('zh' as Language),
  branchId: customer?.branch?.id ?? null,
  departmentId: customer?.department?.id ?? null,
  surveyConsent: customer?.surveyConsent ?? true,
  promotionConsent: customer?.promotionConsent ?? false,
});

/** Adds a customer, or changes one; another tier is written down with its reason. */
export function CustomerDialog({
  customer,
  close,
  saved,
}: {
  customer?: Customer;
  close: () => void;
  saved: (customer: CustomerDetail) => void;
}): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const [fields, setFields] = useState(() => fieldsOf(customer));
  const [checked, setChecked] = useState(false);
  const set = (change: Partial<typeof fields>): void => setFields((before) => ({ ...before, ...change }));
  const tierChanges = customer !== undefined && fields.tier !== customer.tier;
  const save = useMutation({
    mutationFn: () => {
      const { key: number, reason, tier, ...rest } = fields;
      const lines = Object.fromEntries(LINES.map((name) => [name, fields[name].trim() || null]));
      const body = {
        ...rest,
        ...lines,
        name: fields.name.trim(),
        ...(customer ? {} : { key: number.trim() }),
        ...(customer && !tierChanges ? {} : { tier }),
        ...(tierChanges ? { reason: reason.trim() } : {}),
      };
      return intent(body, (key) =>
        request<CustomerDetail>(customer ? customerPath(customer.id) : '/customers', {
          method: customer ? 'PATCH' : 'POST',
          key,
          body,
        }),
      );
    },
    onSuccess: async (after) => {
      await queries.invalidateQueries({ queryKey: CUSTOMERS });
      saved(after);
      close();
    },
  });
  const missing = {
    key: fields.key.trim() === '',
    name: fields.name.trim() === '',
    reason: tierChanges && fields.reason.trim() === '',
  };
  const errors = save.error instanceof ApiProblem ? (save.error.problem.errors ?? []) : [];
  const helpOf = (name: string): string | undefined => {
    if (checked && missing[name as keyof typeof missing]) return t('customers.required');
    const refused = errors.find(({ path }) => path === name);
    return refused && [refused.message, refused.cure].filter(Boolean).join(t('common.then'));
  };
  const send = (): void => {
    setChecked(true);
    if (!Object.values(missing).includes(true)) save.mutate();
  };
  const item = (name: string, input: ReactNode, { required = false } = {}): ReactNode => {
    const help = helpOf(name);
    return (
      <Form.Item
        label={t(`customerField.${name}`)}
        htmlFor={`customer-${name}`}
        required={required}
        validateStatus={help ? 'error' : ''}
        help={help}
      >
        {input}
      </Form.Item>
    );
  };
  const line = (name: 'key' | 'name' | 'reason' | (typeof LINES)[number], disabled = false): ReactNode => (
    <Input
      id={`customer-${name}`}
      disabled={disabled}
      maxLength={name === 'reason' ? 1_000 : 200}
      value={fields[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  );
  return (
    <Modal
      open
      title={t(customer ? 'customers.edit' : 'customers.add')}
      okText={t('customers.save')}
      onOk={send}
      onCancel={close}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
      width={680}
    >
      <Form layout="vertical" component="div">
        <div className="pair">
          {item('key', line('key', customer !== undefined), { required: true })}
          {item('name', line('name'), { required: true })}
          {item(
            'tier',
            <Select<Tier>
              id="customer-tier"
              value={fields.tier}
              onChange={(tier) => set({ tier })}
              options={TIERS.map((value) => ({ value, label: t(`customerTier.${value}`) }))}
            />,
          )}
          {tierChanges ? item('reason', line('reason'), { required: true }) : null}
          {item(
            'language',
            <Select<Language>
              id="customer-language"
              value={fields.language}
              onChange={(language) => set({ language })}
              options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
            />,
          )}
          {LINES.map((name) => (
            <div key={name}>{item(name, line(name))}</div>
          ))}
          {item(
            'branchId',
            <OrganisationSelect
              id="customer-branchId"
              value={fields.branchId ?? undefined}
              shown={customer?.branch?.path}
              onChange={(id) => set({ branchId: id ?? null })}
            />,
          )}
          {item(
            'departmentId',
            <OrganisationSelect
              id="customer-departmentId"
              value={fields.departmentId ?? undefined}
              shown={customer?.department?.path}
              onChange={(id) => set({ departmentId: id ?? null })}
            />,
          )}
        </div>
        <div className="stack" style={{ gap: 6 }}>
          {(['surveyConsent', 'promotionConsent'] as const).map((name) => (
            <Checkbox key={name} checked={fields[name]} onChange={(event) => set({ [name]: event.target.checked })}>
              {t(`customerField.${name}`)}
            </Checkbox>
          ))}
          <p className="muted small">{t('customers.consentsExplained')}</p>
        </div>
      </Form>
      <ProblemAlert error={save.error} shownElsewhere={(path) => path in fields} />
    </Modal>
  );
}

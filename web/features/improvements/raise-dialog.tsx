import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiProblem, agreementPath, request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { CustomerSelect } from '../customers/customer-select.tsx';
import { CapacityChoice } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';
import { RAISED_FROM, improvementPage } from './improvement.ts';
import { useSeverities } from './words.ts';

/** Raises a finding that no survey measured. */
export function RaiseDialog({
  agreementId,
  capacities,
  from,
  close,
}: {
  agreementId: string;
  capacities: Capacity[];
  /** What it follows from. */
  from?: { source: (typeof RAISED_FROM)[number]; about: string; details: string };
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const intent = useIntent();
  const severities = useSeverities();
  const mayChooseCustomers = useMay('directory.read');
  const [capacity, setCapacity] = useState(0);
  const [checked, setChecked] = useState(false);
  const [fields, setFields] = useState({
    title: '',
    details: from?.details ?? '',
    source: from?.source ?? ('other' as (typeof RAISED_FROM)[number]),
    about: from?.about ?? '',
    severity: 3,
    frequency: 1,
    customers: [] as string[],
  });
  const set = (change: Partial<typeof fields>): void => setFields((before) => ({ ...before, ...change }));
  const comesFrom = fields.source === 'feedback' || fields.source === 'visit';
  const raise = useMutation({
    mutationFn: () => {
      const { title, details, about, source, ...rest } = fields;
      const { as = '', onBehalfOf = null } = capacities[capacity] ?? {};
      const body = {
        as,
        ...(onBehalfOf === null ? {} : { onBehalfOf }),
        ...rest,
        source,
        title: title.trim(),
        ...(details.trim() === '' ? {} : { details: details.trim() }),
        ...(comesFrom && about.trim() !== '' ? { about: about.trim() } : {}),
      };
      return intent(body, (key) =>
        request<{ id: string }>(`${agreementPath(agreementId)}/improvements`, { method: 'POST', key, body }),
      );
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: agreementKey(agreementId) });
      close();
      await navigate(improvementPage(agreementId, id));
    },
  });
  const errors = raise.error instanceof ApiProblem ? (raise.error.problem.errors ?? []) : [];
  const wrongAbout = comesFrom ? errors.find(({ path }) => path === 'about') : undefined;
  const isTitleMissing = checked && fields.title.trim() === '';
  const send = (): void => {
    setChecked(true);
    if (fields.title.trim() !== '') raise.mutate();
  };
  return (
    <Modal
      open
      title={t('improvements.raise')}
      okText={t('improvements.raise')}
      onOk={send}
      onCancel={close}
      confirmLoading={raise.isPending}
      mask={{ closable: false }}
    >
      <Form layout="vertical" component="div">
        <CapacityChoice capacities={capacities} chosen={capacity} choose={setCapacity} />
        <Form.Item
          label={t('improvements.whatFound')}
          htmlFor="finding-title"
          required
          validateStatus={isTitleMissing ? 'error' : ''}
          help={isTitleMissing ? t('improvements.required') : undefined}
        >
          <Input
            id="finding-title"
            maxLength={200}
            value={fields.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('improvements.details')} htmlFor="finding-details">
          <Input.TextArea
            id="finding-details"
            autoSize={{ minRows: 2, maxRows: 10 }}
            maxLength={20_000}
            value={fields.details}
            onChange={(event) => set({ details: event.target.value })}
          />
        </Form.Item>
        <div className="pair">
          <Form.Item label={t('improvements.source')} htmlFor="finding-source">
            <Select
              id="finding-source"
              value={fields.source}
              onChange={(source) => set({ source })}
              options={RAISED_FROM.map((value) => ({ value, label: t(`findingSource.${value}`) }))}
            />
          </Form.Item>
          {comesFrom ? (
            <Form.Item
              label={t(`findingAbout.${fields.source}`)}
              htmlFor="finding-about"
              validateStatus={wrongAbout ? 'error' : ''}
              help={wrongAbout && [wrongAbout.message, wrongAbout.cure].filter(Boolean).join(t('common.then'))}
            >
              <Input
                id="finding-about"
                maxLength={100}
                value={fields.about}
                onChange={(event) => set({ about: event.target.value })}
              />
            </Form.Item>
          ) : null}
          <Form.Item label={t('improvements.severity')} htmlFor="finding-severity">
            <Select
              id="finding-severity"
              value={fields.severity}
              onChange={(severity) => set({ severity })}
              options={severities}
            />
          </Form.Item>
          <Form.Item label={t('improvements.frequency')} htmlFor="finding-frequency">
            <InputNumber<number>
              id="finding-frequency"
              min={1}
              max={1_000_000}
              precision={0}
              value={fields.frequency}
              onChange={(frequency) => set({ frequency: frequency ?? 1 })}
            />
          </Form.Item>
        </div>
        {mayChooseCustomers ? (
          <Form.Item
            label={t('improvements.raisedBy')}
            htmlFor="finding-customers"
            help={t('improvements.raisedByHelp')}
          >
            <CustomerSelect
              id="finding-customers"
              value={fields.customers}
              onChange={(customers) => set({ customers })}
            />
          </Form.Item>
        ) : null}
      </Form>
      <ProblemAlert error={raise.error} shownElsewhere={(path) => wrongAbout !== undefined && path === 'about'} />
    </Modal>
  );
}

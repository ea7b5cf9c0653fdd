import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { CustomerSelect } from '../customers/customer-select.tsx';
import type { Capacity } from '../process/capacity.ts';
import type { Survey } from './survey.ts';
import { surveyKey, surveyPath } from './survey-queries.ts';

/** A fresh link for somebody who was drawn, at the address that the directory has now. */
export function ReissueDialog({
  agreementId,
  survey,
  capacity: { as, onBehalfOf },
  customer,
  close,
}: {
  agreementId: string;
  survey: Survey;
  capacity: Capacity;
  /** Null: chosen in the dialog. */
  customer: { customerId: string; name: string } | null;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const [chosen, setChosen] = useState(customer?.customerId ?? null);
  const [checked, setChecked] = useState(false);
  const send = useMutation({
    mutationFn: (id: string) => {
      const body = { as, ...(onBehalfOf === null ? {} : { onBehalfOf }), customer: id };
      const path = `${surveyPath(agreementId, survey.id)}/invitations`;
      return intent(['reissue', path, body], (key) => request(path, { method: 'POST', key, body }));
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: surveyKey(agreementId, survey.id) });
      void message.success(t('surveys.reissued'));
      close();
    },
  });
  const isMissing = checked && chosen === null;
  return (
    <Modal
      open
      title={t('surveys.reissue')}
      okText={t('surveys.reissue')}
      onOk={() => {
        setChecked(true);
        if (chosen !== null) send.mutate(chosen);
      }}
      onCancel={close}
      confirmLoading={send.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">{t('surveys.reissueExplained')}</p>
      <Form layout="vertical" component="div">
        {customer ? (
          <p>
            {t('surveys.customer')}
            {t('common.colon')}
            {customer.name}
          </p>
        ) : (
          <Form.Item
            label={t('surveys.customer')}
            htmlFor="reissue-customer"
            required
            validateStatus={isMissing ? 'error' : ''}
            help={isMissing ? t('surveys.required') : undefined}
          >
            <CustomerSelect
              id="reissue-customer"
              value={chosen === null ? [] : [chosen]}
              onChange={(ids) => {
                setChosen(ids.at(-1) ?? null);
                send.reset();
              }}
            />
          </Form.Item>
        )}
      </Form>
      <ProblemAlert error={send.error} />
    </Modal>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Typography } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { CapacityChoice } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';

/** Makes a link to the feedback form; it is shown this once, with its QR code. */
export function LinkDialog({
  agreementId,
  capacities,
  to,
  close,
}: {
  agreementId: string;
  capacities: Capacity[];
  /** Another form than that of feedback. */
  to?: { path: string; title: string; explained: string };
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const [chosen, setChosen] = useState(0);
  const [label, setLabel] = useState('');
  const [checked, setChecked] = useState(false);
  const make = useMutation({
    mutationFn: () => {
      const { as = '', onBehalfOf = null } = capacities[chosen] ?? {};
      const body = { as, ...(onBehalfOf === null ? {} : { onBehalfOf }), label: label.trim() };
      return intent(body, (key) =>
        request<{ url: string; svg: string; png: string }>(
          `${agreementPath(agreementId)}${to?.path ?? '/feedback-links'}`,
          {
            method: 'POST',
            key,
            body,
          },
        ),
      );
    },
  });
  const isMissing = checked && label.trim() === '';
  const made = make.data;
  return (
    <Modal
      open
      title={to?.title ?? t('feedback.makeLink')}
      okText={made ? t('feedback.kept') : (to?.title ?? t('feedback.makeLink'))}
      onOk={() => {
        setChecked(true);
        if (made) close();
        else if (label.trim() !== '') make.mutate();
      }}
      onCancel={close}
      confirmLoading={make.isPending}
      mask={{ closable: false }}
      {...(made ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
    >
      {made ? (
        <div className="stack">
          <Alert type="warning" showIcon title={t('feedback.onlyOnce')} />
          <Typography.Text copyable className="break">
            {made.url}
          </Typography.Text>
          <img
            alt={t('feedback.code')}
            src={`data:image/svg+xml,${encodeURIComponent(made.svg)}`}
            style={{ width: 200, maxWidth: '100%' }}
          />
          <div className="actions">
            <a download={`${label.trim()}.png`} href={`data:image/png;base64,${made.png}`}>
              {t('feedback.saveCode', { format: 'PNG' })}
            </a>
            <a download={`${label.trim()}.svg`} href={`data:image/svg+xml,${encodeURIComponent(made.svg)}`}>
              {t('feedback.saveCode', { format: 'SVG' })}
            </a>
          </div>
        </div>
      ) : (
        <Form layout="vertical" component="div">
          <p className="muted">{to?.explained ?? t('feedback.linkExplained')}</p>
          <CapacityChoice capacities={capacities} chosen={chosen} choose={setChosen} />
          <Form.Item
            label={t('feedback.label')}
            htmlFor="feedback-label"
            required
            validateStatus={isMissing ? 'error' : ''}
            help={isMissing ? t('improvements.required') : t('feedback.labelHelp')}
          >
            <Input
              id="feedback-label"
              maxLength={100}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          </Form.Item>
        </Form>
      )}
      <ProblemAlert error={make.error} />
    </Modal>
  );
}

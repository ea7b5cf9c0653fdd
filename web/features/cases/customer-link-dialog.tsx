import { useMutation } from '@tanstack/react-query';
import { Alert, Modal, Typography } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { CapacityChoice } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';
import type { Case } from './case.ts';

/** Makes a link to the page of whoever brought the case, to be read out or sent on; it is shown this once. */
export function CustomerLinkDialog({
  agreementId,
  one,
  close,
}: {
  agreementId: string;
  one: Case;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const [chosen, setChosen] = useState(0);
  const capacities: Capacity[] = Object.values(one.as)
    .flat()
    .filter(({ onBehalfOf }) => onBehalfOf === null)
    .filter(({ as }, index, all) => all.findIndex((other) => other.as === as) === index);
  const make = useMutation({
    mutationFn: () => {
      const body = { as: capacities[chosen]?.as ?? 'coordinator' };
      return intent([one.id, body], (key) =>
        request<{ url: string }>(`${agreementPath(agreementId)}/cases/${one.id}/links`, { method: 'POST', key, body }),
      );
    },
  });
  const made = make.data;
  return (
    <Modal
      open
      title={t('cases.handOver')}
      okText={t(made ? 'feedback.kept' : 'cases.makeIt')}
      onOk={() => (made ? close() : make.mutate())}
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
        </div>
      ) : (
        <>
          <p className="muted">{t('cases.handOverExplained')}</p>
          <CapacityChoice capacities={capacities} chosen={chosen} choose={setChosen} />
        </>
      )}
      <ProblemAlert error={make.error} />
    </Modal>
  );
}

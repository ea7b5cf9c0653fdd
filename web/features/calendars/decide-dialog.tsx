import { Alert, Form, Input, Modal, Progress } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problem-alert.tsx';
import type { Redating } from './calendar.ts';
import { useDeciding } from './deciding.ts';
import { RedatingDates } from './redating-dates.tsx';

/** What would move once more, before it does; a no says why. Many are decided one after the other, with what refused which. */
export function DecideDialog({
  proposals,
  verdict,
  onClose,
}: {
  proposals: Redating[];
  verdict: 'accept' | 'decline';
  /** With whether something was decided. */
  onClose: (isDone: boolean) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const [reason, setReason] = useState('');
  const { deciding, decide } = useDeciding();
  const dates = proposals.flatMap((one) => one.dates);
  const isRunning = deciding !== null && !deciding.isOver;
  const failed = deciding?.failed ?? [];
  const [only] = proposals;
  const send = async (): Promise<void> => {
    const result = await decide(proposals, verdict === 'accept' ? { verdict } : { verdict, reason: reason.trim() });
    if (result.failed.length === 0) onClose(true);
  };
  return (
    <Modal
      open
      title={t(`calendars.${verdict}Title`, { count: proposals.length })}
      okText={deciding?.isOver ? t('calendars.close') : t(`calendars.${verdict}`)}
      cancelText={t('calendars.cancel')}
      closable={!isRunning}
      maskClosable={false}
      okButtonProps={{ loading: isRunning, disabled: verdict === 'decline' && reason.trim() === '' }}
      cancelButtonProps={{ disabled: isRunning, ...(deciding?.isOver ? { style: { display: 'none' } } : {}) }}
      onOk={() => (deciding?.isOver ? onClose(deciding.done > 0) : void send())}
      onCancel={() => onClose((deciding?.done ?? 0) > 0)}
    >
      <div className="stack">
        <p>
          {t(`calendars.${verdict}Explained`, {
            count: dates.length,
            version: only ? `${only.calendar.id}@${only.calendar.to}` : '',
          })}
        </p>
        {verdict === 'accept' && proposals.length === 1 && only ? <RedatingDates dates={only.dates} /> : null}
        {proposals.length > 1 ? (
          <ul className="plain-list">
            {proposals.map(({ agreement, dates: own }) => (
              <li key={agreement.id}>
                {format.text(agreement.title)} <span className="muted">{agreement.parties.join(' / ')}</span>
                {t('common.brackets', { inside: t('calendars.dateCount', { count: own.length }) })}
              </li>
            ))}
          </ul>
        ) : null}
        {verdict === 'decline' ? (
          <Form.Item label={t('calendars.reason')} htmlFor="decline-reason" required layout="vertical">
            <Input.TextArea
              id="decline-reason"
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={2_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        ) : null}
        {deciding && proposals.length > 1 ? (
          <Progress
            aria-label={t('calendars.progress')}
            percent={Math.round(((deciding.done + failed.length) / Math.max(1, deciding.of)) * 100)}
          />
        ) : null}
        {failed.length > 0 ? (
          <Alert
            type="error"
            role="alert"
            showIcon
            title={t('calendars.failed', { count: failed.length })}
            description={
              <ul className="plain-list">
                {failed.map(({ proposal, error }) => {
                  const { title, detail } = problemText(error);
                  return (
                    <li key={proposal.agreement.id}>
                      {format.text(proposal.agreement.title)} {proposal.agreement.parties.join(' / ')}
                      {t('common.colon')}
                      {title} {detail && detail !== title ? detail : ''}
                    </li>
                  );
                })}
              </ul>
            }
          />
        ) : null}
      </div>
    </Modal>
  );
}

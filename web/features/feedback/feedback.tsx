import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { agreementPath, request } from '../../api.ts';
import type { Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { casePage, useCases } from '../cases/case.ts';
import { OpenDialog } from '../cases/open-dialog.tsx';
import { improvementPage } from '../improvements/improvement.ts';
import type { Capacity } from '../process/capacity.ts';
import { RaiseDialog } from '../improvements/raise-dialog.tsx';
import { Section } from '../life/section.tsx';
import { LinkDialog } from './link-dialog.tsx';

/** An opinion that came in unasked, as `/api` sends it (api/routes/feedback.ts). */
interface Opinion {
  id: string;
  number: string;
  receivedAt: string;
  channel: string;
  text: string;
  name: string | null;
  email: string | null;
  status: 'open' | 'finding' | 'case' | 'answered' | 'no-action';
  improvement: string | null;
  case: string | null;
  outcome: string | null;
}

const COLOUR: Record<Opinion['status'], string> = {
  open: 'gold',
  finding: 'blue',
  case: 'blue',
  answered: 'green',
  'no-action': 'default',
};

/** What customers said unasked, and what became of each: a finding, or nothing and why. */
export function Feedback({ agreement, capacities }: { agreement: Agreement; capacities: Capacity[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRead = useMay('surveys.enter');
  const maySettle = useMay('agreements.manage');
  const [raising, setRaising] = useState<Opinion | null>(null);
  const [settling, setSettling] = useState<Opinion | null>(null);
  const [linking, setLinking] = useState(false);
  const [opening, setOpening] = useState<Opinion | null>(null);
  const navigate = useNavigate();
  const cases = useCases(agreement).data;
  const mayOpen = (cases?.may.open.length ?? 0) > 0;
  const opinions = useQuery({
    queryKey: [...agreementKey(agreement.id), 'feedback'],
    queryFn: ({ signal }) => request<{ items: Opinion[] }>(`${agreementPath(agreement.id)}/feedback`, { signal }),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  return (
    <Section
      title={t('feedback.title')}
      actions={
        capacities.length > 0 ? (
          <Button size="small" onClick={() => setLinking(true)}>
            {t('feedback.makeLink')}
          </Button>
        ) : null
      }
    >
      {opinions.isPending ? <Skeleton active /> : null}
      {opinions.error ? <ProblemAlert error={opinions.error} retry={() => void opinions.refetch()} /> : null}
      {opinions.data ? (
        <Records
          label={t('feedback.title')}
          rows={opinions.data.items}
          rowKey={({ id }) => id}
          empty={t('feedback.none')}
          columns={[
            {
              key: 'text',
              title: t('feedback.opinion'),
              heading: true,
              render: ({ text, number, receivedAt }) => (
                <>
                  <p className="said" style={{ fontWeight: 400 }}>
                    {text}
                  </p>
                  <span className="muted small" style={{ fontWeight: 400 }}>
                    {number} · {format.instant(receivedAt, agreement.zone)}
                  </span>
                </>
              ),
            },
            {
              key: 'from',
              title: t('feedback.from'),
              width: 200,
              render: ({ name, email }) => (
                <span className="break">{[name, email].filter(Boolean).join(' · ') || t('feedback.unnamed')}</span>
              ),
            },
            {
              key: 'status',
              title: t('feedback.outcome'),
              width: 280,
              render: (opinion) => (
                <div className="stack" style={{ gap: 6 }}>
                  <span>
                    <Tag color={COLOUR[opinion.status]}>{t(`feedbackStatus.${opinion.status}`)}</Tag>
                    {opinion.improvement ? (
                      <Link to={improvementPage(agreement.id, opinion.improvement)}>{t('feedback.toImprovement')}</Link>
                    ) : null}
                    {opinion.case ? <Link to={casePage(agreement.id, opinion.case)}>{t('cases.toCase')}</Link> : null}
                  </span>
                  {opinion.outcome ? <span className="small said">{opinion.outcome}</span> : null}
                  {opinion.status === 'open' ? (
                    <div className="actions">
                      {capacities.length > 0 ? (
                        <Button size="small" onClick={() => setRaising(opinion)}>
                          {t('improvements.raise')}
                        </Button>
                      ) : null}
                      {mayOpen ? (
                        <Button size="small" onClick={() => setOpening(opinion)}>
                          {t('cases.fromFeedback')}
                        </Button>
                      ) : null}
                      {maySettle ? (
                        <Button size="small" onClick={() => setSettling(opinion)}>
                          {t('feedback.noAction')}
                        </Button>
                      ) : null}
                    </div>
                  ) : null}
                </div>
              ),
            },
          ]}
        />
      ) : null}
      {raising ? (
        <RaiseDialog
          agreementId={agreement.id}
          capacities={capacities}
          from={{ source: 'feedback', about: raising.number, details: raising.text }}
          close={() => setRaising(null)}
        />
      ) : null}
      {opening && cases ? (
        <OpenDialog
          agreement={agreement}
          list={cases}
          from={{ feedback: opening.id, text: opening.text }}
          close={() => setOpening(null)}
          done={(id) => void navigate(casePage(agreement.id, id))}
        />
      ) : null}
      {settling ? (
        <NoActionDialog agreementId={agreement.id} opinion={settling} close={() => setSettling(null)} />
      ) : null}
      {linking ? (
        <LinkDialog agreementId={agreement.id} capacities={capacities} close={() => setLinking(false)} />
      ) : null}
    </Section>
  );
}

/** Nothing follows, and why. */
function NoActionDialog({
  agreementId,
  opinion,
  close,
}: {
  agreementId: string;
  opinion: Opinion;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const settle = useMutation({
    mutationFn: () =>
      intent([opinion.id, reason], (key) =>
        request(`${agreementPath(agreementId)}/feedback/${opinion.id}/no-action`, {
          method: 'POST',
          key,
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [...agreementKey(agreementId), 'feedback'] });
      close();
    },
  });
  const isMissing = checked && reason.trim() === '';
  return (
    <Modal
      open
      title={t('feedback.noActionOn', { number: opinion.number })}
      okText={t('feedback.noAction')}
      onOk={() => {
        setChecked(true);
        if (reason.trim() !== '') settle.mutate();
      }}
      onCancel={close}
      confirmLoading={settle.isPending}
      mask={{ closable: false }}
    >
      <p className="said muted">{opinion.text}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('improvements.reason')}
          htmlFor="no-action-reason"
          required
          validateStatus={isMissing ? 'error' : ''}
          help={isMissing ? t('improvements.required') : undefined}
        >
          <Input.TextArea
            id="no-action-reason"
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ProblemAlert error={settle.error} />
    </Modal>
  );
}

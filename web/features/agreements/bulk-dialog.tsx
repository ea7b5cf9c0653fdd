import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Modal, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';
import { PersonSelect } from '../directory/person-select.tsx';
import { Between } from './between.tsx';
import { type BulkAct, type BulkJob, type BulkPreview, JOBS, jobPath } from './bulk.ts';

/** What an act will do to each of the chosen, and why it cannot be done to the others; then it is begun as a job. */
export function BulkDialog({ act, ids, close }: { act: BulkAct; ids: string[]; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const intent = useIntent();
  const [personId, setPersonId] = useState<string>();
  const needsPerson = act === 'replace-coordinator';
  const body = { act, ids, ...(needsPerson && personId !== undefined ? { personId } : {}) };
  const isReady = !needsPerson || personId !== undefined;
  const preview = useQuery({
    queryKey: ['bulk-preview', body],
    queryFn: ({ signal }) => request<BulkPreview>('/bulk/preview', { method: 'POST', body, signal }),
    enabled: isReady,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const begin = useMutation({
    mutationFn: () => intent(body, (key) => request<BulkJob>('/bulk/jobs', { method: 'POST', key, body })),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: JOBS });
      void navigate(jobPath(id));
    },
  });
  const { data } = preview;
  const can = data?.can ?? 0;
  return (
    <Modal
      open
      title={t(`bulkAct.${act}`)}
      width={760}
      okText={t(`bulkDo.${act}`, { count: can })}
      okButtonProps={{ disabled: !data || can === 0, danger: act === 'delete-drafts' }}
      cancelText={t('bulk.cancel')}
      confirmLoading={begin.isPending}
      onOk={() => begin.mutate()}
      onCancel={close}
    >
      <div className="stack">
        <p className="none-yet">{t(`bulkExplained.${act}`)}</p>
        {needsPerson ? (
          <Form layout="vertical" component="div">
            <Form.Item label={t('bulk.newCoordinator')} htmlFor="bulk-person" required style={{ marginBottom: 0 }}>
              <PersonSelect id="bulk-person" value={personId} onChange={setPersonId} />
            </Form.Item>
          </Form>
        ) : null}
        <ProblemAlert error={preview.error} retry={() => void preview.refetch()} />
        <ProblemAlert error={begin.error} />
        {isReady && preview.isPending ? <Skeleton active /> : null}
        {data ? <Preview preview={data} /> : null}
      </div>
    </Modal>
  );
}

function Preview({ preview: { can, cannot, items } }: { preview: BulkPreview }): ReactNode {
  const { t } = useTranslation();
  const will = items.filter(({ reason }) => reason === null);
  const wont = items.filter(({ reason }) => reason !== null);
  return (
    <>
      <Alert
        type={can === 0 ? 'warning' : 'info'}
        showIcon
        title={cannot === 0 ? t('bulk.allCan', { count: can }) : t('bulk.someCan', { can, cannot })}
      />
      {wont.length > 0 ? (
        <section>
          <h3>{t('bulk.wont', { count: wont.length })}</h3>
          <Items items={wont} />
        </section>
      ) : null}
      {will.length > 0 ? (
        <details open={wont.length === 0 && will.length <= 8}>
          <summary>{t('bulk.will', { count: will.length })}</summary>
          <Items items={will} />
        </details>
      ) : null}
    </>
  );
}

function Items({ items }: { items: BulkPreview['items'] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="bulk-items">
      {items.map(({ agreementId, title, parties, status, reason }) => (
        <li key={agreementId}>
          <div className="toolbar">
            <Link to={`/agreements/${agreementId}`} target="_blank">
              {format.text(title)}
            </Link>
            <AgreementStatusTag status={status} />
          </div>
          <div className="small">
            <Between parties={parties} />
          </div>
          {reason ? (
            <div className="late-note">
              {reason.message}
              {t('common.then')}
              {reason.cure}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Skeleton, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { agreementPath, request } from '../../api.ts';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { useIntent } from '../../app/intent.ts';
import { useFormat } from '../../app/format.ts';
import { SeatTitles, useRoleName } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';
import { agreementKey, useAgreement } from './agreement-queries.ts';
import { Documents } from './documents.tsx';
import { Ledger } from './ledger.tsx';
import { useNextStep } from './next-step.ts';
import { Notices } from './notices.tsx';
import { Obligations } from './obligations.tsx';
import { PendingCommandAlert, usePendingCommands } from './pending-commands.tsx';
import { PeopleAndTerms } from './people-and-terms.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { TerminateDialog } from './terminate-dialog.tsx';
import { Timeline } from './timeline.tsx';

/** One agreement: how it stands, what happens next, and all that is known about it. */
export function AgreementPage(): ReactNode {
  const { id = '' } = useParams();
  const agreement = useAgreement(id);
  return (
    <div className="page">
      {agreement.isPending ? (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      ) : null}
      {agreement.error ? <ProblemAlert error={agreement.error} retry={() => void agreement.refetch()} /> : null}
      {agreement.data ? (
        <SeatTitles value={agreement.data.seatTitles}>
          <AgreementDesk key={id} agreement={agreement.data} />
        </SeatTitles>
      ) : null}
    </div>
  );
}

type Dialog = { act: 'sign' | 'terminate' } | { act: 'submit' | 'review'; obligation: Obligation } | null;

function AgreementDesk({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { message } = App.useApp();
  const [address, setAddress] = useSearchParams();
  const [dialog, setDialog] = useState<Dialog>(null);
  const commands = usePendingCommands(agreement.id);
  const next = useNextStep(agreement);
  const title = format.text(agreement.title);
  usePageTitle(title);

  const close = (): void => setDialog(null);
  const done = (answer: ActAnswer, what: string): void => {
    if (answer.status === 'pending') commands.watch(answer, what);
    else void message.success(t('pending.applied', { what }));
  };
  const isDraft = agreement.status === 'draft';

  return (
    <>
      <div className="heading">
        <div className="grow">
          <div className="heading">
            <h1>{title}</h1>
            <AgreementStatusTag status={agreement.status} />
          </div>
          <div className="muted">
            {Object.entries(agreement.parties).map(([key, party]) => (
              <span key={key} style={{ marginInlineEnd: 16, display: 'inline-block' }}>
                {role(key)} {party.name}
              </span>
            ))}
          </div>
        </div>
        <div className="actions">
          {agreement.status === 'awaiting-signatures' ? (
            <Button type="primary" onClick={() => setDialog({ act: 'sign' })}>
              {t('sign.open')}
            </Button>
          ) : null}
          {isDraft ? null : (
            <Link to={`/audit/${agreement.id}`}>
              <Button tabIndex={-1}>{t('audit.open')}</Button>
            </Link>
          )}
          {agreement.status === 'active' ? (
            <Button danger onClick={() => setDialog({ act: 'terminate' })}>
              {t('terminate.open')}
            </Button>
          ) : null}
        </div>
      </div>

      <Alert
        type={next.tone}
        showIcon
        title={<strong>{next.sentence}</strong>}
        description={<Dates agreement={agreement} />}
      />
      {isDraft ? <DraftActions agreement={agreement} /> : null}
      {commands.pending.map((pending) => (
        <PendingCommandAlert
          key={pending.location}
          agreementId={agreement.id}
          pending={pending}
          forget={() => commands.forget(pending.location)}
        />
      ))}

      {isDraft ? (
        <section className="panel">
          <PeopleAndTerms agreement={agreement} />
        </section>
      ) : (
        <section className="panel">
          <Tabs
            activeKey={address.get('tab') ?? 'obligations'}
            onChange={(tab) => setAddress(tab === 'obligations' ? {} : { tab }, { replace: true })}
            items={[
              {
                key: 'obligations',
                label: t('obligations.title'),
                children: (
                  <Obligations
                    agreement={agreement}
                    submit={(obligation) => setDialog({ act: 'submit', obligation })}
                    review={(obligation) => setDialog({ act: 'review', obligation })}
                  />
                ),
              },
              { key: 'timeline', label: t('timeline.title'), children: <Timeline agreement={agreement} /> },
              { key: 'ledger', label: t('ledger.title'), children: <Ledger agreement={agreement} /> },
              { key: 'notices', label: t('notices.title'), children: <Notices agreement={agreement} /> },
              { key: 'documents', label: t('documents.title'), children: <Documents agreement={agreement} /> },
              { key: 'people', label: t('people.tab'), children: <PeopleAndTerms agreement={agreement} /> },
            ]}
          />
        </section>
      )}

      {dialog?.act === 'sign' ? <SignDialog agreement={agreement} close={close} done={done} /> : null}
      {dialog?.act === 'submit' ? (
        <SubmitDialog agreement={agreement} obligation={dialog.obligation} close={close} done={done} />
      ) : null}
      {dialog?.act === 'review' ? (
        <ReviewDialog agreement={agreement} obligation={dialog.obligation} close={close} done={done} />
      ) : null}
      {dialog?.act === 'terminate' ? <TerminateDialog agreement={agreement} close={close} done={done} /> : null}
    </>
  );
}

function Dates({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    agreement.inForceOn ? t('agreement.inForceOn', { on: format.date(agreement.inForceOn) }) : null,
    agreement.endedOn
      ? t('agreement.endedOn', { on: format.date(agreement.endedOn) })
      : agreement.expiresOn
        ? t('agreement.expiresOn', { on: format.date(agreement.expiresOn) })
        : agreement.status === 'draft'
          ? null
          : t('agreement.noExpiry'),
    t('agreement.zone', { zone: format.zone(agreement.zone) }),
  ];
  return <span className="small">{facts.filter(Boolean).join(' · ')}</span>;
}

function DraftActions({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const intent = useIntent();
  const start = useMutation({
    mutationFn: () =>
      intent(['start', agreement.id], (key) =>
        request<Agreement | ActAnswer>(`${agreementPath(agreement.id)}/start`, { method: 'POST', key, body: {} }),
      ),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
      void queries.invalidateQueries({ queryKey: ['agreements'] });
      void message.success(answer.status === 'pending' ? t('start.recorded') : t('start.started'));
    },
  });
  return (
    <>
      <div className="actions">
        <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
          {t('start.start')}
        </Button>
        <Button onClick={() => void navigate(`/agreements/${agreement.id}/draft`)}>{t('start.editDraft')}</Button>
      </div>
      <ProblemAlert error={start.error} />
    </>
  );
}

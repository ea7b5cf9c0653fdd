import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { agreementPath, request } from '../../api.ts';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { ClausesOf } from '../../app/clause-link.tsx';
import { useMay, useMe } from '../../app/me.ts';
import { useIntent } from '../../app/intent.ts';
import { useFormat } from '../../app/format.ts';
import { SeatTitles, useRoleName } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';
import { useLife } from '../life/life.ts';
import { LIFE_PARTS } from '../life/part-names.ts';
import { partsOf } from '../life/parts.ts';
import { useActing } from './acting.ts';
import './agreement.css';
import { agreementKey, useAgreement } from './agreement-queries.ts';
import { ClauseBasis } from './clause-basis.tsx';
import { SectionContent } from './section-content.tsx';
import { SectionNav } from './section-nav.tsx';
import { useNextStep } from './next-step.ts';
import { useOutlook, useRunning } from './outlook.ts';
import { PendingCommandAlerts, usePendingCommands } from './pending-commands.tsx';
import { People, Terms } from './people-and-terms.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { itemNamed, sectionsOf } from './sections.ts';
import { SignDialog } from './sign-dialog.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { TerminateDialog } from './terminate-dialog.tsx';

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
          <ClausesOf value={{ template: agreement.data.template, agreement: id }}>
            <AgreementDesk key={id} agreement={agreement.data} />
          </ClausesOf>
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
  const [address] = useSearchParams();
  const [dialog, setDialog] = useState<Dialog>(null);
  const commands = usePendingCommands(agreement.id);
  const { done } = commands;
  const life = useLife(agreement);
  const running = useRunning(agreement);
  const outlook = useOutlook(agreement, life.data, running);
  const next = useNextStep(agreement, { life: life.data, running, outlook });
  const title = format.text(agreement.title);
  usePageTitle(title);

  const close = (): void => setDialog(null);
  const isDraft = agreement.status === 'draft';
  const permissions = useMe()?.permissions ?? {};
  const mayManage = useMay('agreements.manage');
  const mayAudit = useMay('audit');
  const mayTry = useMay('ledger.read') && agreement.status !== 'starting';
  const acting = useActing(agreement);
  const sections = sectionsOf(agreement, partsOf(life.data), (permission) => permission in permissions);
  // Which parts of its life there are is not known at once; an address that names one is not sent away meanwhile.
  const possible = sectionsOf(agreement, life.isPending ? LIFE_PARTS : partsOf(life.data), (one) => one in permissions);
  const clause = address.get('tab') === null ? address.get('clause') : null;
  const current = itemNamed(clause === null ? address.get('tab') : 'clauses', possible);
  const canSign = Object.keys(agreement.parties).some(
    (party) => agreement.signatures[party] === undefined && acting(party) !== undefined,
  );

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
          {agreement.status === 'awaiting-signatures' && canSign ? (
            <Button type="primary" onClick={() => setDialog({ act: 'sign' })}>
              {t('sign.open')}
            </Button>
          ) : null}
          {mayTry ? (
            <Link to={`/agreements/${agreement.id}/what-if`}>
              <Button tabIndex={-1}>{t('whatIf.open')}</Button>
            </Link>
          ) : null}
          {isDraft || !mayAudit ? null : (
            <Link to={`/audit/${agreement.id}`}>
              <Button tabIndex={-1}>{t('audit.open')}</Button>
            </Link>
          )}
          {(agreement.status === 'active' || agreement.status === 'suspended') && mayManage ? (
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
      {isDraft && mayManage ? <DraftActions agreement={agreement} /> : null}
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />

      {isDraft ? (
        <section className="panel stack">
          <People agreement={agreement} done={done} />
          <Terms agreement={agreement} />
        </section>
      ) : (
        <section className="panel agreement-panel">
          <SectionNav agreement={agreement} sections={sections} current={current} />
          {clause === null ? (
            <SectionContent
              item={current}
              agreement={agreement}
              life={life.data}
              outlook={outlook}
              items={sections.flatMap(({ items }) => items)}
              done={done}
              submit={(obligation) => setDialog({ act: 'submit', obligation })}
              review={(obligation) => setDialog({ act: 'review', obligation })}
            />
          ) : (
            <ClauseBasis agreement={agreement} life={life.data} clause={clause} />
          )}
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
        : agreement.inForceOn === null
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Skeleton, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { agreementPath, request } from '../../api.ts';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { useMay } from '../../app/me.ts';
import { useIntent } from '../../app/intent.ts';
import { useFormat } from '../../app/format.ts';
import { SeatTitles, useRoleName } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';
import { useActing } from './acting.ts';
import { agreementKey, useAgreement } from './agreement-queries.ts';
import { Documents } from './documents.tsx';
import { Ledger } from './ledger.tsx';
import { useNextStep } from './next-step.ts';
import { Cases } from '../cases/cases.tsx';
import { knowsCases, useCases } from '../cases/case.ts';
import { ClaimsTab, LifeOverview, MattersTab, Money } from '../life/life-tabs.tsx';
import { useLife } from '../life/life.ts';
import { Evaluations } from '../evaluations/evaluations.tsx';
import { knowsEvaluations, useEvaluations } from '../evaluations/evaluation.ts';
import { ImprovementBoard } from '../improvements/board.tsx';
import { knowsImprovements, useBoard } from '../improvements/improvement.ts';
import { Links } from '../links/links.tsx';
import { Readings } from '../readings/readings.tsx';
import { useSurveys } from '../surveys/survey-queries.ts';
import { SurveyList } from '../surveys/survey-list.tsx';
import { Trainings } from '../trainings/trainings.tsx';
import { knowsTraining, useTrainings } from '../trainings/training.ts';
import { Engagements } from '../engagements/engagements.tsx';
import { knowsEngagements, useEngagements } from '../engagements/engagement.ts';
import { Risks } from '../risks/risks.tsx';
import { knowsRisks, useRisks } from '../risks/risk.ts';
import { Visits } from '../visits/visits.tsx';
import { knowsVisits, useVisits } from '../visits/visit.ts';
import { Notices } from './notices.tsx';
import { Obligations } from './obligations.tsx';
import { PendingCommandAlerts, usePendingCommands } from './pending-commands.tsx';
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
  const [address, setAddress] = useSearchParams();
  const [dialog, setDialog] = useState<Dialog>(null);
  const commands = usePendingCommands(agreement.id);
  const { done } = commands;
  const next = useNextStep(agreement);
  const title = format.text(agreement.title);
  usePageTitle(title);

  const close = (): void => setDialog(null);
  const isDraft = agreement.status === 'draft';
  const mayManage = useMay('agreements.manage');
  const mayAudit = useMay('audit');
  const mayRead = useMay('record.read');
  const mayReadLedger = useMay('ledger.read');
  const acting = useActing(agreement);
  const life = useLife(agreement).data;
  const surveys = useSurveys(agreement.id, !isDraft).data;
  const improves = knowsImprovements(useBoard(agreement).data);
  const cases = knowsCases(useCases(agreement).data);
  const visits = knowsVisits(useVisits(agreement).data);
  const engages = knowsEngagements(useEngagements(agreement).data);
  const risky = knowsRisks(useRisks(agreement, mayRead).data);
  const trains = knowsTraining(useTrainings(agreement).data);
  const evaluates = knowsEvaluations(useEvaluations(agreement, useMay('evaluations.read')).data);
  const has = {
    claims:
      mayReadLedger &&
      life !== undefined &&
      (life.provides.liabilities.length > 0 || life.claims.length > 0 || life.acts.includes('claim')),
    matters:
      life !== undefined &&
      [
        life.provides.requests,
        life.provides.confidentiality,
        life.provides.disputes,
        life.provides.meetings,
        life.matters,
      ].some((rules) => rules.length > 0),
  };
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
        <section className="panel">
          <PeopleAndTerms agreement={agreement} done={done} />
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
              ...(surveys !== undefined && surveys.items.length > 0
                ? [{ key: 'surveys', label: t('surveys.tab'), children: <SurveyList agreement={agreement} /> }]
                : []),
              ...(cases ? [{ key: 'cases', label: t('cases.tab'), children: <Cases agreement={agreement} /> }] : []),
              { key: 'life', label: t('life.tab'), children: <LifeOverview agreement={agreement} done={done} /> },
              ...(mayRead
                ? [{ key: 'timeline', label: t('timeline.title'), children: <Timeline agreement={agreement} /> }]
                : []),
              ...(mayReadLedger
                ? [
                    {
                      key: 'ledger',
                      label: t('ledger.title'),
                      children: <LedgerTab agreement={agreement} done={done} />,
                    },
                  ]
                : []),
              ...(has.claims
                ? [
                    {
                      key: 'claims',
                      label: t('life.claimsTab'),
                      children: <ClaimsTab agreement={agreement} done={done} />,
                    },
                  ]
                : []),
              ...(has.matters
                ? [
                    {
                      key: 'matters',
                      label: t('life.mattersTab'),
                      children: <MattersTab agreement={agreement} done={done} />,
                    },
                  ]
                : []),
              ...(engages
                ? [{ key: 'engagements', label: t('engagements.tab'), children: <Engagements agreement={agreement} /> }]
                : []),
              ...(visits
                ? [{ key: 'visits', label: t('visits.tab'), children: <Visits agreement={agreement} /> }]
                : []),
              ...(risky ? [{ key: 'risks', label: t('risks.tab'), children: <Risks agreement={agreement} /> }] : []),
              ...(trains
                ? [{ key: 'trainings', label: t('trainings.tab'), children: <Trainings agreement={agreement} /> }]
                : []),
              ...(evaluates
                ? [{ key: 'evaluations', label: t('evaluations.tab'), children: <Evaluations agreement={agreement} /> }]
                : []),
              ...(improves
                ? [
                    {
                      key: 'improvements',
                      label: t('improvements.tab'),
                      children: <ImprovementBoard agreement={agreement} />,
                    },
                  ]
                : []),
              ...(mayRead
                ? [
                    {
                      key: 'notices',
                      label: t('notices.title'),
                      children: (
                        <div className="stack">
                          <Notices agreement={agreement} />
                          {mayAudit ? <Links agreement={agreement} /> : null}
                        </div>
                      ),
                    },
                    {
                      key: 'readings',
                      label: t('readings.title'),
                      children: <Readings agreement={agreement} done={done} />,
                    },
                    { key: 'documents', label: t('documents.title'), children: <Documents agreement={agreement} /> },
                  ]
                : []),
              { key: 'people', label: t('people.tab'), children: <PeopleAndTerms agreement={agreement} done={done} /> },
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

/** What is to be paid and what was let go, and below it every line that money moved by. */
function LedgerTab(props: { agreement: Agreement; done: (answer: ActAnswer, what: string) => void }): ReactNode {
  return (
    <div className="stack">
      <Money {...props} />
      <Ledger agreement={props.agreement} />
    </div>
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

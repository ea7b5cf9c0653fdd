import { App, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ActAnswer } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useMe } from '../../app/me.ts';
import { SeatTitles } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { PendingCommandAlert, usePendingCommands } from '../agreement/pending-commands.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { Happened } from '../process/happened.tsx';
import { useActForms } from './act-forms.tsx';
import { ApplicationPart } from './application-part.tsx';
import { AgreementPart } from './agreement-part.tsx';
import { DraftDialog } from './draft-dialog.tsx';
import { EndPart } from './end-part.tsx';
import { type Engagement, type EngagementAct, PARTS, type Part, useEngagement } from './engagement.ts';
import { CapPart, CostsPart, LossesPart } from './money-parts.tsx';
import { NextSteps } from './next-steps.tsx';
import { filesOf } from './part.tsx';
import { EngagementTags } from './status-tag.tsx';
import { MilestonesPart, SupervisionPart, SupportPart, WorkPart } from './work-parts.tsx';

/** One third party's involvement: what happens next, who must act, and all that belongs to it. */
export function EngagementPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', engagement: engagementId = '' } = useParams();
  const engagement = useEngagement(id, engagementId);
  const me = useMe();
  // A third party sees its engagements, and not the agreement that they belong to.
  const isThird = me !== undefined && me.roles.every((role) => role === 'third-party');
  return (
    <div className="page">
      <Link to={isThird ? '/engagements' : `/agreements/${encodeURIComponent(id)}?tab=engagements`}>
        {t('engagements.toList')}
      </Link>
      {engagement.error ? <ProblemAlert error={engagement.error} retry={() => void engagement.refetch()} /> : null}
      {engagement.data ? (
        <SeatTitles value={engagement.data.seatTitles}>
          <EngagementDesk key={engagementId} engagement={engagement.data} />
        </SeatTitles>
      ) : engagement.error ? null : (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      )}
    </div>
  );
}

function EngagementDesk({ engagement }: { engagement: Engagement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const { agreement, can, next } = engagement;
  const commands = usePendingCommands(agreement.id);
  const [act, setAct] = useState<EngagementAct | null>(null);
  const formOf = useActForms(engagement);
  const title = engagement.thirdParty.name ?? engagement.reference;
  usePageTitle(title);
  const done = (answer: ActAnswer, what: string): void => {
    if (answer.status === 'pending') commands.watch(answer, what);
    else void message.success(t('pending.applied', { what }));
  };
  const awaited = next.map((step) => step.act);
  const form = act === null || act === 'draft' ? undefined : formOf(act);
  /** Buttons of a part, for what nobody waits for: what is awaited stands above. */
  const actions = (part: Part): ReactNode =>
    PARTS[part]
      .filter((one) => can.includes(one) && !awaited.includes(one))
      // It could be handed in before; nobody has to think of it until there is an agreement.
      .filter((one) => one !== 'undertake' || engagement.signedOn !== null)
      .map((one) => (
        <Button
          key={one}
          size="small"
          danger={one === 'withdraw' || one === 'refuse-to-sign' || one === 'report-involvement' || one === 'end'}
          onClick={() => setAct(one)}
        >
          {t(`engagementAct.${one}`)}
        </Button>
      ));
  const props = { engagement, actions };
  return (
    <>
      <div>
        <div className="heading">
          <h1 className="break">{title}</h1>
          <EngagementTags {...engagement} />
        </div>
        <div className="muted">
          {[
            t(`engagementKind.${engagement.kind}`),
            engagement.thirdParty.kind ? t(`organisationKind.${engagement.thirdParty.kind}`) : '',
            engagement.thirdParty.registration ?? '',
            format.text(agreement.title),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <NextSteps engagement={engagement} open={setAct} />
      {commands.pending.map((pending) => (
        <PendingCommandAlert
          key={pending.location}
          agreementId={agreement.id}
          pending={pending}
          forget={() => commands.forget(pending.location)}
        />
      ))}
      <section className="panel stack">
        <ApplicationPart {...props} />
        <AgreementPart {...props} />
        <WorkPart {...props} />
        <MilestonesPart {...props} />
        <SupervisionPart {...props} />
        <SupportPart {...props} />
        <CostsPart {...props} />
        <CapPart {...props} />
        <LossesPart {...props} />
        <EndPart {...props} />
        <Happened
          agreement={agreement}
          of={filesOf(engagement)}
          events={engagement.events}
          title={t('engagements.happened')}
          sentence={({ type }) => {
            const told = engagement.told[type];
            return told ? format.text(told) : type;
          }}
        />
      </section>
      {act === 'draft' && can.includes('draft') ? (
        <DraftDialog engagement={engagement} close={() => setAct(null)} done={done} />
      ) : null}
      {form ? (
        <ActDialog key={act} agreementId={agreement.id} form={form} close={() => setAct(null)} done={done} />
      ) : null}
    </>
  );
}

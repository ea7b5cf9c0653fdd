import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { useMe } from '../../app/me.ts';
import { SeatTitles } from '../../app/names.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { Happened } from '../process/happened.tsx';
import { ProcessFrame, ProcessHead } from '../process/process-page.tsx';
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
    <ProcessFrame
      to={isThird ? '/engagements' : `/agreements/${encodeURIComponent(id)}?tab=engagements`}
      back={t('engagements.toList')}
      asked={[engagement]}
    >
      {engagement.data ? (
        <SeatTitles value={engagement.data.seatTitles}>
          <EngagementDesk key={engagementId} engagement={engagement.data} />
        </SeatTitles>
      ) : null}
    </ProcessFrame>
  );
}

function EngagementDesk({ engagement }: { engagement: Engagement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { agreement, can, next } = engagement;
  const commands = usePendingCommands(agreement.id);
  const [act, setAct] = useState<EngagementAct | null>(null);
  const formOf = useActForms(engagement);
  const title = engagement.thirdParty.name ?? engagement.reference;
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
      <ProcessHead
        title={title}
        of={[
          t(`engagementKind.${engagement.kind}`),
          engagement.thirdParty.kind ? t(`organisationKind.${engagement.thirdParty.kind}`) : '',
          engagement.thirdParty.registration ?? '',
          format.text(agreement.title),
        ]
          .filter(Boolean)
          .join(' · ')}
        tags={<EngagementTags {...engagement} />}
      />
      <NextSteps engagement={engagement} open={setAct} />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
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
        <DraftDialog engagement={engagement} close={() => setAct(null)} done={commands.done} />
      ) : null}
      {form ? (
        <ActDialog key={act} agreementId={agreement.id} form={form} close={() => setAct(null)} done={commands.done} />
      ) : null}
    </>
  );
}

import { Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { ActDialog, type ActForm, useActings } from './act-dialog.tsx';
import { Amendments, Renewal, Suspensions } from './changes.tsx';
import { Claims } from './claims.tsx';
import { Baselines, Effect } from './effect.tsx';
import { Afterwards, FormalNotices, Settlement } from './ending.tsx';
import { useLife } from './life.ts';
import { Matters } from './matters.tsx';
import { EngagementEnds, ThirdAccess } from './engagement.tsx';
import { Bookings, Owed, Payments, Waivers } from './payments.tsx';
import { Overrides } from './overrides.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import type { SectionProps } from './section.tsx';

interface TabProps {
  agreement: Agreement;
  done: (answer: ActAnswer, what: string) => void;
}

/** Loads the life of an agreement for a tab, and holds the dialog that one of its sections opened. */
function LifeTab({
  agreement,
  done,
  children,
}: TabProps & { children: (props: SectionProps) => ReactNode }): ReactNode {
  const life = useLife(agreement);
  const [form, setForm] = useState<ActForm | null>(null);
  if (life.isPending) return <Skeleton active />;
  if (life.error) return <ProblemAlert error={life.error} retry={() => void life.refetch()} />;
  return (
    <div className="stack">
      {children({ agreement, life: life.data, open: setForm })}
      {form ? (
        <ActDialog key={form.title} agreement={agreement} form={form} close={() => setForm(null)} done={done} />
      ) : null}
    </div>
  );
}

/** How it came into force, and the figures that goals are measured from. */
export function EffectTab(props: TabProps): ReactNode {
  return (
    <LifeTab {...props}>
      {(section) => (
        <>
          <Effect {...section} />
          <Baselines {...section} />
        </>
      )}
    </LifeTab>
  );
}

/** What was changed, and what somebody proposes to change. */
export function AmendmentsTab({ agreement, done }: TabProps): ReactNode {
  const { t } = useTranslation();
  const [isProposing, setIsProposing] = useState(false);
  const mayPropose = useActings(agreement)({ seats: Object.keys(agreement.parties) }).length > 0;
  return (
    <>
      <LifeTab agreement={agreement} done={done}>
        {(props) => (
          <>
            <Amendments
              {...props}
              propose={
                props.life.acts.includes('propose') && mayPropose ? (
                  <Button size="small" onClick={() => setIsProposing(true)}>
                    {t('life.propose')}
                  </Button>
                ) : null
              }
            />
            <Overrides {...props} />
          </>
        )}
      </LifeTab>
      {isProposing ? <ProposeDialog agreement={agreement} close={() => setIsProposing(false)} done={done} /> : null}
    </>
  );
}

/** What stood still from when to when. */
export function SuspensionsTab(props: TabProps): ReactNode {
  return <LifeTab {...props}>{(section) => <Suspensions {...section} />}</LifeTab>;
}

/** When the term ends and what happens then. */
export function RenewalTab(props: TabProps): ReactNode {
  return <LifeTab {...props}>{(section) => <Renewal {...section} />}</LifeTab>;
}

/** Breach and end, and what remains to be done after it. */
export function EndingTab(props: TabProps): ReactNode {
  return (
    <LifeTab {...props}>
      {(section) => (
        <>
          <FormalNotices {...section} />
          <ThirdAccess {...section} />
          <EngagementEnds {...section} />
          <Settlement {...section} />
          <Afterwards {...section} />
        </>
      )}
    </LifeTab>
  );
}

/** Claims and the caps that bound them. */
export function ClaimsTab(props: TabProps): ReactNode {
  return <LifeTab {...props}>{(section) => <Claims {...section} />}</LifeTab>;
}

/** What the parties have between them beside duties and money. */
export function MattersTab(props: TabProps): ReactNode {
  return <LifeTab {...props}>{(section) => <Matters {...section} />}</LifeTab>;
}

/** Sums to pay and what was let go, above the ledger or below the duties. */
export function Money(props: TabProps): ReactNode {
  return (
    <LifeTab {...props}>
      {(section) => (
        <>
          <Payments {...section} />
          <Owed {...section} />
          <Waivers {...section} />
          <Bookings {...section} />
        </>
      )}
    </LifeTab>
  );
}

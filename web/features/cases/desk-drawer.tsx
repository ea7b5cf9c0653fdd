import { useQueryClient } from '@tanstack/react-query';
import { Drawer, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SeatTitles } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseNext } from './case-next.tsx';
import { CaseTags } from './case-tags.tsx';
import { casePage, useCase } from './case.ts';
import { Clocks } from './clocks.tsx';
import { DESK, type DeskCase } from './desk.ts';

/** One case beside the desk: what comes next, its clocks, and every act that its own page has. */
export function DeskDrawer({ row, close }: { row: DeskCase; close: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer
      open
      size={640}
      title={<span className="break">{row.topic ?? row.reference}</span>}
      onClose={close}
      extra={<Link to={casePage(row.agreement.id, row.id)}>{t('cases.toPage')}</Link>}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <Inside key={row.id} row={row} />
    </Drawer>
  );
}

function Inside({ row }: { row: DeskCase }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const agreement = useAgreement(row.agreement.id);
  const one = useCase(row.agreement.id, row.id);
  const commands = usePendingCommands(row.agreement.id);
  const { data } = one;
  const error = agreement.error ?? one.error;
  const retry = (): void => {
    void agreement.refetch();
    void one.refetch();
  };
  if (error) return <ProblemAlert error={error} retry={retry} />;
  if (!agreement.data || !data) return <Skeleton active paragraph={{ rows: 6 }} />;
  return (
    <SeatTitles value={agreement.data.seatTitles}>
      <div className="stack">
        <div>
          <CaseTags {...data} /> <span className="muted small">{data.reference}</span>
        </div>
        <CaseNext agreement={agreement.data} one={data} />
        <PendingCommandAlerts agreementId={row.agreement.id} commands={commands} />
        {data.can.length === 0 ? <p className="muted none-yet">{t('cases.nothingToDo')}</p> : null}
        <CaseActs
          agreement={agreement.data}
          one={data}
          done={(answer, what) => {
            commands.done(answer, what);
            void queries.invalidateQueries({ queryKey: DESK });
          }}
        />
        {data.details ? <p className="said">{data.details}</p> : null}
        <Clocks agreement={agreement.data} one={data} />
      </div>
    </SeatTitles>
  );
}

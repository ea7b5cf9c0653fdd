import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { request } from '../../api.ts';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { REDATINGS, type Redating } from './calendar.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { RedatingDates } from './redating-dates.tsx';
import { SourceLine } from './source-line.tsx';

/** What a newer calendar proposes to one agreement, and the coordinator's word on it. */
export function RedatingPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('calendars.redating'));
  const { id = '' } = useParams();
  const [isDone, setDone] = useState(false);
  const proposal = useQuery({
    queryKey: [...REDATINGS, 'of', id],
    queryFn: ({ signal }) => request<{ redating: Redating | null }>(`/agreements/${id}/redating`, { signal }),
  });
  const { data, error, isPending } = proposal;
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('calendars.redating')}</h1>
          <Link to={`/agreements/${id}`}>{t('calendars.toAgreement')}</Link>
        </div>
      </div>
      <ProblemAlert error={error} retry={() => void proposal.refetch()} />
      {isPending ? <Skeleton active /> : null}
      {isDone ? <Alert type="success" showIcon role="status" title={t('calendars.decided')} /> : null}
      {data?.redating === null && !isDone ? (
        <section className="panel">
          <div className="empty">{t('calendars.nothingProposed')}</div>
        </section>
      ) : null}
      {data?.redating ? <Proposal redating={data.redating} onDone={() => setDone(true)} /> : null}
    </div>
  );
}

function Proposal({ redating, onDone }: { redating: Redating; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayDecide = useMay('agreements.manage');
  const [verdict, setVerdict] = useState<'accept' | 'decline' | null>(null);
  const { agreement, calendar, notice, dates, declined, processes = 0 } = redating;
  return (
    <section className="panel stack">
      <Facts
        facts={[
          [t('calendars.agreement'), `${format.text(agreement.title)} ${agreement.parties.join(' / ')}`],
          [
            t('calendars.calendar'),
            <Link key="calendar" to={`/calendars/${calendar.id}/${calendar.to}`}>
              {`${calendar.id}@${calendar.from} → ${calendar.id}@${calendar.to}`}
            </Link>,
          ],
          [t('calendars.source'), notice ? <SourceLine key="source" notice={notice} /> : t('calendars.builtIn')],
        ]}
      />
      {declined ? <Alert type="warning" showIcon title={t('calendars.wasDeclined')} /> : null}
      <h2>{t('calendars.datesMoved')}</h2>
      <RedatingDates dates={dates} />
      <p className="muted none-yet">{t('calendars.whatStays')}</p>
      {processes > 0 ? <p className="muted none-yet">{t('calendars.processesKeep', { count: processes })}</p> : null}
      {mayDecide ? (
        <div className="toolbar">
          <Button type="primary" onClick={() => setVerdict('accept')}>
            {t('calendars.accept')}
          </Button>
          {declined ? null : <Button onClick={() => setVerdict('decline')}>{t('calendars.decline')}</Button>}
        </div>
      ) : null}
      {verdict ? (
        <DecideDialog
          proposals={[redating]}
          verdict={verdict}
          onClose={(isDecided) => {
            setVerdict(null);
            if (isDecided) onDone();
          }}
        />
      ) : null}
    </section>
  );
}

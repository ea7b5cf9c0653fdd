import { Button, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { ownSeat } from '../agreement/acting.ts';
import { useEventSentence } from '../agreement/use-event-sentence.ts';
import { type SeatAct, SeatDialog } from './seat-dialog.tsx';
import { type Seat, type StandIn, useSeats } from './seats.ts';

const COORDINATOR = 'coordinator';

/** Who fills each seat, who stands in, and what waits there. */
export function Seats({
  agreement,
  done,
}: {
  agreement: Agreement;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const seats = useSeats(agreement.id);
  const asOf = useArranger(agreement);
  const [dialog, setDialog] = useState<{ seat: Seat; act: SeatAct } | null>(null);
  if (seats.isPending) return <Skeleton active />;
  if (seats.error) return <ProblemAlert error={seats.error} retry={() => void seats.refetch()} />;
  const rows = seats.data.items;
  const mayArrange = rows.some(({ seat }) => asOf(seat) !== undefined);
  return (
    <>
      <Records<Seat>
        label={t('people.title')}
        rows={rows}
        rowKey={({ seat }) => seat}
        empty={t('common.none')}
        columns={[
          { key: 'seat', title: t('people.seat'), heading: true, render: ({ title }) => format.text(title) },
          { key: 'person', title: t('seats.filledBy'), render: ({ person }) => <Filled person={person} /> },
          {
            key: 'standIns',
            title: t('seats.deputy'),
            render: ({ standIns }) =>
              standIns.length === 0 ? '' : standIns.map((one) => <Deputy key={one.from} standIn={one} />),
          },
          {
            key: 'duties',
            title: t('seats.duties'),
            render: ({ duties }) => (duties.length === 0 ? '' : <Duties duties={duties} agreement={agreement} />),
          },
          {
            key: 'signed',
            title: t('people.signedOn'),
            render: ({ seat }) => {
              const signedOn = agreement.signatures[seat];
              if (signedOn !== undefined) return format.date(signedOn);
              return seat in agreement.parties ? <span className="muted">{t('people.notSigned')}</span> : '';
            },
          },
          ...(mayArrange
            ? [
                {
                  key: 'act',
                  title: t('obligations.act'),
                  render: (seat: Seat) =>
                    asOf(seat.seat) === undefined ? '' : <Acts seat={seat} choose={setDialog} />,
                },
              ]
            : []),
        ]}
      />
      <History agreement={agreement} seats={rows} />
      {dialog ? (
        <SeatDialog
          agreement={agreement}
          seat={dialog.seat}
          act={dialog.act}
          as={asOf(dialog.seat.seat) ?? dialog.seat.seat}
          close={() => setDialog(null)}
          done={done}
        />
      ) : null}
    </>
  );
}

/** As whom the reader may say who fills a seat; undefined where they may not, or the agreement is over. */
function useArranger(agreement: Agreement): (seat: string) => string | undefined {
  const isCoordinator = useMay('agreements.manage');
  const isLiving = agreement.status === 'active' || agreement.status === 'awaiting-signatures';
  return (seat) => {
    if (!isLiving) return undefined;
    return isCoordinator ? COORDINATOR : ownSeat(agreement, seat);
  };
}

function Filled({ person }: { person: Seat['person'] }): ReactNode {
  const { t } = useTranslation();
  if (!person) return <Tag color="orange">{t('seats.vacant')}</Tag>;
  return (
    <>
      <div>{person.name}</div>
      <div className="muted small break">
        {person.organisation === person.name ? '' : `${person.organisation} · `}
        {person.email}
      </div>
    </>
  );
}

function Deputy({ standIn: { deputy, from, until, obligations, today } }: { standIn: StandIn }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const scope = obligations.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  return (
    <div>
      {deputy.name} {today ? <Tag color="blue">{t('seats.today')}</Tag> : null}
      <div className="muted small">
        {t('seats.days', { from: format.date(from), until: format.date(until) })}
        {scope === '' ? '' : t('common.brackets', { inside: scope })}
      </div>
    </div>
  );
}

function Duties({ duties, agreement }: { duties: Seat['duties']; agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <details>
      <summary>{t('seats.dutyCount', { count: duties.length })}</summary>
      <ul className="plain-list small">
        {duties.map(({ reference, title, dueAt }) => (
          <li key={reference}>
            {format.text(title)} {dueAt ? <span className="muted">{format.instant(dueAt, agreement.zone)}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Acts({ seat, choose }: { seat: Seat; choose: (dialog: { seat: Seat; act: SeatAct }) => void }): ReactNode {
  const { t } = useTranslation();
  const isFilled = seat.person !== null;
  const acts: SeatAct[] = [
    'replace',
    ...(isFilled ? (['delegate'] as const) : []),
    ...(seat.standIns.length > 0 ? (['recall'] as const) : []),
    ...(isFilled && seat.seat !== COORDINATOR ? (['vacate'] as const) : []),
  ];
  return (
    <div className="toolbar">
      {acts.map((act) => (
        <Button key={act} size="small" danger={act === 'vacate'} onClick={() => choose({ seat, act })}>
          {t(`act.${act}`)}
        </Button>
      ))}
    </div>
  );
}

/** Who followed whom, and who stood in, newest first. */
function History({ agreement, seats }: { agreement: Agreement; seats: Seat[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useEventSentence(agreement);
  const events = seats.flatMap(({ history }) => history).toSorted((a, b) => b.sequence - a.sequence);
  if (events.length === 0) return null;
  return (
    <details className="history">
      <summary>{t('seats.history')}</summary>
      <ul className="plain-list">
        {events.map((event) => (
          <li key={event.sequence}>
            {sentence(event)} <span className="muted small">{format.instant(event.at, agreement.zone)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

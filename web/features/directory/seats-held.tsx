import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { type DutyHeld, type SeatHeld, type StandIn, seatKey } from './directory.ts';

/** Seats with what waits for whoever fills them. */
export function SeatsHeld({ seats }: { seats: SeatHeld[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('directory.seats')}
      rows={seats}
      rowKey={seatKey}
      empty={t('directory.noSeats')}
      columns={[
        {
          key: 'agreement',
          title: t('agreements.agreement'),
          heading: true,
          render: ({ agreementId, title, parties }) => (
            <>
              <Link to={`/agreements/${agreementId}`}>{format.text(title)}</Link>
              <div className="muted small">{parties.join(t('common.listSeparator'))}</div>
            </>
          ),
        },
        { key: 'seat', title: t('directory.seat'), render: ({ seatTitle }) => format.text(seatTitle) },
        { key: 'duties', title: t('directory.duties'), render: ({ duties }) => <Duties duties={duties} /> },
      ]}
    />
  );
}

export function Duties({ duties }: { duties: DutyHeld[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (duties.length === 0) return <span className="muted">{t('common.none')}</span>;
  return (
    <ul className="plain-list">
      {duties.map(({ reference, title, dueAt }) => (
        <li key={reference}>
          {format.text(title)} {dueAt ? <span className="muted small">{format.here(dueAt)}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** Who stands in for whom, until when. */
export function StandIns({ rows, label, empty }: { rows: StandIn[]; label: string; empty: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={label}
      rows={rows}
      rowKey={(row) => `${seatKey(row)}/${row.from}/${row.deputy.id}`}
      empty={empty}
      columns={[
        {
          key: 'agreement',
          title: t('agreements.agreement'),
          heading: true,
          render: ({ agreementId, title }) => <Link to={`/agreements/${agreementId}`}>{format.text(title)}</Link>,
        },
        { key: 'seat', title: t('directory.seat'), render: ({ seatTitle }) => format.text(seatTitle) },
        { key: 'absent', title: t('directory.absent'), render: ({ absent }) => absent.name },
        { key: 'deputy', title: t('directory.deputy'), render: ({ deputy }) => deputy.name },
        {
          key: 'days',
          title: t('directory.days'),
          render: ({ from, until }) => `${format.date(from)} – ${format.date(until)}`,
        },
        {
          key: 'scope',
          title: t('directory.scope'),
          render: ({ obligations }) =>
            obligations.length === 0
              ? t('directory.allDuties')
              : obligations.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
        },
      ]}
    />
  );
}

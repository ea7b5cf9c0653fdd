import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { ActAnswer, Agreement, Text } from '../../wire.ts';
import { useAct } from '../agreement/act.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { CirculateDialog } from './circulate-dialog.tsx';

interface Reader {
  reader: string;
  seat: string | null;
  seatTitle: Text | null;
  person: { id: string; name: string; organisation: string } | null;
  askedAt: string | null;
  readAt: string | null;
  readBy: { id: string; name: string } | null;
}

/** One version of something that was to be read. */
interface Reading {
  what: string;
  title: Text;
  version: number;
  circulatedAt: string | null;
  read: number;
  missing: number;
  readers: Reader[];
}

type Done = (answer: ActAnswer, what: string) => void;

/** Who has read what, and who has not. */
export function Readings({ agreement, done }: { agreement: Agreement; done: Done }): ReactNode {
  const { t } = useTranslation();
  const mayCirculate = useMay('agreements.manage') && agreement.status === 'active';
  const [isOpen, setOpen] = useState(false);
  const readings = useQuery({
    queryKey: [...agreementKey(agreement.id), 'readings'],
    queryFn: ({ signal }) => request<{ items: Reading[] }>(`${agreementPath(agreement.id)}/readings`, { signal }),
  });
  if (readings.isPending) return <Skeleton active />;
  if (readings.error) return <ProblemAlert error={readings.error} retry={() => void readings.refetch()} />;
  const { items } = readings.data;
  return (
    <div className="stack">
      <div className="heading">
        <span className="muted grow">{t('readings.explained')}</span>
        {mayCirculate ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('readings.circulate')}
          </Button>
        ) : null}
      </div>
      {items.length === 0 ? <div className="empty">{t('readings.none')}</div> : null}
      {items.map((reading) => (
        <Version
          key={`${reading.what} ${reading.version}`}
          agreement={agreement}
          reading={reading}
          isLatest={items.find(({ what }) => what === reading.what) === reading}
          done={done}
        />
      ))}
      {isOpen ? <CirculateDialog agreement={agreement} close={() => setOpen(false)} done={done} /> : null}
    </div>
  );
}

function Version({
  agreement,
  reading,
  isLatest,
  done,
}: {
  agreement: Agreement;
  reading: Reading;
  isLatest: boolean;
  done: Done;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRemind = useMay('agreements.manage') && agreement.status === 'active';
  const remind = useAct(agreement.id, (answer) => done(answer, t('act.remind')));
  const confirm = useAct(agreement.id, (answer) => done(answer, t('act.acknowledge')));
  const { what, title, version, circulatedAt, read, missing, readers } = reading;
  const own = agreement.mine.find(({ seat }) => readers.some((one) => one.reader === seat && one.readAt === null));
  return (
    <section>
      <div className="heading">
        <h2>{format.text(title)}</h2>
        <span className="muted small grow">
          {t('readings.version', { version })}
          {circulatedAt ? ` · ${t('readings.circulatedAt', { at: format.instant(circulatedAt, agreement.zone) })}` : ''}
        </span>
        <Tag color={missing === 0 ? 'green' : 'orange'}>{t('readings.progress', { read, all: read + missing })}</Tag>
        {isLatest && own ? (
          <Button
            type="primary"
            size="small"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ path: '/acknowledgements', fields: { as: own.seat, what } })}
          >
            {t('readings.acknowledge')}
          </Button>
        ) : null}
        {isLatest && mayRemind && missing > 0 ? (
          <Button
            size="small"
            loading={remind.isPending}
            onClick={() => remind.mutate({ path: '/readings/reminders', fields: { as: 'coordinator', what } })}
          >
            {t('readings.remind')}
          </Button>
        ) : null}
      </div>
      <ProblemAlert error={remind.error ?? confirm.error} />
      <Records<Reader>
        label={format.text(title)}
        rows={readers}
        rowKey={({ reader }) => reader}
        empty={t('common.none')}
        columns={[
          {
            key: 'reader',
            title: t('readings.readers'),
            heading: true,
            render: ({ seatTitle, person }) => (
              <>
                {seatTitle ? `${format.text(seatTitle)} ` : ''}
                {person?.name ?? ''} <span className="muted small">{person?.organisation ?? ''}</span>
              </>
            ),
          },
          {
            key: 'read',
            title: t('readings.readAt'),
            render: ({ readAt, readBy, person, askedAt }) =>
              readAt === null ? (
                <Tag color="orange">{t('readings.notRead')}</Tag>
              ) : (
                <>
                  {format.instant(readAt, agreement.zone)}
                  <div className="muted small">
                    {[
                      readBy && readBy.id !== person?.id ? t('readings.by', { name: readBy.name }) : '',
                      askedAt === null ? t('readings.unasked') : '',
                    ]
                      .filter(Boolean)
                      .join(t('common.then'))}
                  </div>
                </>
              ),
          },
        ]}
      />
    </section>
  );
}

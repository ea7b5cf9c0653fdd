import { Button, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement, Notice } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useNotices } from './agreement-queries.ts';

const STATUS_COLOUR: Record<string, string> = {
  queued: 'default',
  sending: 'processing',
  sent: 'green',
  refused: 'red',
};

/** Who was written to, why, and whether the mail left. */
export function Notices({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const role = useRoleName();
  const rung = useRungText();
  const notices = useNotices(agreement.id);
  if (notices.isPending) return <Skeleton active />;
  if (notices.error) return <ProblemAlert error={notices.error} retry={() => void notices.refetch()} />;
  const titleOf = (id: string, occurrence?: string): string => {
    const duty = agreement.duties.find((one) => one.id === id);
    return titled(duty?.title ?? { zh: id, en: id }, occurrence);
  };
  return (
    <>
      <Records<Notice>
        label={t('notices.title')}
        rows={notices.data.pages.flatMap((page) => page.items)}
        rowKey={({ id }) => id}
        empty={t('notices.none')}
        columns={[
          {
            key: 'kind',
            title: t('notices.about'),
            heading: true,
            render: ({ kind, obligation, occurrence, rungs, subject }) => (
              <>
                <div>
                  {t(`noticeKind.${kind}`, { defaultValue: kind })}
                  {rungs?.length
                    ? t('common.brackets', { inside: rungs.map(rung).join(t('common.listSeparator')) })
                    : ''}
                  {obligation ? ` · ${titleOf(obligation, occurrence)}` : ''}
                </div>
                {subject ? <div className="muted small">{subject}</div> : null}
              </>
            ),
          },
          {
            key: 'to',
            title: t('notices.to'),
            render: ({ seat, to, role: why }) => (
              <>
                <div>
                  {role(seat)} {why === 'copy' ? <Tag>{t('role.copy')}</Tag> : null}
                </div>
                {to ? <div className="muted small break">{to}</div> : null}
              </>
            ),
          },
          { key: 'at', title: t('notices.dueToLeave'), render: ({ at }) => format.instant(at, agreement.zone) },
          {
            key: 'status',
            title: t('notices.delivery'),
            render: ({ status, sentAt, possibleDuplicate, failure }) => (
              <>
                <Tag color={STATUS_COLOUR[status] ?? 'default'}>
                  {t(`noticeStatus.${status}`, { defaultValue: status })}
                </Tag>
                {sentAt ? <div className="muted small">{format.instant(sentAt, agreement.zone)}</div> : null}
                {possibleDuplicate ? <div className="small">{t('notices.possibleDuplicate')}</div> : null}
                {failure ? <div className="small late">{t('notices.failure', { code: failure })}</div> : null}
              </>
            ),
          },
        ]}
      />
      {notices.hasNextPage ? (
        <div className="more">
          <Button loading={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** `before-7` → `到期前 7 天`. */
export function useRungText(): (rung: string) => string {
  const { t } = useTranslation();
  return (rung) => {
    const [when, days] = rung.split('-');
    const count = Number(days);
    if (when === 'before' && count > 0) return t('rung.before', { count });
    if (when === 'overdue' && count > 0) return t('rung.overdue', { count });
    return when === 'due' ? t('rung.due') : rung;
  };
}

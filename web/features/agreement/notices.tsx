import { Button, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import type { Agreement, Notice } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useNotices } from './agreement-queries.ts';
import { FilterSelect } from './filter-select.tsx';
import { sectionPath } from './sections.ts';

const STATUS_COLOUR: Record<string, string> = {
  queued: 'default',
  sending: 'processing',
  sent: 'green',
  refused: 'red',
  bounced: 'red',
};
const DELIVERIES = ['queued', 'sent', 'undelivered'];
const FILTERS = ['delivery', 'seat', 'obligation'] as const;
/** Mails of which nobody knows that they arrived. */
const UNDELIVERED = ['refused', 'bounced'];

/** Who was written to, why, and what became of the mail, the latest first. */
export function Notices({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const role = useRoleName();
  const rung = useRungText();
  const maySeeLinks = useMay('audit');
  const { address, narrow } = useAddressFilters({ replace: true });
  const filter = Object.fromEntries(FILTERS.map((name) => [name, address.get(name)]));
  const notices = useNotices(agreement.id, filter);
  if (notices.isPending) return <Skeleton active />;
  if (notices.error) return <ProblemAlert error={notices.error} retry={() => void notices.refetch()} />;
  const titleOf = (id: string, occurrence?: string): string => {
    const duty = agreement.duties.find((one) => one.id === id);
    return titled(duty?.title ?? { zh: id, en: id }, occurrence);
  };
  const isNarrowed = FILTERS.some((name) => address.has(name));
  return (
    <div className="stack">
      <div className="toolbar">
        <FilterSelect
          label={t('notices.delivery')}
          value={address.get('delivery')}
          options={DELIVERIES.map((value) => ({ value, label: t(`deliveryState.${value}`) }))}
          onChange={(chosen) => narrow('delivery', chosen)}
        />
        <FilterSelect
          label={t('notices.to')}
          value={address.get('seat')}
          options={agreement.seats.map(({ seat }) => ({ value: seat, label: role(seat) }))}
          onChange={(chosen) => narrow('seat', chosen)}
        />
        <FilterSelect
          label={t('obligations.obligation')}
          value={address.get('obligation')}
          options={agreement.duties.map(({ id, title }) => ({ value: id, label: format.text(title) }))}
          onChange={(chosen) => narrow('obligation', chosen)}
        />
      </div>
      <Records<Notice>
        label={t('notices.title')}
        rows={notices.data.pages.flatMap((page) => page.items)}
        rowKey={({ id }) => id}
        empty={isNarrowed ? t('agreementPage.noneFound') : t('notices.none')}
        columns={[
          {
            key: 'kind',
            title: t('notices.about'),
            heading: true,
            render: ({ kind, obligation, occurrence, rungs, subject, clauses }) => (
              <>
                <div>
                  {t(`noticeKind.${kind}`, { defaultValue: kind })}
                  {rungs?.length
                    ? t('common.brackets', { inside: rungs.map(rung).join(t('common.listSeparator')) })
                    : ''}
                  {obligation ? ` · ${titleOf(obligation, occurrence)}` : ''}
                </div>
                {subject ? (
                  <div className="muted small" style={{ fontWeight: 400 }}>
                    {subject}
                  </div>
                ) : null}
                <ClauseLinks clauses={clauses} />
              </>
            ),
          },
          {
            key: 'to',
            title: t('notices.to'),
            render: ({ seat, to, role: why, deputyFor }) => (
              <>
                <div>
                  {role(seat)} {why === 'copy' ? <Tag>{t('role.copy')}</Tag> : null}
                </div>
                {to ? <div className="muted small break">{to}</div> : null}
                {deputyFor ? <div className="muted small">{t('notices.toDeputy', { absent: deputyFor })}</div> : null}
              </>
            ),
          },
          { key: 'at', title: t('notices.dueToLeave'), render: ({ at }) => format.instant(at, agreement.zone) },
          {
            key: 'status',
            title: t('notices.delivery'),
            render: (notice) => (
              <>
                <Delivery notice={notice} zone={agreement.zone} />
                {UNDELIVERED.includes(notice.status) && maySeeLinks ? (
                  <div className="small">
                    <Link to={sectionPath('links')}>{t('notices.resend')}</Link>
                  </div>
                ) : null}
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
    </div>
  );
}

/** What is known of a mail: it waits, left, came back, went along with another, was confirmed. */
function Delivery({
  notice: { status, sentAt, bouncedAt, possibleDuplicate, failure, mergedInto, acknowledgedAt },
  zone,
}: {
  notice: Notice;
  zone: string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Tag color={STATUS_COLOUR[status] ?? 'default'}>{t(`noticeStatus.${status}`, { defaultValue: status })}</Tag>
      {acknowledgedAt ? <Tag color="green">{t('notices.acknowledged')}</Tag> : null}
      {sentAt ? <div className="muted small">{t('notices.leftAt', { at: format.instant(sentAt, zone) })}</div> : null}
      {bouncedAt ? (
        <div className="small late">{t('notices.cameBackAt', { at: format.instant(bouncedAt, zone) })}</div>
      ) : null}
      {acknowledgedAt ? (
        <div className="muted small">{t('notices.acknowledgedAt', { at: format.instant(acknowledgedAt, zone) })}</div>
      ) : null}
      {mergedInto ? (
        <div className="muted small">{t('notices.mergedInto', { subject: mergedInto.subject ?? mergedInto.id })}</div>
      ) : null}
      {possibleDuplicate ? <div className="small">{t('notices.possibleDuplicate')}</div> : null}
      {failure ? <div className="small late">{t('notices.failure', { code: failure })}</div> : null}
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

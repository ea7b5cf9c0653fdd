import { Button, Skeleton, Timeline as AntTimeline } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddressFilters } from '../../app/address-filters.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { useEvents, useRefusals } from './agreement-queries.ts';
import { FilterSelect } from './filter-select.tsx';
import { HistoryEntry } from './history-entry.tsx';

const COLOUR: Record<string, string> = {
  'obligation-overdue': 'red',
  'review-overdue': 'orange',
  'deliverable-rejected': 'orange',
  'penalty-posted': 'red',
  'obligation-fulfilled': 'green',
  'agreement-in-force': 'green',
  'agreement-terminated': 'gray',
  'agreement-expired': 'gray',
};

/** What people look for (api/event-kinds.ts). */
const KINDS = ['effect', 'duties', 'money', 'changes', 'end', 'people', 'work'];
const FILTERS = ['kind', 'obligation', 'seat'] as const;

/** What happened, in words, the latest first; narrowed by kind, duty and who; and what was refused. */
export function History({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { address, narrow } = useAddressFilters({ replace: true });
  const filter = Object.fromEntries(FILTERS.map((name) => [name, address.get(name)]));
  const isNarrowed = FILTERS.some((name) => address.has(name));
  const events = useEvents(agreement.id, filter);
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  const seats = [...agreement.seats.map(({ seat }) => seat), 'clock'];
  return (
    <div className="stack">
      <div className="toolbar">
        <FilterSelect
          label={t('agreementPage.byKind')}
          value={address.get('kind')}
          options={KINDS.map((kind) => ({ value: kind, label: t(`historyKind.${kind}`) }))}
          onChange={(kind) => narrow('kind', kind)}
        />
        <FilterSelect
          label={t('obligations.obligation')}
          value={address.get('obligation')}
          options={agreement.duties.map(({ id, title }) => ({ value: id, label: format.text(title) }))}
          onChange={(obligation) => narrow('obligation', obligation)}
        />
        <FilterSelect
          label={t('common.who')}
          value={address.get('seat')}
          options={seats.map((seat) => ({ value: seat, label: role(seat) }))}
          onChange={(seat) => narrow('seat', seat)}
        />
      </div>
      {events.isPending ? <Skeleton active /> : null}
      {events.error ? <ProblemAlert error={events.error} retry={() => void events.refetch()} /> : null}
      {events.data && rows.length === 0 ? (
        <div className="empty">{isNarrowed ? t('agreementPage.noneFound') : t('timeline.none')}</div>
      ) : null}
      {rows.length > 0 ? (
        <AntTimeline
          items={rows.map((event) => ({
            key: event.sequence,
            color: COLOUR[event.type] ?? 'blue',
            content: <HistoryEntry agreement={agreement} event={event} />,
          }))}
        />
      ) : null}
      {events.hasNextPage ? (
        <div className="more">
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
      {isNarrowed ? null : <Refusals agreement={agreement} />}
    </div>
  );
}

function Refusals({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const mayRead = useMay('audit');
  const refusals = useRefusals(agreement.id, mayRead);
  if (refusals.error) return <ProblemAlert error={refusals.error} retry={() => void refusals.refetch()} />;
  const rows = refusals.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{t('refusals.title')}</h2>
      <Records
        label={t('refusals.title')}
        rows={rows}
        rowKey={({ at, code, do: what }) => `${at} ${what} ${code}`}
        empty={null}
        columns={[
          { key: 'at', title: t('common.when'), render: ({ at }) => format.instant(at, agreement.zone) },
          {
            key: 'who',
            title: t('common.who'),
            render: ({ actor }) =>
              [role(actor.seat), actor.name].filter(Boolean).join(' ') || t(`actorKind.${actor.kind ?? 'account'}`),
          },
          { key: 'do', title: t('refusals.act'), render: ({ do: what }) => t(`act.${what}`, { defaultValue: what }) },
          {
            key: 'why',
            title: t('refusals.why'),
            heading: true,
            render: ({ code, message, clauses }) => (
              <>
                {t(`rejection.${code}`, { defaultValue: message })} <span className="mono muted">{code}</span>{' '}
                <ClauseLinks clauses={clauses} />
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

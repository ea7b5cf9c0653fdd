import { Button, Input, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement } from '../../wire.ts';
import { type Audit, type Narrowing, type Paragraph, WORKFLOW_TYPES, useNarrative } from './audit.ts';
import { NarrativeParagraph, dayOf, useDayText } from './paragraph.tsx';
import { useSaid } from './said.ts';

const FILTERS = ['type', 'workflow', 'by', 'notices', 'from', 'until'] as const;

/** All that happened, as numbered paragraphs by date; narrowed by the address, printed whole. */
export function Narrative({ agreement, audit }: { agreement: Agreement; audit: Audit | undefined }): ReactNode {
  const { t } = useTranslation();
  const { address, clear } = useAddressFilters({ replace: true });
  const narrowing = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = address.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ) as Narrowing;
  const narrative = useNarrative(agreement.id, narrowing);
  const [isPrinting, setIsPrinting] = useState(false);
  const paragraphs = narrative.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = narrative.data?.pages[0]?.total ?? 0;

  const print = async (): Promise<void> => {
    setIsPrinting(true);
    try {
      for (let page = await narrative.fetchNextPage(); page.hasNextPage; page = await narrative.fetchNextPage());
      // The last paragraphs stand on the page after the next frame.
      requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
    } finally {
      setIsPrinting(false);
    }
  };

  return (
    <section className="panel stack narrative">
      <Filters />
      <ProblemAlert error={narrative.error} retry={() => void narrative.refetch()} />
      {narrative.isPending ? <Skeleton active /> : null}
      {narrative.data ? (
        <>
          <div className="toolbar">
            <span className="muted" role="status">
              {t('audit.paragraphs', { count: total, shown: paragraphs.length })}
            </span>
            <Button loading={isPrinting} disabled={total === 0} onClick={() => void print()}>
              {t('audit.print')}
            </Button>
          </div>
          <PrintedHead agreement={agreement} audit={audit} isNarrowed={Object.keys(narrowing).length > 0} />
          {total === 0 ? (
            <div className="empty">
              <p>{t('audit.nothingFits')}</p>
              <Button onClick={clear}>{t('audit.clearFilters')}</Button>
            </div>
          ) : null}
          <Days agreement={agreement} paragraphs={paragraphs} />
          {narrative.hasNextPage ? (
            <div className="more">
              <Button loading={narrative.isFetchingNextPage} onClick={() => void narrative.fetchNextPage()}>
                {t('common.more')}
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

function Days({ agreement, paragraphs }: { agreement: Agreement; paragraphs: Paragraph[] }): ReactNode {
  const said = useSaid(agreement);
  const dayText = useDayText(agreement.zone);
  const days: { day: string; instant: string; own: Paragraph[] }[] = [];
  for (const one of paragraphs) {
    const day = dayOf(one, agreement.zone);
    const last = days.at(-1);
    if (last?.day === day) last.own.push(one);
    else days.push({ day, instant: one.of === 'event' ? one.event.at : one.notice.at, own: [one] });
  }
  return days.map(({ day, instant, own }, index) => (
    <section key={`${day} ${index}`} className="narrative-day">
      <h3>{dayText(day, instant)}</h3>
      <ol>
        {own.map((one) => (
          <NarrativeParagraph
            key={one.number}
            agreement={agreement}
            paragraph={one}
            said={one.of === 'event' ? said(one) : ''}
          />
        ))}
      </ol>
    </section>
  ));
}

/** What stands above the narrative on paper: of what it is, between whom, and the ends of the hash chains. */
function PrintedHead({
  agreement,
  audit,
  isNarrowed,
}: {
  agreement: Agreement;
  audit: Audit | undefined;
  isNarrowed: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const now = new Date().toISOString();
  return (
    <header className="printed-head">
      <h2>{t('audit.narrativeTitle')}</h2>
      <p>
        <strong>{format.text(agreement.title)}</strong>
      </p>
      <dl>
        <dt>{t('audit.agreementId')}</dt>
        <dd className="mono">{agreement.id}</dd>
        <dt>{t('audit.parties')}</dt>
        <dd>
          {Object.values(agreement.parties)
            .map(({ name, title }) => (title ? `${format.text(title)} ${name}` : name))
            .join(t('common.listSeparator'))}
        </dd>
        <dt>{t('audit.zone')}</dt>
        <dd>
          {format.zone(agreement.zone)} ({agreement.zone})
        </dd>
        <dt>{t('audit.printedAt')}</dt>
        <dd>{format.here(now)}</dd>
        {isNarrowed ? <dd>{t('audit.excerpt')}</dd> : null}
      </dl>
      {audit ? (
        <table>
          <caption>{t('audit.heads')}</caption>
          <tbody>
            {audit.workflows.map(({ workflowId, events, head }) => (
              <tr key={workflowId}>
                <td className="break">{workflowId}</td>
                <td>{events}</td>
                <td className="mono break">{head ?? t('common.none')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </header>
  );
}

function Filters(): ReactNode {
  const { t } = useTranslation();
  const { address, narrow } = useAddressFilters({ replace: true });
  return (
    <div className="toolbar narrative-filters">
      <Select
        aria-label={t('audit.filterType')}
        placeholder={t('audit.filterType')}
        allowClear
        value={address.get('type')}
        onChange={(value?: string | null) => narrow('type', value ?? '')}
        options={WORKFLOW_TYPES.map((type) => ({ value: type, label: t(`workflowType.${type}`) }))}
        style={{ minWidth: 150 }}
      />
      <Select
        aria-label={t('audit.filterBy')}
        placeholder={t('audit.filterBy')}
        allowClear
        value={address.get('by')}
        onChange={(value?: string | null) => narrow('by', value ?? '')}
        options={(['people', 'clock'] as const).map((by) => ({ value: by, label: t(`narrativeBy.${by}`) }))}
        style={{ minWidth: 150 }}
      />
      <Select
        aria-label={t('audit.filterNotices')}
        value={address.get('notices') ?? 'with'}
        onChange={(value: string) => narrow('notices', value === 'with' ? '' : value)}
        options={(['with', 'without', 'only'] as const).map((one) => ({
          value: one,
          label: t(`narrativeNotices.${one}`),
        }))}
        style={{ minWidth: 130 }}
      />
      {(['from', 'until'] as const).map((name) => (
        <label key={name} className="narrative-day-filter">
          {t(`narrativeDay.${name}`)}
          <Input
            type="date"
            value={address.get(name) ?? ''}
            onChange={({ target }) => narrow(name, target.value)}
            style={{ width: 150 }}
          />
        </label>
      ))}
    </div>
  );
}

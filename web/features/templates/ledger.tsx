import { Button, Input, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { clausePath } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { ClauseStatusTag } from './clause-status.tsx';
import { CLAUSE_STATUSES, type Clause, useClauses } from './template.ts';

/** Every clause of a template's sources, or of all, with what the product does about each. */
export function ClauseLedger({ template }: { template?: string }): ReactNode {
  const { t } = useTranslation();
  const { address, narrow } = useAddressFilters({ replace: true });
  const chosen = (name: string): string => address.get(name) ?? '';
  const clauses = useClauses({
    ...(template === undefined ? {} : { template }),
    source: chosen('source'),
    status: chosen('status'),
    kind: chosen('kind'),
    search: chosen('search'),
  });
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = clauses;
  if (isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  const [first] = data?.pages ?? [];
  if (!data || !first) return <ProblemAlert error={error} retry={() => void refetch()} />;
  const rows = data.pages.flatMap(({ items }) => items);
  const { counts, found } = first;
  const sources = Object.keys(counts.source);
  return (
    <div className="stack">
      <p className="muted none-yet">{t('templates.ledgerExplained')}</p>
      <div className="toolbar" role="group" aria-label={t('templates.byStatus')}>
        <Button
          size="small"
          type={chosen('status') === '' ? 'primary' : 'default'}
          aria-pressed={chosen('status') === ''}
          onClick={() => narrow('status')}
        >
          {t('templates.allOf', { count: counts.total })}
        </Button>
        {CLAUSE_STATUSES.filter((status) => (counts.status[status] ?? 0) > 0).map((status) => (
          <Button
            key={status}
            size="small"
            type={chosen('status') === status ? 'primary' : 'default'}
            aria-pressed={chosen('status') === status}
            title={t(`clauseMeaning.${status}`)}
            onClick={() => narrow('status', chosen('status') === status ? '' : status)}
          >
            {`${t(`clauseStatus.${status}`)} ${String(counts.status[status] ?? 0)}`}
          </Button>
        ))}
      </div>
      <div className="toolbar">
        <Input.Search
          key={chosen('search')}
          defaultValue={chosen('search')}
          aria-label={t('templates.searchClauses')}
          placeholder={t('templates.searchClauses')}
          allowClear
          maxLength={100}
          onSearch={(search) => narrow('search', search.trim())}
          style={{ flex: '1 1 220px', maxWidth: 320 }}
        />
        {sources.length > 1 || chosen('source') !== '' ? (
          <Select<string>
            aria-label={t('templates.source')}
            value={chosen('source')}
            onChange={(source) => narrow('source', source)}
            style={{ flex: '1 1 140px', maxWidth: 200 }}
            options={[
              { value: '', label: t('templates.anySource') },
              ...[...new Set([...sources, chosen('source')])]
                .filter((source) => source !== '')
                .map((value) => ({ value, label: value })),
            ]}
          />
        ) : null}
        <Select<string>
          aria-label={t('templates.clauseKind')}
          value={chosen('kind')}
          onChange={(kind) => narrow('kind', kind)}
          style={{ flex: '1 1 150px', maxWidth: 220 }}
          options={[
            { value: '', label: t('templates.anyKind') },
            ...Object.entries(counts.kind).map(([value, count]) => ({
              value,
              label: `${t(`clauseKind.${value}`)} ${String(count)}`,
            })),
          ]}
        />
        <span className="muted" role="status">
          {t('templates.found', { count: found })}
        </span>
      </div>
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
      <ClauseRecords rows={rows} template={template} />
      {hasNextPage ? (
        <div className="actions">
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function ClauseRecords({ rows, template }: { rows: Clause[]; template: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('templates.ledger')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t('templates.noClauses')}
      columns={[
        {
          key: 'id',
          title: t('templates.clause'),
          heading: true,
          width: 130,
          render: ({ id, templates, source }) => (
            <Link className="nowrap" to={clausePath({ template: template ?? templates[0]?.id ?? source }, id)}>
              {id}
            </Link>
          ),
        },
        {
          key: 'says',
          title: t('templates.says'),
          render: ({ says, article, reason }) => (
            <>
              {format.text(says)}
              <div className="muted small">{article}</div>
              {reason ? <div className="small">{t('templates.because', { why: format.text(reason) })}</div> : null}
            </>
          ),
        },
        { key: 'kind', title: t('templates.clauseKind'), width: 110, render: ({ kind }) => t(`clauseKind.${kind}`) },
        {
          key: 'status',
          title: t('templates.status'),
          width: 90,
          render: ({ status }) => <ClauseStatusTag status={status} />,
        },
        {
          key: 'by',
          title: t('templates.rests'),
          width: 150,
          render: ({ by, terms, tests }) =>
            [
              by.length > 0 ? t('templates.parts', { count: by.length }) : '',
              terms.length > 0 ? t('templates.termCount', { count: terms.length }) : '',
              tests.length > 0 ? t('templates.exampleCount', { count: tests.length }) : '',
            ]
              .filter(Boolean)
              .join(t('common.listSeparator')),
        },
      ]}
    />
  );
}

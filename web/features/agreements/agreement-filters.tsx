import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { useTemplates } from '../agreement/agreement-queries.ts';
import { PersonSelect } from '../directory/person-select.tsx';
import { type Filters, SORTS, STATUSES } from './bulk.ts';

const WITHIN = ['30', '60', '90', '180', '365'] as const;
/** Filters that are folded away until somebody wants them. */
const FURTHER = ['coordinator', 'person', 'expiresWithin', 'startedFrom', 'startedUntil', 'overdue'] as const;

/** Search, filters and order of the list; all of it stands in the address. */
export function AgreementFilters({
  filters,
  sort,
  narrow,
  clear,
}: {
  filters: Filters;
  sort: string;
  narrow: (name: string, value?: string) => void;
  clear: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayChoose = useMay('directory.read');
  const templates = useTemplates();
  const used = FURTHER.filter((name) => filters[name] !== undefined).length;
  const [isOpen, setIsOpen] = useState(used > 0);
  const { status, ...others } = filters;
  const counts = useQuery({
    queryKey: ['agreements', 'counts', others],
    queryFn: ({ signal }) =>
      request<{ total: number; byStatus: Record<string, number> }>(`/agreements/counts${queryString(others)}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const counted = (name: string, count: number | undefined): string =>
    counts.data ? t('agreementList.counted', { name, count: count ?? 0 }) : name;
  const kinds = [...new Map((templates.data?.items ?? []).map((one) => [one.id, one])).values()];
  return (
    <>
      <div className="toolbar" role="search">
        <Input.Search
          key={filters.search ?? ''}
          allowClear
          defaultValue={filters.search ?? ''}
          placeholder={t('agreementList.search')}
          aria-label={t('agreementList.search')}
          onSearch={(value) => narrow('search', value.trim())}
          style={{ flex: '1 1 240px', maxWidth: 400 }}
        />
        <Select<string>
          value={status ?? ''}
          aria-label={t('agreements.status')}
          style={{ flex: '0 1 190px', minWidth: 150 }}
          onChange={(value) => narrow('status', value)}
          options={[
            { value: '', label: counted(t('agreements.allStatuses'), counts.data?.total) },
            ...STATUSES.filter((one) => one === status || (counts.data?.byStatus[one] ?? 0) > 0 || !counts.data).map(
              (value) => ({ value, label: counted(t(`agreementStatus.${value}`), counts.data?.byStatus[value]) }),
            ),
          ]}
        />
        <Select<string>
          value={filters.template ?? ''}
          aria-label={t('agreementList.template')}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ flex: '0 1 230px', minWidth: 160 }}
          onChange={(value) => narrow('template', value)}
          options={[
            { value: '', label: t('agreementList.allTemplates') },
            ...kinds.map(({ id, title }) => ({ value: id, label: format.text(title) })),
          ]}
        />
        <Select<string>
          value={sort}
          aria-label={t('agreementList.sort')}
          style={{ flex: '0 1 200px', minWidth: 150 }}
          onChange={(value) => narrow('sort', value === 'newest' ? '' : value)}
          options={SORTS.map((value) => ({ value, label: t(`agreementSort.${value}`) }))}
        />
        <Button type="text" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {used > 0 ? t('agreementList.furtherUsed', { count: used }) : t('agreementList.further')}
        </Button>
        {Object.keys(filters).length > 0 ? (
          <Button type="link" className="inline-link" onClick={clear}>
            {t('agreements.showAll')}
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <div className="further-filters">
          {mayChoose ? (
            <>
              <div>
                <label htmlFor="filter-coordinator">{t('role.coordinator')}</label>
                <PersonSelect
                  id="filter-coordinator"
                  value={filters.coordinator}
                  onChange={(id) => narrow('coordinator', id)}
                />
              </div>
              <div>
                <label htmlFor="filter-person">{t('agreementList.person')}</label>
                <PersonSelect id="filter-person" value={filters.person} onChange={(id) => narrow('person', id)} />
              </div>
            </>
          ) : null}
          <div>
            <label htmlFor="filter-expires">{t('agreementList.expires')}</label>
            <Select<string>
              id="filter-expires"
              value={filters.expiresWithin ?? ''}
              onChange={(value) => narrow('expiresWithin', value)}
              style={{ width: '100%' }}
              options={[
                { value: '', label: t('agreementList.anyTime') },
                ...WITHIN.map((value) => ({ value, label: t('agreementList.within', { count: Number(value) }) })),
              ]}
            />
          </div>
          <div>
            <label htmlFor="filter-from">{t('agreementList.startedFrom')}</label>
            <Input
              id="filter-from"
              type="date"
              value={filters.startedFrom ?? ''}
              onChange={(event) => narrow('startedFrom', event.target.value)}
            />
          </div>
          <div>
            <label htmlFor="filter-until">{t('agreementList.startedUntil')}</label>
            <Input
              id="filter-until"
              type="date"
              value={filters.startedUntil ?? ''}
              onChange={(event) => narrow('startedUntil', event.target.value)}
            />
          </div>
          <div>
            <Checkbox
              checked={filters.overdue === 'true'}
              onChange={(event) => narrow('overdue', event.target.checked ? 'true' : '')}
            >
              {t('agreementList.onlyOverdue')}
            </Checkbox>
          </div>
        </div>
      ) : null}
    </>
  );
}

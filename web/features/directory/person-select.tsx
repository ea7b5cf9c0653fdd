import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { useMay } from '../../app/me.ts';
import { PERSONS, type PersonSummary } from './directory.ts';

interface Candidate {
  id: string;
  name: string;
  organisation: string;
}

/** Chooses somebody who is present: of the directory, or of one's own organisation for those who may not see it. */
export function PersonSelect({
  id,
  value,
  onChange,
  without,
}: {
  id: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  /** Who cannot be chosen: whoever it is for. */
  without?: string;
}): ReactNode {
  const { t } = useTranslation();
  const mayRead = useMay('directory.read');
  const mayAct = useMay('agreements.act');
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...PERSONS, 'candidates', mayRead, mayRead ? search : ''],
    queryFn: async ({ signal }): Promise<Candidate[]> => {
      if (!mayRead) return (await request<{ items: Candidate[] }>('/me/colleagues', { signal })).items;
      const page = await request<Page<PersonSummary>>(`/persons${queryString({ search, limit: 50 })}`, { signal });
      return page.items.map((one) => ({ id: one.id, name: one.name, organisation: one.organisation.path }));
    },
    // While the reader is unknown, and for those who may neither see the directory nor name a deputy, nothing is asked.
    enabled: mayRead || mayAct,
    placeholderData: (before) => before,
  });
  const candidates = (found.data ?? []).filter((one) => one.id !== without);
  return (
    <Select<string>
      id={id}
      allowClear
      showSearch={{ onSearch: setSearch, optionFilterProp: 'label', ...(mayRead ? { filterOption: false } : {}) }}
      placeholder={t('directory.choosePerson')}
      value={value ?? null}
      onChange={(chosen: string | undefined) => onChange(chosen)}
      loading={found.isFetching}
      notFoundContent={t('directory.nobodyFound')}
      style={{ width: '100%' }}
      options={candidates.map((one) => ({ value: one.id, label: `${one.name} · ${one.organisation}` }))}
    />
  );
}

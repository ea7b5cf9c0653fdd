import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { useMay } from '../../app/me.ts';
import type { Page } from '../../wire.ts';
import { PERSONS, type PersonSummary } from './directory.ts';

/** Chooses several people of the directory. */
export function PeopleSelect({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string[];
  onChange: (ids: string[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const mayRead = useMay('directory.read');
  const [search, setSearch] = useState('');
  const [names, setNames] = useState<Record<string, string>>({});
  const found = useQuery({
    queryKey: [...PERSONS, 'people', search],
    queryFn: ({ signal }) => request<Page<PersonSummary>>(`/persons${queryString({ search, limit: 50 })}`, { signal }),
    enabled: mayRead,
    placeholderData: (before) => before,
  });
  const options = (found.data?.items ?? []).map((one) => ({
    value: one.id,
    label: `${one.name} · ${one.organisation.path}`,
  }));
  for (const one of value) {
    if (!options.some((option) => option.value === one)) options.unshift({ value: one, label: names[one] ?? one });
  }
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      showSearch={{ onSearch: setSearch, filterOption: false }}
      placeholder={t('directory.choosePerson')}
      value={value}
      onChange={(chosen) => {
        setNames(Object.fromEntries(options.map((option) => [option.value, option.label])));
        onChange(chosen);
      }}
      loading={found.isFetching}
      notFoundContent={t('directory.nobodyFound')}
      style={{ width: '100%' }}
      options={options}
    />
  );
}

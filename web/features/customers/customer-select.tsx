import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { CUSTOMERS, type CustomerPage } from './customer.ts';

/** Chooses customers of the directory, by key, name or contact. */
export function CustomerSelect({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string[];
  onChange: (ids: string[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [names, setNames] = useState<Record<string, string>>({});
  const found = useQuery({
    queryKey: [...CUSTOMERS, 'candidates', search],
    queryFn: ({ signal }) => request<CustomerPage>(`/customers${queryString({ search, limit: 50 })}`, { signal }),
    placeholderData: (before) => before,
  });
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.key}` }));
  for (const one of value) {
    if (!options.some((option) => option.value === one)) options.unshift({ value: one, label: names[one] ?? one });
  }
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      showSearch={{ onSearch: setSearch, filterOption: false }}
      placeholder={t('customers.choose')}
      value={value}
      onChange={(chosen) => {
        setNames(Object.fromEntries(options.map((option) => [option.value, option.label])));
        onChange(chosen);
      }}
      loading={found.isFetching}
      style={{ width: '100%' }}
      options={options}
    />
  );
}

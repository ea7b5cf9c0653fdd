import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { ORGANISATIONS, type Organisation } from './directory.ts';

/** Chooses an organisation that is offered. */
export function OrganisationSelect({
  id,
  value,
  shown,
  placeholder,
  onChange,
}: {
  id: string;
  value: string | undefined;
  /** What `value` is called, where it is not among those found. */
  shown?: string | undefined;
  /** What it is for, where no label stands beside it. */
  placeholder?: string;
  onChange: (id: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...ORGANISATIONS, 'candidates', search],
    queryFn: ({ signal }) =>
      request<Page<Organisation>>(`/organisations${queryString({ search, limit: 50 })}`, { signal }),
    placeholderData: (before) => before,
  });
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: one.path }));
  if (value && shown && !options.some((one) => one.value === value)) options.unshift({ value, label: shown });
  return (
    <Select<string>
      id={id}
      allowClear
      showSearch={{ onSearch: setSearch, filterOption: false }}
      placeholder={placeholder ?? t('directory.chooseOrganisation')}
      {...(placeholder === undefined ? {} : { 'aria-label': placeholder })}
      value={value ?? null}
      onChange={(chosen: string | undefined) => onChange(chosen)}
      loading={found.isFetching}
      style={{ width: '100%' }}
      options={options}
    />
  );
}

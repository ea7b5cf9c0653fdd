import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { type CandidateField, CandidateSelect } from '../../app/candidate-select.tsx';
import { CUSTOMERS, type CustomerPage } from './customer.ts';

/** Chooses customers of the directory, by key, name or contact. */
export function CustomerSelect(field: CandidateField): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...CUSTOMERS, 'candidates', search],
    queryFn: ({ signal }) => request<CustomerPage>(`/customers${queryString({ search, limit: 50 })}`, { signal }),
    placeholderData: (before) => before,
  });
  return (
    <CandidateSelect
      {...field}
      found={(found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.key}` }))}
      loading={found.isFetching}
      search={setSearch}
      placeholder={t('customers.choose')}
    />
  );
}

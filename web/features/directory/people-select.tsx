import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { type CandidateField, CandidateSelect } from '../../app/candidate-select.tsx';
import { useMay } from '../../app/me.ts';
import type { Page } from '../../wire.ts';
import { PERSONS, type PersonSummary } from './directory.ts';

/** Chooses several people of the directory. */
export function PeopleSelect(field: CandidateField): ReactNode {
  const { t } = useTranslation();
  const mayRead = useMay('directory.read');
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...PERSONS, 'people', search],
    queryFn: ({ signal }) => request<Page<PersonSummary>>(`/persons${queryString({ search, limit: 50 })}`, { signal }),
    enabled: mayRead,
    placeholderData: (before) => before,
  });
  return (
    <CandidateSelect
      {...field}
      found={(found.data?.items ?? []).map((one) => ({
        value: one.id,
        label: `${one.name} · ${one.organisation.path}`,
      }))}
      loading={found.isFetching}
      search={setSearch}
      placeholder={t('directory.choosePerson')}
      notFound={t('directory.nobodyFound')}
    />
  );
}

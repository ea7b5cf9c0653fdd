import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { useMay } from '../../app/me.ts';
import { PERSONS, type PersonSummary } from '../directory/directory.ts';

/** Takes somebody over from the directory, for those who may read it; what is taken can still be changed by hand. */
export function DirectoryPick({ id, pick }: { id: string; pick: (person: PersonSummary) => void }): ReactNode {
  const { t } = useTranslation();
  const mayRead = useMay('directory.read');
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...PERSONS, 'candidates', 'start', search],
    queryFn: ({ signal }) => request<Page<PersonSummary>>(`/persons${queryString({ search, limit: 30 })}`, { signal }),
    enabled: mayRead,
    placeholderData: (before) => before,
  });
  if (!mayRead) return null;
  const people = found.data?.items ?? [];
  return (
    <Select<string>
      id={id}
      aria-label={t('wizard.fromDirectory')}
      placeholder={t('wizard.fromDirectory')}
      showSearch={{ onSearch: setSearch, filterOption: false }}
      value={null}
      onChange={(chosen) => {
        const person = people.find((one) => one.id === chosen);
        if (person) pick(person);
      }}
      loading={found.isFetching}
      notFoundContent={t('directory.nobodyFound')}
      options={people.map((one) => ({ value: one.id, label: `${one.name} · ${one.organisation.path} · ${one.email}` }))}
      style={{ width: '100%', maxWidth: 420 }}
    />
  );
}

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Form, Select, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { ORGANISATIONS, type Organisation, PERSONS } from './directory.ts';
import { OrganisationSelect } from './organisation-select.tsx';

/** Organisations and departments by name. */
export function OrganisationsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('directory.organisations'));
  const mayWrite = useMay('directory.write');
  const [address, setAddress] = useSearchParams();
  const [changed, setChanged] = useState<Organisation | 'new' | null>(null);
  const search = address.get('search') ?? '';
  const archived = address.get('archived') ?? 'false';
  const organisations = useInfiniteQuery({
    queryKey: [...ORGANISATIONS, { search, archived }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Organisation>>(`/organisations${queryString({ search, archived, limit: 50, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = organisations.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div className="heading">
        <h1 className="grow nowrap">{t('directory.organisations')}</h1>
        <Link to="/persons">{t('directory.title')}</Link>
        {mayWrite ? (
          <Button type="primary" onClick={() => setChanged('new')}>
            {t('directory.addOrganisation')}
          </Button>
        ) : null}
      </div>
      <section className="panel stack">
        <div className="toolbar">
          <Input.Search
            key={search}
            allowClear
            defaultValue={search}
            placeholder={t('directory.searchOrganisation')}
            aria-label={t('directory.searchOrganisation')}
            onSearch={(value) => setAddress({ search: value.trim(), archived })}
            style={{ flex: '1 1 220px', maxWidth: 380 }}
          />
          <Select
            value={archived}
            aria-label={t('directory.state')}
            onChange={(value: string) => setAddress({ search, archived: value })}
            options={(['false', 'true'] as const).map((value) => ({ value, label: t(`organisationState.${value}`) }))}
          />
        </div>
        <ProblemAlert error={organisations.error} retry={() => void organisations.refetch()} />
        {organisations.isPending ? <Skeleton active /> : null}
        {organisations.data ? (
          <Records
            label={t('directory.organisations')}
            rows={rows}
            rowKey={({ id }) => id}
            empty={t('directory.noOrganisations')}
            columns={[
              {
                key: 'name',
                title: t('directory.organisation'),
                heading: true,
                render: ({ path, archivedAt }) => (
                  <>
                    {path} {archivedAt ? <Tag>{t('organisationState.true')}</Tag> : null}
                  </>
                ),
              },
              {
                key: 'persons',
                title: t('directory.persons'),
                align: 'right',
                render: ({ persons, name }) =>
                  persons > 0 ? (
                    <Link to={`/persons${queryString({ search: name })}`}>{persons}</Link>
                  ) : (
                    t('common.none')
                  ),
              },
              {
                key: 'departments',
                title: t('directory.departments'),
                align: 'right',
                render: ({ departments }) => (departments > 0 ? departments : t('common.none')),
              },
              ...(mayWrite
                ? [
                    {
                      key: 'edit',
                      title: '',
                      align: 'right' as const,
                      render: (row: Organisation) => (
                        <>
                          <Button size="small" onClick={() => setChanged(row)}>
                            {t('directory.edit')}
                          </Button>{' '}
                          <ArchiveButton organisation={row} />
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        ) : null}
        {organisations.hasNextPage ? (
          <div className="more">
            <Button loading={organisations.isFetchingNextPage} onClick={() => void organisations.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
      {changed ? (
        <OrganisationDialog {...(changed === 'new' ? {} : { organisation: changed })} close={() => setChanged(null)} />
      ) : null}
    </div>
  );
}

function useSaved(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ORGANISATIONS });
    void queries.invalidateQueries({ queryKey: PERSONS });
  };
}

function ArchiveButton({ organisation }: { organisation: Organisation }): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const intent = useIntent();
  const saved = useSaved();
  const archived = organisation.archivedAt === null;
  const save = useMutation({
    mutationFn: () =>
      intent([organisation.id, archived], (key) =>
        request(`/organisations/${organisation.id}`, { method: 'PATCH', key, body: { archived } }),
      ),
    onSuccess: saved,
    onError: (error) => void modal.error({ title: organisation.name, content: <ProblemAlert error={error} /> }),
  });
  return (
    <Button size="small" loading={save.isPending} onClick={() => save.mutate()}>
      {t(archived ? 'directory.archive' : 'directory.restore')}
    </Button>
  );
}

function OrganisationDialog({ organisation, close }: { organisation?: Organisation; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const saved = useSaved();
  const [name, setName] = useState(organisation?.name ?? '');
  const [parentId, setParentId] = useState<string | undefined>(organisation?.parentId ?? undefined);
  const body = { name: name.trim(), parentId: parentId ?? null };
  const save = useMutation({
    mutationFn: () =>
      intent(body, (key) =>
        request(organisation ? `/organisations/${organisation.id}` : '/organisations', {
          method: organisation ? 'PATCH' : 'POST',
          key,
          body,
        }),
      ),
    onSuccess: () => {
      saved();
      close();
    },
  });
  return (
    <Modal
      open
      title={t(organisation ? 'directory.editOrganisation' : 'directory.addOrganisation')}
      okText={t('directory.save')}
      okButtonProps={{ disabled: body.name === '' }}
      onOk={() => save.mutate()}
      onCancel={close}
      confirmLoading={save.isPending}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('directory.name')} htmlFor="organisation-name" required>
          <Input id="organisation-name" value={name} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
        <Form.Item label={t('directory.parent')} htmlFor="organisation-parent">
          <OrganisationSelect
            id="organisation-parent"
            value={parentId}
            shown={organisation?.path.split(' > ').slice(0, -1).join(' > ')}
            onChange={setParentId}
          />
        </Form.Item>
      </Form>
      <ProblemAlert error={save.error} />
    </Modal>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { queryString, request } from '../api.ts';
import { useIntent } from './intent.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** The wire of api/routes/saved-views.ts. */
interface SavedView {
  id: string;
  name: string;
  query: string;
}

/**
 * A page's filters under names of one's own: chosen, kept, renamed, forgotten; and the address of what is shown now, to be
 * passed on.
 *
 * @param page as the API names it: `today`
 */
export function SavedViews({ page }: { page: string }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { pathname, search } = useLocation();
  const [dialog, setDialog] = useState<'keep' | 'arrange' | null>(null);
  const views = useQuery({
    queryKey: ['saved-views', page],
    queryFn: ({ signal }) => request<{ items: SavedView[] }>(`/saved-views${queryString({ page })}`, { signal }),
    staleTime: 60_000,
  });
  const items = views.data?.items ?? [];
  const query = search.replace(/^\?/, '');
  const copy = (): void => {
    // Without a secure connection there is no clipboard to write to.
    const written = navigator.clipboard?.writeText(window.location.href) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => message.success(t('savedViews.copied')),
      () => message.info(t('savedViews.copyByHand')),
    );
  };
  if (items.length === 0 && query === '' && !views.error) return null;
  return (
    <div className="saved-views">
      {views.error ? <ProblemAlert error={views.error} retry={() => void views.refetch()} /> : null}
      {items.length > 0 ? (
        <nav aria-label={t('savedViews.title')} className="tags">
          {items.map(({ id, name, query: kept }) => (
            <Link
              key={id}
              to={`${pathname}?${kept}`}
              className="saved-view"
              {...(kept === query ? { 'aria-current': 'true' } : {})}
            >
              {name}
            </Link>
          ))}
        </nav>
      ) : null}
      <span className="tags">
        {query === '' ? null : (
          <>
            <Button size="small" onClick={() => setDialog('keep')}>
              {t('savedViews.keep')}
            </Button>
            <Button size="small" onClick={copy}>
              {t('savedViews.copy')}
            </Button>
          </>
        )}
        {items.length > 0 ? (
          <Button size="small" type="text" onClick={() => setDialog('arrange')}>
            {t('savedViews.arrange')}
          </Button>
        ) : null}
      </span>
      {dialog === 'keep' ? <KeepDialog page={page} query={query} known={items} close={() => setDialog(null)} /> : null}
      {dialog === 'arrange' ? <ArrangeDialog page={page} items={items} close={() => setDialog(null)} /> : null}
    </div>
  );
}

function KeepDialog({
  page,
  query,
  known,
  close,
}: {
  page: string;
  query: string;
  known: SavedView[];
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const [name, setName] = useState('');
  const called = name.trim();
  const keep = useMutation({
    mutationFn: () => {
      const body = { page, name: called, query };
      return intent(body, (key) => request('/saved-views', { method: 'POST', key, body }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['saved-views', page] });
      close();
    },
  });
  return (
    <Modal
      open
      title={t('savedViews.keep')}
      okText={t('savedViews.save')}
      okButtonProps={{ disabled: called === '' }}
      confirmLoading={keep.isPending}
      onOk={() => keep.mutate()}
      onCancel={close}
    >
      <div className="stack">
        <label>
          {t('savedViews.name')}
          <Input
            autoFocus
            maxLength={60}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={() => (called === '' ? undefined : keep.mutate())}
          />
        </label>
        {known.some((one) => one.name === called) ? (
          <div className="muted small">{t('savedViews.replaces', { name: called })}</div>
        ) : null}
        <ProblemAlert error={keep.error} />
      </div>
    </Modal>
  );
}

function ArrangeDialog({ page, items, close }: { page: string; items: SavedView[]; close: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal open title={t('savedViews.arrange')} footer={null} onCancel={close}>
      {items.length === 0 ? <p className="muted">{t('savedViews.none')}</p> : null}
      <ul className="cards">
        {items.map((view) => (
          <li key={view.id}>
            <OneView page={page} view={view} />
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function OneView({ page, view: { id, name } }: { page: string; view: SavedView }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const [called, setCalled] = useState(name);
  const renew = () => queries.invalidateQueries({ queryKey: ['saved-views', page] });
  const rename = useMutation({
    mutationFn: () => {
      const body = { name: called.trim() };
      return intent([id, body], (key) => request(`/saved-views/${id}`, { method: 'PATCH', key, body }));
    },
    onSuccess: renew,
  });
  const forget = useMutation({
    mutationFn: () => intent([id, 'forget'], (key) => request(`/saved-views/${id}`, { method: 'DELETE', key })),
    onSuccess: renew,
  });
  const isChanged = called.trim() !== '' && called.trim() !== name;
  return (
    <div className="stack">
      <div className="toolbar">
        <Input
          aria-label={t('savedViews.nameOf', { name })}
          maxLength={60}
          value={called}
          style={{ flex: '1 1 160px' }}
          onChange={({ target }) => setCalled(target.value)}
          onPressEnter={() => (isChanged ? rename.mutate() : undefined)}
        />
        <Button disabled={!isChanged} loading={rename.isPending} onClick={() => rename.mutate()}>
          {t('savedViews.rename')}
        </Button>
        <Popconfirm
          title={t('savedViews.forgetSure', { name })}
          okText={t('savedViews.forget')}
          onConfirm={() => forget.mutate()}
        >
          <Button danger loading={forget.isPending} aria-label={t('savedViews.forgetOne', { name })}>
            {t('savedViews.forget')}
          </Button>
        </Popconfirm>
      </div>
      <ProblemAlert error={rename.error ?? forget.error} />
    </div>
  );
}

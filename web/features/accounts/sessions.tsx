import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Items, OpenSession } from './account.ts';

/** One's own sessions; one is ended, or all others are. */
export function Sessions(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => request<Items<OpenSession>>('/sessions', { signal }),
  });
  const end = useMutation({
    mutationFn: (which: string) =>
      intent(which, (key) => request(`/sessions/${encodeURIComponent(which)}`, { method: 'DELETE', key })),
    onSuccess: () => {
      void message.success(t('accounts.sessionsEnded'));
      void queries.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const rows = sessions.data?.items ?? [];
  return (
    <div className="stack">
      <ProblemAlert error={sessions.error ?? end.error} />
      <Records
        label={t('accounts.sessions')}
        rows={rows}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          {
            key: 'browser',
            title: t('accounts.browser'),
            heading: true,
            render: ({ browser, current }) => (
              <span className="break" title={browser}>
                {browserName(browser)} {current ? <Tag color="success">{t('accounts.thisBrowser')}</Tag> : null}
              </span>
            ),
          },
          { key: 'address', title: t('accounts.address'), render: ({ address }) => address },
          { key: 'since', title: t('accounts.since'), render: ({ createdAt }) => format.here(createdAt) },
          { key: 'used', title: t('accounts.lastUsed'), render: ({ usedAt }) => format.here(usedAt) },
          {
            key: 'end',
            title: '',
            align: 'right',
            render: ({ id, current }) =>
              current ? null : (
                <Button size="small" onClick={() => end.mutate(id)}>
                  {t('accounts.end')}
                </Button>
              ),
          },
        ]}
      />
      {rows.length > 1 ? (
        <div className="actions">
          <Button loading={end.isPending} onClick={() => end.mutate('others')}>
            {t('accounts.endOthers')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** `Chrome · Windows` of a User-Agent; the whole text where nothing is known of it. */
function browserName(agent: string): string {
  const browser = (['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'] as const).find((name) => agent.includes(`${name}/`));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'].find((name) => agent.includes(name));
  if (!browser) return agent === '' ? '—' : agent.slice(0, 60);
  const name = { Edg: 'Edge', OPR: 'Opera', Firefox: 'Firefox', Chrome: 'Chrome', Safari: 'Safari' }[browser];
  return system ? `${name} · ${system}` : name;
}

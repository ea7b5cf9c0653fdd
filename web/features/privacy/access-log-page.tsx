import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { PersonSelect } from '../directory/person-select.tsx';
import { type AccessLogEntry, LOGGED_ACTIONS, type AccessLogPage as Page } from './privacy.ts';

/** Who looked at people's data and documents, newest first. */
export function AccessLogPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  usePageTitle(t('privacy.accessLog'));
  const { address, narrow } = useAddressFilters();
  const asked = Object.fromEntries(
    ['action', 'person', 'from', 'until'].map((name) => [name, address.get(name) ?? '']),
  );
  const log = useInfiniteQuery({
    queryKey: ['access-log', asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page>(`/access-log${queryString({ ...asked, limit: 50, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <div className="page">
      <h1>{t('privacy.accessLog')}</h1>
      <section className="panel stack">
        <div className="toolbar">
          <Select
            value={asked['action'] ?? ''}
            aria-label={t('privacy.action')}
            style={{ flex: '0 1 170px', minWidth: 140 }}
            onChange={(value: string) => narrow('action', value)}
            options={[
              { value: '', label: t('privacy.allActions') },
              ...LOGGED_ACTIONS.map((value) => ({ value: value as string, label: t(`loggedAction.${value}`) })),
            ]}
          />
          <div style={{ flex: '1 1 240px', maxWidth: 340 }}>
            <PersonSelect
              id="log-person"
              value={asked['person'] === '' ? undefined : asked['person']}
              onChange={(id) => narrow('person', id)}
            />
          </div>
          <Input
            type="date"
            aria-label={t('directory.from')}
            style={{ width: 150 }}
            value={asked['from']}
            onChange={(event) => narrow('from', event.target.value)}
          />
          <Input
            type="date"
            aria-label={t('directory.until')}
            style={{ width: 150 }}
            value={asked['until']}
            onChange={(event) => narrow('until', event.target.value)}
          />
        </div>
        <ProblemAlert error={log.error} retry={() => void log.refetch()} />
        {log.isPending ? <Skeleton active /> : null}
        {log.data ? (
          <Records
            label={t('privacy.accessLog')}
            rows={log.data.pages.flatMap((page) => page.items)}
            rowKey={({ id }) => id}
            empty={t('privacy.noAccess')}
            columns={[
              { key: 'at', title: t('common.when'), heading: true, render: ({ at }) => format.here(at) },
              {
                key: 'who',
                title: t('common.who'),
                render: ({ actor }) => actor.name ?? t(`actorKind.${kindOf(actor)}`),
              },
              {
                key: 'action',
                title: t('privacy.action'),
                render: ({ action }) => t(`loggedAction.${action}`, { defaultValue: action }),
              },
              { key: 'subject', title: t('privacy.subject'), render: (entry) => <Subject entry={entry} /> },
              {
                key: 'outcome',
                title: t('privacy.outcome'),
                render: ({ outcome }) =>
                  outcome === 'ok' ? t('logOutcome.ok') : <Tag color="red">{t(`logOutcome.${outcome}`)}</Tag>,
              },
            ]}
          />
        ) : null}
        {log.hasNextPage ? (
          <div className="more">
            <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}

/** Lines of before kinds were written down have an account alone. */
function kindOf({ kind, accountId }: AccessLogEntry['actor']): string {
  return kind ?? (accountId === undefined ? 'machine' : 'account');
}

/** What a line is about: a person, an account, the directory, papers of an agreement, or what was asked for in vain. */
function Subject({ entry: { subject, subjectName, agreementId } }: { entry: AccessLogEntry }): ReactNode {
  const { t } = useTranslation();
  const [kind = '', id = ''] = subject.split('/');
  const agreement = agreementId === null ? null : `/agreements/${agreementId}`;
  switch (kind) {
    case 'account':
      return t('privacy.accountOf', { name: subjectName ?? t('privacy.gone') });
    case 'person':
      return subjectName ?? t('privacy.gone');
    case 'directory':
      return t('directory.title');
    case 'agreements':
      return t('agreements.title');
    case 'route':
      return (
        <>
          {t('privacy.requestOf')} <span className="mono muted">{id}</span>{' '}
          {agreement === null ? null : <Link to={agreement}>{t('privacy.agreement')}</Link>}
        </>
      );
    case 'evidence':
      return agreement === null ? t('privacy.gone') : <Link to={agreement}>{t('privacy.evidenceOf')}</Link>;
    case 'answer-file':
      return agreement === null ? t('privacy.gone') : <Link to={agreement}>{t('answerFiles.title')}</Link>;
    case 'ledger':
      return agreement === null ? t('privacy.gone') : <Link to={agreement}>{t('privacy.ledgerOf')}</Link>;
    default:
      return agreement === null ? t('privacy.gone') : <Link to={agreement}>{t('privacy.documentOf')}</Link>;
  }
}

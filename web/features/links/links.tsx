import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, queryString, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement, Page, Text } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';

interface ActionLink {
  id: string;
  purpose: string;
  person: { id: string; name: string } | null;
  seat: string;
  seatTitle: Text;
  title: Text | null;
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
  revokedAt: string | null;
  state: 'live' | 'expired' | 'revoked' | 'void';
}

const COLOUR = { live: 'green', expired: 'default', revoked: 'red', void: 'default' } as const;

/** Links that went out by mail: for whom, for what, until when; withdrawn or sent anew by the coordinator. */
export function Links({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayManage = useMay('agreements.manage');
  const key = [...agreementKey(agreement.id), 'links'];
  const links = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<ActionLink>>(
        `${agreementPath(agreement.id)}/links${queryString({ limit: 20, cursor: pageParam })}`,
        {
          signal,
        },
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
  if (links.isPending) return <Skeleton active />;
  if (links.error) return <ProblemAlert error={links.error} retry={() => void links.refetch()} />;
  const at = (instant: string): string => format.instant(instant, agreement.zone);
  return (
    <section>
      <h2>{t('links.title')}</h2>
      <p className="muted">{t('links.explained')}</p>
      <Records<ActionLink>
        label={t('links.title')}
        rows={links.data.pages.flatMap((page) => page.items)}
        rowKey={({ id }) => id}
        empty={t('links.none')}
        columns={[
          {
            key: 'purpose',
            title: t('links.purpose'),
            heading: true,
            render: ({ purpose, title }) => (
              <>
                {t(`linkPurpose.${purpose}`, { defaultValue: purpose })}
                {title ? ` · ${format.text(title)}` : ''}
              </>
            ),
          },
          {
            key: 'to',
            title: t('links.to'),
            render: ({ person, seatTitle }) => (
              <>
                {person?.name ?? ''} <span className="muted small">{format.text(seatTitle)}</span>
              </>
            ),
          },
          { key: 'created', title: t('links.created'), render: ({ createdAt }) => at(createdAt) },
          { key: 'expires', title: t('links.expires'), render: ({ expiresAt }) => at(expiresAt) },
          {
            key: 'used',
            title: t('links.used'),
            render: ({ usedAt }) => (usedAt ? at(usedAt) : <span className="muted">{t('links.notUsed')}</span>),
          },
          {
            key: 'state',
            title: t('links.state'),
            render: ({ state }) => <Tag color={COLOUR[state]}>{t(`linkState.${state}`)}</Tag>,
          },
          ...(mayManage
            ? [
                {
                  key: 'act',
                  title: t('obligations.act'),
                  render: (link: ActionLink) =>
                    link.state === 'void' ? '' : <LinkActs agreement={agreement} link={link} queryKey={key} />,
                },
              ]
            : []),
        ]}
      />
      {links.hasNextPage ? (
        <div className="more">
          <Button loading={links.isFetchingNextPage} onClick={() => void links.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function LinkActs({
  agreement,
  link,
  queryKey,
}: {
  agreement: Agreement;
  link: ActionLink;
  queryKey: string[];
}): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const act = useMutation({
    mutationFn: (kind: 'revoke' | 'reissue') => {
      const path =
        kind === 'revoke' ? `/links/${link.id}/revocation` : `${agreementPath(agreement.id)}/links/${link.id}/reissue`;
      return intent([path], (key) => request(path, { method: 'POST', key, body: {} }));
    },
    onSuccess: (_answer, kind) => {
      void queries.invalidateQueries({ queryKey });
      void message.success(kind === 'revoke' ? t('links.revoked') : t('links.reissued'));
    },
  });
  return (
    <div className="toolbar">
      {link.state === 'live' ? (
        <Popconfirm title={t('links.revokeSure')} onConfirm={() => act.mutate('revoke')}>
          <Button size="small" danger loading={act.isPending && act.variables === 'revoke'}>
            {t('links.revoke')}
          </Button>
        </Popconfirm>
      ) : null}
      <Popconfirm title={t('links.reissueSure')} onConfirm={() => act.mutate('reissue')}>
        <Button size="small" loading={act.isPending && act.variables === 'reissue'}>
          {t('links.reissue')}
        </Button>
      </Popconfirm>
      <ProblemAlert error={act.error} />
    </div>
  );
}

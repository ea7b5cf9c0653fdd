import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { CHANNELS, LISTED } from './channels.ts';
import { DownloadButton } from './downloads.tsx';
import type { Capacity } from '../process/capacity.ts';
import type { Survey } from './survey.ts';
import { surveyKey, surveyPath } from './survey-queries.ts';

interface OpenLink {
  id: string;
  label: string;
  channel: string;
  createdAt: string;
  revokedAt: string | null;
}
/** `png` in base64. */
type NewLink = OpenLink & { url: string; svg: string; png: string };

/** Links with QR codes that anybody may answer by, and lists of those who are asked by hand. */
export function OpenLinks({
  agreementId,
  survey,
  zone,
  capacity,
}: {
  agreementId: string;
  survey: Survey;
  zone: string;
  /** In which links and lists are made; undefined: they are only shown. */
  capacity: Capacity | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const key = [...surveyKey(agreementId, survey.id), 'links'];
  const path = `${surveyPath(agreementId, survey.id)}/links`;
  const links = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<{ items: OpenLink[] }>(path, { signal }),
  });
  const [label, setLabel] = useState('');
  const [channel, setChannel] = useState<string>('online');
  const who = capacity && {
    as: capacity.as,
    ...(capacity.onBehalfOf === null ? {} : { onBehalfOf: capacity.onBehalfOf }),
  };
  const create = useMutation({
    mutationFn: () => {
      const body = { ...who, label: label.trim(), channel };
      return intent(['link', path, body], (once) => request<NewLink>(path, { method: 'POST', key: once, body }));
    },
    onSuccess: () => {
      setLabel('');
      void queries.invalidateQueries({ queryKey: key });
    },
  });
  const revoke = useMutation({
    mutationFn: (id: string) =>
      intent(['revoke', path, id], (once) =>
        request(`${path}/${encodeURIComponent(id)}/revocation`, { method: 'POST', key: once, body: { ...who } }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: key }),
  });
  const made = create.data;
  const listed = LISTED.filter((one) =>
    survey.channels.some(({ channel: asked, drawn }) => asked === one && drawn > 0),
  );
  return (
    <div className="stack">
      {who ? (
        <div className="toolbar">
          <Input
            aria-label={t('surveys.linkLabel')}
            placeholder={t('surveys.linkLabel')}
            maxLength={100}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            style={{ width: 220, maxWidth: '100%' }}
          />
          <Select<string>
            aria-label={t('surveys.channelLabel')}
            value={channel}
            onChange={setChannel}
            style={{ width: 140 }}
            options={CHANNELS.map((value) => ({ value, label: t(`surveyChannel.${value}`) }))}
          />
          <Button disabled={label.trim() === ''} loading={create.isPending} onClick={() => create.mutate()}>
            {t('surveys.makeLink')}
          </Button>
        </div>
      ) : null}
      <ProblemAlert error={create.error ?? revoke.error} />
      {made ? (
        <Alert
          type="success"
          title={t('surveys.linkMade', { label: made.label })}
          description={
            <div className="stack">
              <div className="mono">{made.url}</div>
              <img
                className="qr"
                alt={t('surveys.qrOf', { label: made.label })}
                src={`data:image/svg+xml,${encodeURIComponent(made.svg)}`}
              />
              <div className="actions">
                <Button
                  size="small"
                  onClick={() =>
                    void navigator.clipboard.writeText(made.url).then(() => message.success(t('surveys.copied')))
                  }
                >
                  {t('surveys.copy')}
                </Button>
                <a download={`${made.label}.png`} href={`data:image/png;base64,${made.png}`}>
                  {t('surveys.saveQr', { format: 'PNG' })}
                </a>
                <a download={`${made.label}.svg`} href={`data:image/svg+xml,${encodeURIComponent(made.svg)}`}>
                  {t('surveys.saveQr', { format: 'SVG' })}
                </a>
              </div>
            </div>
          }
        />
      ) : null}
      {links.error ? <ProblemAlert error={links.error} retry={() => void links.refetch()} /> : null}
      {links.data ? (
        <Records
          label={t('surveys.openLinks')}
          rows={links.data.items}
          rowKey={({ id }) => id}
          empty={t('surveys.noLinks')}
          columns={[
            { key: 'label', title: t('surveys.linkLabel'), heading: true, render: (one) => one.label },
            { key: 'channel', title: t('surveys.channelLabel'), render: (one) => t(`surveyChannel.${one.channel}`) },
            { key: 'at', title: t('common.when'), render: ({ createdAt }) => format.instant(createdAt, zone) },
            {
              key: 'revoke',
              title: t('surveys.statusLabel'),
              render: ({ id, revokedAt }) => {
                if (revokedAt !== null) return t('surveys.revoked');
                if (!who) return t('surveys.works');
                return (
                  <Button
                    size="small"
                    danger
                    loading={revoke.isPending && revoke.variables === id}
                    onClick={() => revoke.mutate(id)}
                  >
                    {t('surveys.revoke')}
                  </Button>
                );
              },
            },
          ]}
        />
      ) : null}
      {who && listed.length > 0 ? (
        <div className="toolbar">
          <span className="muted">{t('surveys.lists')}</span>
          {listed.map((one) => (
            <DownloadButton
              key={one}
              load={() =>
                intent(['list', path, one, survey.asOf], (once) =>
                  download(`${surveyPath(agreementId, survey.id)}/lists`, `survey-${one}.csv`, {
                    method: 'POST',
                    key: once,
                    body: { ...who, channel: one },
                  }),
                )
              }
            >
              {t(`surveyChannel.${one}`)}
            </DownloadButton>
          ))}
        </div>
      ) : null}
    </div>
  );
}

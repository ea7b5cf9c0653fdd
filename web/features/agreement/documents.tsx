import { Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement, StoredDocument } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useDocuments } from './agreement-queries.ts';
import { DocumentLink } from './document-link.tsx';

const STATE_COLOUR: Record<StoredDocument['state'], string> = { ok: 'green', missing: 'red', altered: 'red' };

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Documents by their content; a file that is gone or changed is said so and not handed out. */
export function Documents({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const documents = useDocuments(agreement.id);
  if (documents.isPending) return <Skeleton active />;
  if (documents.error) return <ProblemAlert error={documents.error} retry={() => void documents.refetch()} />;
  const titleOf = (id: string, occurrence?: string): string => {
    const duty = agreement.duties.find((one) => one.id === id);
    return titled(duty?.title ?? { zh: id, en: id }, occurrence);
  };
  return (
    <Records
      label={t('documents.title')}
      rows={documents.data.items}
      rowKey={({ id }) => id}
      empty={t('documents.none')}
      columns={[
        {
          key: 'file',
          title: t('documents.file'),
          heading: true,
          render: (document) =>
            document.state === 'ok' ? (
              <DocumentLink agreementId={agreement.id} document={document} />
            ) : (
              <span className="break">{document.fileName}</span>
            ),
        },
        {
          key: 'belongs',
          title: t('documents.belongsTo'),
          render: ({ obligation, occurrence }) =>
            obligation ? titleOf(obligation, occurrence) : t('documents.signature'),
        },
        {
          key: 'at',
          title: t('documents.receivedAt'),
          render: ({ createdAt }) => format.instant(createdAt, agreement.zone),
        },
        {
          key: 'size',
          title: t('documents.size'),
          render: ({ size }) => <span className="nowrap">{fileSize(size)}</span>,
        },
        {
          key: 'state',
          title: t('documents.state'),
          render: ({ state }) => <Tag color={STATE_COLOUR[state]}>{t(`documentState.${state}`)}</Tag>,
        },
        {
          key: 'hash',
          title: 'SHA-256',
          render: ({ sha256 }) => (
            <span className="mono" title={sha256}>
              {sha256.slice(0, 16)}…
            </span>
          ),
        },
      ]}
    />
  );
}

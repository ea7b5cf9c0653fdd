import { Button, Skeleton, Tag } from 'antd';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddressFilters } from '../../app/address-filters.ts';
import type { Agreement, StoredDocument } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useDocuments } from './agreement-queries.ts';
import { DocumentLink } from './document-link.tsx';
import { FilterSelect } from './filter-select.tsx';
import { fileSize } from './file-size.ts';
import { previewKind } from './preview-kind.ts';

const Preview = lazy(async () => ({ default: (await import('./document-preview.tsx')).DocumentPreview }));

const STATE_COLOUR: Record<StoredDocument['state'], string> = { ok: 'green', missing: 'red', altered: 'red' };
const VERSION_COLOUR = { current: 'blue', replaced: 'default', rejected: 'orange', accepted: 'green' } as const;

/** Documents, the latest first: which version of what, by whom; a file that is gone or changed is said so and not handed out. */
export function Documents({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const titled = useTitled();
  const [shown, setShown] = useState<StoredDocument | null>(null);
  const { address, narrow } = useAddressFilters({ replace: true });
  const obligation = address.get('obligation');
  const documents = useDocuments(agreement.id, { obligation });
  if (documents.isPending) return <Skeleton active />;
  if (documents.error) return <ProblemAlert error={documents.error} retry={() => void documents.refetch()} />;
  const titleOf = (id: string, occurrence?: string): string => {
    const duty = agreement.duties.find((one) => one.id === id);
    return titled(duty?.title ?? { zh: id, en: id }, occurrence);
  };
  return (
    <div className="stack">
      <div className="toolbar">
        <FilterSelect
          label={t('obligations.obligation')}
          value={obligation}
          options={agreement.duties.map(({ id, title }) => ({ value: id, label: format.text(title) }))}
          onChange={(chosen) => narrow('obligation', chosen)}
        />
        <span className="muted small">{t('documents.logged')}</span>
      </div>
      <Records<StoredDocument>
        label={t('documents.title')}
        rows={documents.data.pages.flatMap((page) => page.items)}
        rowKey={({ id }) => id}
        empty={obligation === null ? t('documents.none') : t('agreementPage.noneFound')}
        columns={[
          {
            key: 'file',
            title: t('documents.file'),
            heading: true,
            render: (document) => (
              <>
                {document.state === 'ok' ? (
                  <DocumentLink agreementId={agreement.id} document={document} />
                ) : (
                  <span className="break">{document.fileName}</span>
                )}
                <div className="muted small" style={{ fontWeight: 400 }}>
                  {fileSize(document.size)}
                </div>
              </>
            ),
          },
          {
            key: 'belongs',
            title: t('documents.belongsTo'),
            render: ({ obligation: of, occurrence, act }) =>
              of
                ? titleOf(of, occurrence)
                : act === null
                  ? t('documents.notRecorded')
                  : t(`eventName.${act}`, { defaultValue: t('documents.other') }),
          },
          {
            key: 'version',
            title: t('documents.version'),
            render: ({ handedIn }) =>
              handedIn ? (
                <>
                  {t('documents.versionNumber', { number: handedIn.version })}{' '}
                  <Tag color={VERSION_COLOUR[handedIn.state]}>{t(`versionState.${handedIn.state}`)}</Tag>
                  {handedIn.replacedBy === null ? null : (
                    <div className="muted small">{t('documents.replacedBy', { number: handedIn.replacedBy })}</div>
                  )}
                </>
              ) : (
                ''
              ),
          },
          {
            key: 'by',
            title: t('documents.broughtBy'),
            render: ({ by, createdAt }) => (
              <>
                {by ? (
                  <div>
                    {by.onBehalfOf
                      ? t('timeline.onBehalfOf', {
                          name: [role(by.seat), by.name].filter(Boolean).join(' '),
                          party: role(by.onBehalfOf),
                        })
                      : [role(by.seat), by.name].filter(Boolean).join(' ')}
                  </div>
                ) : null}
                <div className="muted small">{format.instant(createdAt, agreement.zone)}</div>
              </>
            ),
          },
          {
            key: 'state',
            title: t('documents.state'),
            render: ({ state, sha256 }) => (
              <>
                <Tag color={STATE_COLOUR[state]}>{t(`documentState.${state}`)}</Tag>
                <div className="mono muted" title={sha256}>
                  SHA-256 {sha256.slice(0, 12)}…
                </div>
              </>
            ),
          },
          {
            key: 'preview',
            title: t('obligations.act'),
            render: (document) =>
              document.state === 'ok' && previewKind(document.type) !== null ? (
                <Button
                  size="small"
                  aria-label={t('documents.previewOf', { name: document.fileName })}
                  onClick={() => setShown(document)}
                >
                  {t('documents.preview')}
                </Button>
              ) : (
                ''
              ),
          },
        ]}
      />
      {documents.hasNextPage ? (
        <div className="more">
          <Button loading={documents.isFetchingNextPage} onClick={() => void documents.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
      {shown ? (
        <Suspense fallback={null}>
          <Preview key={shown.id} agreement={agreement} document={shown} close={() => setShown(null)} show={setShown} />
        </Suspense>
      ) : null}
    </div>
  );
}

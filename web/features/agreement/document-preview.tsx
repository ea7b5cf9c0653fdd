import { useQuery } from '@tanstack/react-query';
import { Drawer, Skeleton, Tag } from 'antd';
import { type ReactNode, Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, fetchFile } from '../../api.ts';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement, StoredDocument } from '../../wire.ts';
import { agreementKey, useDocuments } from './agreement-queries.ts';
import { DocumentLink } from './document-link.tsx';
import { fileSize } from './file-size.ts';
import { previewKind } from './preview-kind.ts';

const PdfPages = lazy(async () => ({ default: (await import('./pdf-pages.tsx')).PdfPages }));

/**
 * A file as it looks, beside what is known of it and the other versions of the same hand-in. Its bytes are fetched as a
 * download is, so they are checked and logged; nothing of them runs: a picture, drawn pages, or plain text.
 */
export function DocumentPreview({
  agreement,
  document,
  close,
  show,
}: {
  agreement: Agreement;
  document: StoredDocument;
  close: () => void;
  show: (document: StoredDocument) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { by, sha256, createdAt, size } = document;
  return (
    <Drawer
      open
      size={860}
      title={<span className="break">{document.fileName}</span>}
      onClose={close}
      closable={{ 'aria-label': t('agreementPage.closePreview') }}
      extra={<DocumentLink agreementId={agreement.id} document={document} label={t('documents.download')} />}
    >
      <div className="stack">
        <Facts
          facts={[
            [t('documents.broughtBy'), by ? [role(by.seat), by.name].filter(Boolean).join(' ') : t('common.none')],
            [t('documents.receivedAt'), `${format.instant(createdAt, agreement.zone)} ${format.zone(agreement.zone)}`],
            [t('documents.size'), fileSize(size)],
            [
              'SHA-256',
              <span key="hash" className="mono">
                {sha256}
              </span>,
            ],
          ]}
        />
        <Versions agreement={agreement} document={document} show={show} />
        <Content agreementId={agreement.id} document={document} />
      </div>
    </Drawer>
  );
}

/** The other hand-ins of the same obligation or occurrence, the latest first. */
function Versions({
  agreement,
  document,
  show,
}: {
  agreement: Agreement;
  document: StoredDocument;
  show: (document: StoredDocument) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { obligation, occurrence } = document;
  const all = useDocuments(agreement.id, { obligation: obligation ?? '', limit: 200 });
  if (!obligation || !document.handedIn) return null;
  const own = (all.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (one) => one.occurrence === occurrence && one.handedIn !== null,
  );
  if (own.length < 2) return null;
  return (
    <section>
      <h3>{t('documents.versions')}</h3>
      <ul className="plain-list">
        {own.map((one) => (
          <li key={one.id}>
            {t('documents.versionNumber', { number: one.handedIn?.version ?? 1 })}{' '}
            {one.id === document.id ? (
              <strong className="break">{one.fileName}</strong>
            ) : (
              <button type="button" className="plain-button break" onClick={() => show(one)}>
                {one.fileName}
              </button>
            )}{' '}
            <Tag>{t(`versionState.${one.handedIn?.state ?? 'current'}`)}</Tag>
            <span className="muted small">{format.instant(one.createdAt, agreement.zone)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Texts beyond this are cut: whoever needs all of them downloads the file. */
const TEXT_AT_MOST = 200_000;

function Content({ agreementId, document }: { agreementId: string; document: StoredDocument }): ReactNode {
  const { t } = useTranslation();
  const kind = previewKind(document.type);
  const file = useQuery({
    queryKey: [...agreementKey(agreementId), 'document', document.id],
    queryFn: async () => {
      const path = `${agreementPath(agreementId)}/documents/${encodeURIComponent(document.id)}/content`;
      const bytes = await (await fetchFile(path, document.fileName)).arrayBuffer();
      return kind === 'image' ? { bytes, address: await dataAddress(bytes, document.type) } : { bytes, address: '' };
    },
    // Every look is logged: none happens by itself.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  if (file.isPending) return <Skeleton active />;
  if (file.error) return <ProblemAlert error={file.error} retry={() => void file.refetch()} />;
  switch (kind) {
    case 'image':
      return <img className="preview-image" src={file.data.address} alt={document.fileName} />;
    case 'pdf':
      return (
        <Suspense fallback={<Skeleton active />}>
          <PdfPages bytes={file.data.bytes} name={document.fileName} />
        </Suspense>
      );
    case 'text':
      return <pre className="value preview-text">{textOf(file.data.bytes)}</pre>;
    case null:
      return <p>{t('documents.noPreview')}</p>;
  }
}

/** A picture's own bytes as its address: the page's policy lets in no other origin. */
function dataAddress(bytes: ArrayBuffer, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the picture cannot be read'));
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}

/** UTF-8, else the Chinese national encoding. */
function textOf(bytes: ArrayBuffer): string {
  const decoded = ((): string => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return new TextDecoder('gb18030').decode(bytes);
    }
  })();
  return decoded.length > TEXT_AT_MOST ? `${decoded.slice(0, TEXT_AT_MOST)}…` : decoded;
}

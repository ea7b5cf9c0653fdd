import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { DocumentLink } from '../agreement/document-link.tsx';
import type { Account } from './life.ts';

/** Who did it when and why, with the documents that were brought. */
export function AccountLine({
  agreement,
  account: { at, person, reason, documents },
}: {
  agreement: Agreement;
  account: Partial<Account>;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const said = [person, at ? format.instant(at, agreement.zone) : null].filter(Boolean).join(' · ');
  if (said === '' && !reason && !documents?.length) return null;
  return (
    <div className="muted small">
      {said}
      {reason ? <div>{t('timeline.reason', { reason })}</div> : null}
      {documents?.length ? (
        <div>
          {documents.map((document) => (
            <span key={document.id} style={{ marginInlineEnd: 12 }}>
              <DocumentLink agreementId={agreement.id} document={document} />
            </span>
          ))}
        </div>
      ) : null}
    </div>
  );
}

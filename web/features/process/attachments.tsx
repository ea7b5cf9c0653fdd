import type { ReactNode } from 'react';
import { DocumentLink } from '../agreement/document-link.tsx';

export interface Attached {
  id: string;
  fileName: string;
  size: number;
  sha256: string;
}

export function Attachments({
  agreementId,
  of,
  documents,
}: {
  agreementId: string;
  /** What of the agreement keeps its own files. */
  of?: string | undefined;
  documents: Attached[];
}): ReactNode {
  if (documents.length === 0) return null;
  return (
    <div className="small toolbar">
      {documents.map((document) => (
        <DocumentLink key={document.id} agreementId={agreementId} of={of} document={document} />
      ))}
    </div>
  );
}

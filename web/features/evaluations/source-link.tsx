import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import type { Source } from './evaluation.ts';

/** A survey or a case leads to its page; a duty is named. */
export function SourceLink({ agreementId, source }: { agreementId: string; source: Source }): ReactNode {
  const format = useFormat();
  const { id, kind, title, reference } = source;
  const name = title ? format.text(title) : reference;
  if (id === null || kind === 'obligation') return name;
  return <Link to={`/agreements/${encodeURIComponent(agreementId)}/${kind}s/${encodeURIComponent(id)}`}>{name}</Link>;
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { moneyText } from '../../app/moment.ts';
import { type Attached, Attachments } from '../process/attachments.tsx';
import type { Engagement, Part, Scope, Seat } from './engagement.ts';

export interface PartProps {
  engagement: Engagement;
  /** Buttons for what the reader may do in a part. */
  actions: (part: Part) => ReactNode;
}

/** Names, values and dates of one's part, each only where there is something. */
export function Facts({
  facts,
  long = false,
}: {
  facts: [label: string, content: ReactNode][];
  /** One below the other, for words of some length. */
  long?: boolean;
}): ReactNode {
  const shown = facts.filter(([, content]) => content !== null && content !== '' && content !== false);
  if (shown.length === 0) return null;
  return (
    <dl className={long ? 'facts' : 'facts wide'}>
      {shown.map(([label, content]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{content}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Files of an engagement: asked for below it, where its third party may have them as well. */
export function Files({
  engagement,
  documents,
}: {
  engagement: Pick<Engagement, 'id' | 'agreementId'>;
  documents: Attached[];
}): ReactNode {
  return <Attachments agreementId={engagement.agreementId} of={filesOf(engagement)} documents={documents} />;
}

/** What of the agreement keeps its files. */
export function filesOf({ id }: Pick<Engagement, 'id'>): string {
  return `/engagements/${encodeURIComponent(id)}`;
}

export function useNames(): (seats: readonly Seat[]) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (seats) => seats.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
}

/** A sum, or what stands for none: as the law provides. */
export function useCap(): (amount: string | null, currency: string) => string {
  const { t } = useTranslation();
  return (amount, currency) => (amount === null ? t('capKind.by-law') : moneyText(amount, currency));
}

/** Scope as it was said: the contract's words, or one's own. */
export function ScopeList({ scope }: { scope: Scope }): ReactNode {
  const format = useFormat();
  if (scope.length === 0) return null;
  return (
    <ul className="plain-list">
      {scope.map(({ id, title, words }) => (
        <li key={id}>{words ?? (title ? format.text(title) : id)}</li>
      ))}
    </ul>
  );
}

import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString } from '../api.ts';

/** Whose clauses a page names: the template's, and where it shows one agreement, of that. */
interface ClauseHome {
  /** Id or `id@version`. */
  template: string;
  agreement?: string;
}

/** Given once around a page, so that clauses named anywhere within become links. */
export const ClausesOf = createContext<ClauseHome | null>(null);

/** The page of a clause: what the text says, what the product does about it, what rests on it. */
export function clausePath({ template, agreement }: ClauseHome, clause: string): string {
  const [id = ''] = template.split('@');
  return `/templates/${encodeURIComponent(id)}/clauses/${encodeURIComponent(clause)}${queryString({ agreement })}`;
}

/**
 * Clauses as chips, each a link to its page; beside nothing, nothing. Where no page has said whose they are, they stand
 * as plain text.
 */
export function ClauseLinks({
  clauses,
  of,
}: {
  clauses: readonly string[] | undefined;
  /** Where the page around gives no `ClausesOf`, or another one. */
  of?: ClauseHome;
}): ReactNode {
  const { t } = useTranslation();
  const around = useContext(ClausesOf);
  const home = of ?? around;
  if (!clauses || clauses.length === 0) return null;
  return (
    <span className="clauses">
      {clauses.map((clause) =>
        home === null ? (
          <span key={clause} className="clause">
            {clause}
          </span>
        ) : (
          <Link key={clause} className="clause" to={clausePath(home, clause)} title={t('clause.open', { clause })}>
            {clause}
          </Link>
        ),
      )}
    </span>
  );
}

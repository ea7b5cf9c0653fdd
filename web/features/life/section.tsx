import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ClauseLinks } from '../../app/clause-link.tsx';
import type { Agreement } from '../../wire.ts';
import { type ActForm, useActings } from './act-dialog.tsx';
import type { Life } from './life.ts';

/** What every section of a life is given. */
export interface SectionProps {
  agreement: Agreement;
  life: Life;
  open: (form: ActForm) => void;
}

/** A part of an agreement's life: what it is, under which clauses, what can be done, how it stands. */
export function Section({
  title,
  clauses = [],
  actions,
  children,
}: {
  title: string;
  clauses?: string[];
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section>
      <div className="heading">
        <h2 className="section-title">
          {title} <ClauseLinks clauses={clauses} />
        </h2>
        <div className="actions">{actions}</div>
      </div>
      {children}
    </section>
  );
}

/** A button that opens an act's dialog, for those who may do it for one of its seats. */
export function ActButton({
  agreement,
  open,
  form,
  label,
  primary,
  otherwise = null,
}: Pick<SectionProps, 'agreement' | 'open'> & {
  form: ActForm;
  label: string;
  primary?: boolean;
  /** Shown to those who may not. */
  otherwise?: ReactNode;
}): ReactNode {
  const actings = useActings(agreement);
  if (actings(form).length === 0) return otherwise;
  return (
    <Button
      size="small"
      danger={form.danger === true}
      type={primary ? 'primary' : 'default'}
      onClick={() => open(form)}
    >
      {label}
    </Button>
  );
}

/** All clauses of several rules, each once. */
export function clausesOf(rules: { clauses: string[] }[]): string[] {
  return [...new Set(rules.flatMap(({ clauses }) => clauses))];
}

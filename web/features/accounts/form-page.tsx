import type { ReactNode } from 'react';

/** A page with one form, for somebody who has not signed in. */
export function FormPage({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className="page form-page">
      <section className="panel stack">
        <h1>{title}</h1>
        {children}
      </section>
    </div>
  );
}

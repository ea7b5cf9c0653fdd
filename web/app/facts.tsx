import type { ReactNode } from 'react';

/** What is known of a thing, as pairs of a label and what is to be said. */
export function Facts({ facts }: { facts: [label: string, content: ReactNode][] }): ReactNode {
  return (
    <dl className="facts wide">
      {facts.map(([label, content]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{content}</dd>
        </div>
      ))}
    </dl>
  );
}

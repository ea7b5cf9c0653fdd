import type { ReactNode } from 'react';
import type { Party } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';

/** The sides of an agreement, one a line. */
export function Between({ parties }: { parties: Record<string, Party> }): ReactNode {
  const format = useFormat();
  const role = useRoleName();
  return Object.entries(parties).map(([key, party]) => (
    <div key={key}>
      <span className="muted">{party.title ? format.text(party.title) : role(key)}</span> {party.name}
    </div>
  ));
}

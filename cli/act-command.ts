import type { DocumentRef, PersonCommand } from '../domain/agreement/command.ts';
import type { Unstamped } from '../api/commands.ts';
import type { Act } from './scenario.ts';

/** What an act of a scenario asks the agreement for. */
export function commandOf(
  act: Act,
  envelope: Pick<PersonCommand, 'id' | 'actor'>,
  documents: DocumentRef[],
): Unstamped<PersonCommand> {
  switch (act.do) {
    case 'sign':
      return { ...envelope, type: 'sign', documents, ...(act.signedOn ? { signedOn: act.signedOn } : {}) };
    case 'submit':
      return {
        ...envelope,
        type: 'submit',
        ...subject(act),
        documents,
        parts: act.parts,
        omitted: Object.keys(act.omitted),
      };
    case 'review': {
      const { verdict, points } = act;
      return { ...envelope, type: 'review', ...subject(act), verdict, pointCount: points.length };
    }
    case 'terminate':
      return { ...envelope, type: 'terminate' };
  }
}

function subject({ obligation, occurrence }: { obligation: string; occurrence?: string }) {
  return { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
}

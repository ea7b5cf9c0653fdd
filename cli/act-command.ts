import type { DocumentRef, PersonCommand } from '../domain/agreement/command.ts';
import { WHOLE } from '../domain/agreement/reading.ts';
import { type ObligationReference, readReference } from '../domain/agreement/reference.ts';
import type { CompiledPatch } from '../domain/agreement/compiled.ts';
import type { Unstamped } from '../api/commands.ts';
import { isLifeAct, lifeCommand, lifeReference } from './life-acts.ts';
import type { Act } from './scenario.ts';

/**
 * What an act of a scenario asks the agreement for.
 *
 * @param named the id of the person whom it names; empty where it names none
 * @param patch what an amendment that it proposes would change
 */
export function commandOf(
  act: Act,
  envelope: Pick<PersonCommand, 'id' | 'actor'>,
  documents: DocumentRef[],
  named: string,
  patch: CompiledPatch | null = null,
): Unstamped<PersonCommand> {
  if (isLifeAct(act)) return lifeCommand(act, envelope, documents, patch);
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
        ...(act.handedInAtMs === undefined ? {} : { handedInAtMs: act.handedInAtMs }),
      };
    case 'review': {
      const { verdict, points } = act;
      return { ...envelope, type: 'review', ...subject(act), verdict, pointCount: points.length };
    }
    case 'terminate':
      return { ...envelope, type: 'terminate' };
    case 'replace':
      return { ...envelope, type: 'replace', seat: act.seat, personId: named };
    case 'delegate': {
      const { seat, from, until, obligations } = act;
      return { ...envelope, type: 'delegate', seat, deputy: named, from, until, obligations };
    }
    case 'acknowledge':
      return { ...envelope, type: 'acknowledge', what: act.what, documents, parts: act.parts };
  }
}

/** The obligation that an act is about, which a deputy's scope is asked for; none where it concerns all of the agreement. */
export function obligationOf(act: Act): ObligationReference | undefined {
  if (isLifeAct(act)) {
    const about = lifeReference(act);
    return about && readReference(about.reference);
  }
  if (act.do === 'acknowledge') return act.what === WHOLE ? undefined : readReference(act.what);
  return 'obligation' in act ? subject(act) : undefined;
}

function subject({ obligation, occurrence }: { obligation: string; occurrence?: string }) {
  return { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
}

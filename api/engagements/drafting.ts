import type { z } from 'zod';
import type { DocumentRef } from '../../domain/agreement/command.ts';
import type { AgreementDraft } from '../../domain/engagement/command.ts';
import {
  AGREEMENT_SECTIONS,
  type AgreementSection,
  type CompiledEngagement,
} from '../../domain/engagement/compiled.ts';
import type { CommandText } from '../commands.ts';
import { demandKnown } from '../improvements/acting.ts';
import type { Writing } from '../life/acting.ts';
import { Problem } from '../problem.ts';
import type { EngagementProcess } from '../process/rows.ts';
import type { applyAgainBody, draftBody } from './bodies.ts';

type Body = z.output<typeof draftBody>;

/** Codes that a draft names are the contract's: words would enter the record. @throws Problem `invalid-request` */
export function demandCodes(rules: CompiledEngagement, { scope, sections, rationale }: Body): void {
  for (const [index, code] of scope.entries()) demandKnown(`scope[${String(index)}]`, code, rules.scopes);
  for (const section of Object.keys(sections)) demandKnown(`sections.${section}`, section, AGREEMENT_SECTIONS);
  demandFactors(rules, rationale);
}

/** Factors of a cap are those that the contract names. @throws Problem `invalid-request` */
export function demandFactors({ cap }: CompiledEngagement, rationale: Record<string, string>): void {
  for (const factor of Object.keys(rationale)) demandKnown(`rationale.${factor}`, factor, cap?.rationale ?? []);
}

/** The agreement in numbers and codes. */
export function draftOf(
  { sections, scope, otherScope, fee, cap = null, rationale, endsOn, milestones }: Body,
  documents: DocumentRef[],
): AgreementDraft {
  return {
    sections: Object.keys(sections) as AgreementSection[],
    scope: [...new Set([...scope, ...otherScope.map((_, index) => `other-${String(index + 1)}`)])],
    fee,
    cap,
    rationale: Object.keys(rationale),
    endsOn,
    milestones: milestones.map(({ dueOn }, index) => ({ milestone: `milestone-${String(index + 1)}`, dueOn })),
    documents,
  };
}

/** The agreement in words. */
export function draftWords({ sections, otherScope, rationale, milestones }: Body): Writing {
  const numbered = <T>(name: string, list: readonly T[]): Record<string, T> =>
    Object.fromEntries(list.map((one, index) => [`${name}-${String(index + 1)}`, one]));
  return {
    sections: orNone(sections),
    rationale: orNone(rationale),
    scope: orNone(numbered('other', otherScope)),
    milestones: orNone(
      numbered(
        'milestone',
        milestones.map(({ what, standard }) => ({ what, ...(standard === undefined ? {} : { standard }) })),
      ),
    ),
  };
}

function orNone<T extends object>(map: T): T | undefined {
  return Object.keys(map).length === 0 ? undefined : map;
}

/** Another round is about the same third party: for another one another engagement begins. @throws Problem `invalid-request` */
export function demandThirdIs({ row }: EngagementProcess, said: z.output<typeof applyAgainBody>['thirdParty']): void {
  const { identity } = (row.text ?? {}) as CommandText;
  if (said === undefined || identity === undefined || said.name === identity.name) return;
  throw new Problem('invalid-request', {
    errors: [
      {
        path: 'thirdParty.name',
        message: { zh: `本项介入的第三方是${identity.name}`, en: `the third party here is ${identity.name}` },
        cure: { zh: '为另一家第三方另行申请', en: 'for another one, begin another engagement' },
      },
    ],
  });
}

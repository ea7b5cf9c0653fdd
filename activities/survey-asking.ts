import { COMMISSIONED } from '../domain/survey/commissioned.ts';
import type { SurveyInput } from '../domain/survey/compiled.ts';

/** Who asks, and for whom: null where the operator asks for itself. */
export interface Asking {
  operator: string;
  client: string | null;
}

/** Names the party whose seat runs the survey, and the one that commissioned it, for those who are asked. */
export function askingOf({ template, draft }: { template: string; draft: unknown }, input: SurveyInput): Asking {
  const { parties = {} } = draft as { parties?: Record<string, { name?: string }> };
  const { responsible } = input.survey;
  const party = input.seatParties[responsible] ?? responsible;
  const nameOf = (role: string): string | null => parties[role]?.name?.replace(/[\r\n\0]+/g, ' ') ?? null;
  const client = COMMISSIONED[template.split('@')[0] ?? ''];
  return {
    operator: nameOf(party) ?? Object.keys(parties).flatMap((role) => nameOf(role) ?? [])[0] ?? 'Abide',
    client: client === undefined || client === party ? null : nameOf(client),
  };
}

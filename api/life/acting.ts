import type { DocumentRef } from '../../domain/agreement/command.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { given } from '../../domain/fields.ts';
import type { CommandText } from '../commands.ts';
import { Problem } from '../problem.ts';
import type { RouteContext } from '../route.ts';
import { findAgreement, stateOf } from '../views.ts';

/** Files that came along, as a command names them. */
export function brought({ documents }: Pick<RouteContext, 'documents'>): DocumentRef[] {
  return documents.map(({ sha256, size }) => ({ sha256, size }));
}

/** Free text of an act, whose fields may not be there. */
export type Writing = { [Field in keyof CommandText]: CommandText[Field] | undefined };

/** What was written along with an act: its fields that are there, for beside the command; nothing where none is. */
export function written(writing: Writing): { text?: CommandText } {
  const text = given(writing) as CommandText;
  return Object.keys(text).length === 0 ? {} : { text };
}

/** The agreement as it stands. @throws Problem `unknown-agreement`, `not-started` */
export async function livingState({ deps }: Pick<RouteContext, 'deps'>, agreementId: string): Promise<AgreementState> {
  const state = stateOf(await findAgreement(deps.database, agreementId));
  if (!state) throw new Problem('not-started');
  return state;
}

/** @throws Problem `invalid-request` unless exactly one of the fields is there */
export function demandOne<T extends object>(body: T, fields: readonly (keyof T & string)[]): void {
  const there = fields.filter((field) => body[field] !== undefined);
  if (there.length === 1) return;
  const [first = ''] = there.length > 1 ? there.slice(1) : fields;
  throw new Problem('invalid-request', {
    errors: [
      {
        path: first,
        message: {
          zh: `${fields.join('、')} 须填且只填一项`,
          en: `exactly one of ${fields.join(', ')} is needed`,
        },
        cure: { zh: '请填写其中一项', en: 'give one of them' },
      },
    ],
  });
}

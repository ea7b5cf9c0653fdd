import { sameSecret } from '../policy.ts';
import type { BroughtDocument } from '../upload.ts';
import { formSeal } from './link.ts';

/** A file of a form that comes again: it is stored already, and its field says which it is. */
export interface KeptDocument {
  fileName: string;
  /** The field's value: the description under the seal of the link's token. */
  field: string;
}

/** The field for a file that a refused form brought. */
export function keptField(token: string, { sha256, size, type, fileName }: BroughtDocument): KeptDocument {
  const content = Buffer.from(JSON.stringify({ sha256, size, type, fileName })).toString('base64url');
  return { fileName, field: `${formSeal(token, content)}.${content}` };
}

/** Files that an earlier, refused form of the same link brought; a field that this link did not seal is none. */
export function keptDocuments(token: string, fields: readonly string[]): BroughtDocument[] {
  return fields.flatMap((field) => {
    const [seal = '', content = ''] = field.split('.');
    if (!sameSecret(seal, formSeal(token, content))) return [];
    return [JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as BroughtDocument];
  });
}

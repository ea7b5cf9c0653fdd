const LONGEST = 200;

/** Control characters, line and paragraph separators, and what turns or hides the letters beside it (UAX #9). */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * The name of a file as it is kept and shown: the last part of a path, without characters that cannot be seen or that no
 * system takes, at most 200 characters with its extension.
 */
export function cleanFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(UNSEEN, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (clean === '') return 'file';
  const signs = [...clean];
  if (signs.length <= LONGEST) return clean;
  const extension = [...(/\.[^.]{1,10}$/.exec(clean)?.[0] ?? '')];
  return [...signs.slice(0, LONGEST - extension.length), ...extension].join('');
}

import { expect, test } from 'vitest';
import { postAccount } from '../../api/routes/accounts.ts';
import { postSetup } from '../../api/routes/setup.ts';
import { personEntry } from '../../api/seats/person-entry.ts';
import { personSchema } from '../../templates/parties.ts';

const BAD: [string, string][] = [
  ['a line break', '李华\r\nBcc: all@example.com'],
  ['a sign that turns the direction', '李华\u202Egnp.exe'],
  ['NUL', '李\0华'],
  ['half of a surrogate pair', '李\uD83D华'],
  ['nothing but blanks', '  '],
];

/** Wherever a name is entered: who stands in, who gets an account, who sets up. */
const ENTRIES: [string, (name: string) => boolean][] = [
  ['a party', (name) => personSchema.safeParse({ name, email: 'li@a.example' }).success],
  ['a seat', (name) => personEntry.safeParse({ name, email: 'li@a.example' }).success],
  [
    'an account',
    (name) =>
      postAccount.body!.safeParse({
        person: { name, email: 'li@a.example', organisation: '甲公司' },
        roles: ['coordinator'],
      }).success,
  ],
  [
    'an organisation of an account',
    (organisation) =>
      postAccount.body!.safeParse({
        person: { name: '李华', email: 'li@a.example', organisation },
        roles: ['coordinator'],
      }).success,
  ],
  [
    'the first administrator',
    (name) =>
      postSetup.body!.safeParse({
        token: 'a'.repeat(43),
        name,
        email: 'li@a.example',
        password: 'correct horse battery staple',
        organisation: '甲公司',
      }).success,
  ],
];

test.each(ENTRIES)('the name of %s is one line of text', (_whose, takes) => {
  expect(takes('李华 👩‍💼'.replace('\u200D', ''))).toBe(true);
  expect(BAD.filter(([, name]) => takes(name)).map(([what]) => what)).toEqual([]);
});

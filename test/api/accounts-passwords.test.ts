import { expect, test } from 'vitest';
import { passwordProblem } from '../../api/accounts/password.ts';

const about = { email: 'li.hua@a.example', name: '李华阳' };

test.each([
  ['elf zeichen', 'fewer than 12'],
  ['x'.repeat(65) + 'y'.repeat(64), 'more than 128'],
  ['Password-1234', 'first that are tried'],
  ['qwertyuiop123', 'first that are tried'],
  ['Woaini1314520', 'first that are tried'],
  ['aaaaaaaaaaaa', 'first that are tried'],
  ['abcabcabcabc', 'first that are tried'],
  ['abcdefghijklmnop', 'first that are tried'],
  ['LI.HUA@a.example!', 'name or address'],
  ['my lihua password', 'name or address'],
  ['李华阳的密码是这一个没错', 'name or address'],
])('%s is refused: %s', (password, why) => {
  expect(passwordProblem(password, about)?.message.en).toContain(why);
});

test.each(['Kranich über dem Moor', '一二三四五六七八九十百千', 'x7$kQ-22-hollow', 'correct horse battery'])(
  '%s is taken',
  (password) => {
    expect(passwordProblem(password, about)).toBeNull();
  },
);

test('a very short name or mailbox rules nothing out', () => {
  expect(passwordProblem('Kranich über dem Moor', { email: 'a@b.example', name: 'Li' })).toBeNull();
});

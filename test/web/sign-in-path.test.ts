import { expect, test } from 'vitest';
import { returnPath, signInPath } from '../../web/app/sign-in-path.ts';

const HERE = 'https://abide.example';

test('whoever is not signed in comes back to the page they wanted', () => {
  expect(signInPath({ pathname: '/', search: '' })).toBe('/sign-in');
  const path = signInPath({ pathname: '/agreements/7', search: '?tab=ledger&x=a b' }) ?? '';
  expect(path).toBe('/sign-in?back=%2Fagreements%2F7%3Ftab%3Dledger%26x%3Da%20b');
  expect(returnPath(new URL(path, HERE).searchParams.get('back'), HERE)).toBe('/agreements/7?tab=ledger&x=a%20b');
});

test('pages that need no sign-in send nobody to it, and none is come back to', () => {
  for (const pathname of ['/sign-in', '/setup', '/set-password']) {
    expect(signInPath({ pathname, search: '' })).toBeNull();
    expect(returnPath(pathname, HERE)).toBe('/');
  }
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/\t/evil.example',
  'https://evil.example/x',
  'javascript:alert(1)',
  '',
  null,
])('nobody is sent elsewhere by %j', (back) => {
  expect(returnPath(back, HERE)).toBe('/');
});

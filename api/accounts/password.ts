import type { FieldProblem } from '../problem.ts';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

/** Long enough, and yet among the first that are tried; lower case, letters and digits alone. */
const WELL_KNOWN = new Set(
  `123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 0123456789012 098765432109 987654321098
  password1234 password12345 password123456 passwordpassword password2024 password2025 password2026 passw0rd1234
  p4ssw0rd1234 qwertyuiop12 qwertyuiop123 qwertyuiopasdfghjklzxcvbnm qwertyuiopasdfghjkl qwerty123456 qwertyqwerty
  qwerty1234567 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv qazwsxedc123 zaq12wsxcde3
  asdfghjkl123 zxcvbnm12345 abcdefghijkl abcdefghijklmnop abcd12345678 abc123abc123 a1b2c3d4e5f6 iloveyou1234
  letmeinletmein welcome12345 welcome123456 admin1234567 admin12345678 administrator administrator1 administrator123
  adminadminadmin changemechangeme changeme12345 correcthorsebatterystaple monkey123456 dragon123456 sunshine1234
  football1234 baseball1234 superman1234 trustno1trustno1 woaini1314520 woaini123456 woaiwojia1314 5201314520131
  wodemima1234 mima12345678 nihao1234567 nihao123nihao`.split(/\s+/),
);

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * What is wrong with a new password, or null. Length counts, not classes of characters (NIST SP 800-63B 3.1.1.2); refused
 * are well-known ones, repetitions, runs, and those that hold the account's name or address.
 */
export function passwordProblem(
  password: string,
  about: { email: string; name?: string },
  path = 'password',
): FieldProblem | null {
  const length = [...password].length;
  const problem = (zh: string, en: string, cureZh: string, cureEn: string): FieldProblem => ({
    path,
    message: { zh, en },
    cure: { zh: cureZh, en: cureEn },
  });
  if (length < SHORTEST_PASSWORD) {
    return problem(
      `少于 ${SHORTEST_PASSWORD} 个字符`,
      `has fewer than ${SHORTEST_PASSWORD} characters`,
      '可用几个互不相关的词组成',
      'use several unrelated words',
    );
  }
  if (length > LONGEST_PASSWORD) {
    return problem(
      `超过 ${LONGEST_PASSWORD} 个字符`,
      `has more than ${LONGEST_PASSWORD} characters`,
      '请缩短',
      'make it shorter',
    );
  }
  const text = plain(password);
  const own = [about.email.split('@')[0] ?? '', about.name ?? ''].map(plain).filter((word) => word.length >= 3);
  if (password.toLowerCase().includes(about.email.toLowerCase()) || own.some((word) => text.includes(word))) {
    return problem('含有姓名或邮箱', 'holds your name or address', '换一个与本人无关的密码', 'choose one without them');
  }
  if (WELL_KNOWN.has(text) || /^(.{1,4})\1+$/u.test(password) || isRun(text)) {
    return problem('过于常见', 'is among the first that are tried', '换一个不易猜到的密码', 'choose a rarer one');
  }
  return null;
}

/** Each character follows the one before, as in `abcdefghijkl` or `210987654321`. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let n = 1; n < text.length; n++) steps.add(text.charCodeAt(n) - text.charCodeAt(n - 1));
  return text.length > 1 && steps.size === 1;
}

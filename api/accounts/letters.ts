import type { Language } from '../problem.ts';

/** A mail about somebody's own account, to be framed and sent by the composition root. */
export interface Letter {
  to: { name: string; address: string };
  language: Language;
  subject: string;
  heading: string;
  paragraphs: string[];
  details?: [label: string, value: string][];
  button?: { label: string; url: string };
  notes: string[];
  /** Where it may come back and is then looked for; else any. */
  messageId?: string;
  /** At the foot, where it is not about the reader's own account. */
  smallPrint?: string[];
}

/** Who is written to. */
export interface Reader {
  name: string;
  email: string;
  language: Language;
}

type Words = Pick<Letter, 'subject' | 'heading' | 'paragraphs' | 'notes'> & { label?: string };

const ZH_NOT_ME = '如非本人操作，请立即告知管理员。';
const EN_NOT_ME = 'If this was not you, tell your administrator at once.';

const WORDS = {
  invitation: {
    zh: {
      subject: 'Abide 账号已开通，请在 7 天内设置密码',
      heading: '请设置登录密码',
      paragraphs: ['管理员已为您开通 Abide 账号。请在 7 天内通过下方链接设置密码，之后以此邮箱登录。'],
      label: '设置密码',
      notes: ['链接仅可使用一次，请勿转发。'],
    },
    en: {
      subject: 'Your Abide account: choose a password within 7 days',
      heading: 'Choose your password',
      paragraphs: [
        'An administrator made an Abide account for you. Choose a password within 7 days, then sign in with this address.',
      ],
      label: 'Choose a password',
      notes: ['The link works once. Please do not pass it on.'],
    },
  },
  reset: {
    zh: {
      subject: '重设 Abide 登录密码（1 小时内有效）',
      heading: '重设登录密码',
      paragraphs: ['系统收到重设您的 Abide 登录密码的申请。请在 1 小时内通过下方链接设置新密码。'],
      label: '设置新密码',
      notes: ['如非本人申请，忽略本邮件即可，原密码不变。', '链接仅可使用一次，请勿转发。'],
    },
    en: {
      subject: 'Choose a new Abide password within one hour',
      heading: 'Choose a new password',
      paragraphs: ['Somebody asked for a new password for your Abide account. Choose one within an hour.'],
      label: 'Choose a new password',
      notes: [
        'If it was not you, ignore this mail: the old password stays.',
        'The link works once. Please do not pass it on.',
      ],
    },
  },
  locked: {
    zh: {
      subject: 'Abide 账号多次登录失败，已暂时限制登录',
      heading: '多次登录失败',
      paragraphs: [
        '您的 Abide 账号连续多次登录失败，来自该网络的登录已暂时受限，稍后自动解除。',
        '如系忘记密码，可在登录页申请重设。',
      ],
      notes: [ZH_NOT_ME],
    },
    en: {
      subject: 'Several sign-ins to your Abide account failed; it is locked for a while',
      heading: 'Several sign-ins failed',
      paragraphs: [
        'Several sign-ins to your Abide account failed in a row. Sign-in from that network is locked for a while and opens again by itself.',
        'If you forgot your password, ask for a new one on the sign-in page.',
      ],
      notes: [EN_NOT_ME],
    },
  },
  'password-changed': {
    zh: {
      subject: 'Abide 登录密码已修改',
      heading: '登录密码已修改',
      paragraphs: ['您的 Abide 登录密码已修改，其他设备已退出登录。'],
      notes: [ZH_NOT_ME],
    },
    en: {
      subject: 'Your Abide password was changed',
      heading: 'Your password was changed',
      paragraphs: ['The password of your Abide account was changed. Other devices were signed out.'],
      notes: [EN_NOT_ME],
    },
  },
  'two-factor-on': {
    zh: {
      subject: 'Abide 两步验证已启用',
      heading: '两步验证已启用',
      paragraphs: ['您的 Abide 账号已启用两步验证，今后登录须输入验证码。'],
      notes: [ZH_NOT_ME],
    },
    en: {
      subject: 'Two-factor sign-in to Abide is on',
      heading: 'Two-factor sign-in is on',
      paragraphs: ['From now on, signing in to your Abide account needs a code of your authenticator.'],
      notes: [EN_NOT_ME],
    },
  },
  'two-factor-off': {
    zh: {
      subject: 'Abide 两步验证已停用',
      heading: '两步验证已停用',
      paragraphs: ['您的 Abide 账号已停用两步验证，今后仅凭密码登录。'],
      notes: [ZH_NOT_ME],
    },
    en: {
      subject: 'Two-factor sign-in to Abide is off',
      heading: 'Two-factor sign-in is off',
      paragraphs: ['From now on, your password alone opens your Abide account.'],
      notes: [EN_NOT_ME],
    },
  },
} satisfies Record<string, Record<Language, Words>>;

export type LetterKind = keyof typeof WORDS;

export const LETTER_KINDS = Object.keys(WORDS) as LetterKind[];

/** @param url what the button opens, where the letter has one */
export function letterOf(kind: LetterKind, { name, email, language }: Reader, url?: string): Letter {
  const { label, ...words }: Words = WORDS[kind][language];
  return {
    to: { name, address: email },
    language,
    ...words,
    ...(label !== undefined && url !== undefined ? { button: { label, url } } : {}),
  };
}

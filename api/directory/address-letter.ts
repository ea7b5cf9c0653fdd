import type { Letter } from '../accounts/letters.ts';

/** Tells somebody at the former address that mail goes elsewhere from now on; the new address is not said there. */
export function addressLetter({ name, email, language }: { name: string; email: string; language: string }): Letter {
  const to = { name, address: email };
  if (language === 'en') {
    return {
      to,
      language,
      subject: 'Your address in Abide was changed',
      heading: 'Your address was changed',
      paragraphs: [
        'Somebody who keeps the directory entered another e-mail address for you. Notices will no longer come to this one.',
        'Links that were mailed to you before do not work any more.',
      ],
      notes: ['If you know nothing of it, tell your project coordinator or administrator at once.'],
    };
  }
  return {
    to,
    language: 'zh',
    subject: '您在 Abide 登记的邮箱已变更',
    heading: '登记邮箱已变更',
    paragraphs: ['通讯录维护人员已变更您的登记邮箱，今后通知不再发送至本邮箱。', '此前寄给您的办理链接均已失效。'],
    notes: ['如您对此不知情，请立即告知项目协调人或管理员。'],
  };
}

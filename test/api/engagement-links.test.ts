import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGAGEMENT_STEPS, type EngagementStep, stepSubject } from '../../domain/engagement/steps.ts';
import { createLink } from '../../activities/links.ts';
import { actsOf } from '../../activities/mail/context.ts';
import { writtenWords } from '../../activities/written-words.ts';
import type { Letter } from '../../api/accounts/letters.ts';
import { openForms } from '../../api/act/engagement/acting.ts';
import { knownLink, linkActor, linkIdOf, openLink } from '../../api/act/link.ts';
import type { Notice, NoticeFacts } from '../../domain/agreement/notice.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { DRAFT, type Engaged, applied, inForceWith, knowingThirds } from './engagement-desk.ts';
import { processDesk } from './process-desk.ts';
import { type Visit, open, page, send } from './visit.ts';

let desk: Desk;
let agreementId: string;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await knowingThirds(desk);
  desk.now.ms = Date.parse('2026-09-07T10:00:00+08:00');
});
afterAll(() => desk?.close());

const processOf = (one: Engaged) => desk.database.process.findUniqueOrThrow({ where: { id: one.id } });
const thirdSeat = async (one: Engaged): Promise<string> => (await one.view()).thirdParty.seat;

/** The address of a link about a subject, as its mail has it. */
async function addressFor(seat: string, obligation: string): Promise<string> {
  const { personId } = await desk.database.seat.findUniqueOrThrow({
    where: { agreementId_seat: { agreementId, seat } },
  });
  const request = {
    ...{ agreementId, personId, seat, purpose: 'engagement' as const, obligation },
    ...{ noticeId: `test/${randomUUID()}`, expiresAt: desk.now.ms + 86_400_000 },
  };
  return createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: desk.api.url });
}

const tokenFor = async (seat: string, subject: string): Promise<string> =>
  (await addressFor(seat, subject)).split('/').at(-1) ?? '';

const visitSubject = async (seat: string, subject: string): Promise<Visit> =>
  open(desk, await addressFor(seat, subject));

async function visit(one: Engaged, seat: string, step: EngagementStep, about: string | null = null): Promise<Visit> {
  const { reference } = await processOf(one);
  return visitSubject(seat, stepSubject({ reference, step, about }));
}

/** The link of the newest mail to a seat that bears one, as its notice would make it. */
async function mailed(one: Engaged, seat: string): Promise<Visit> {
  const { workflowId } = await processOf(one);
  const rows = await desk.database.notice.findMany({
    where: { seat, id: { startsWith: `${workflowId}/n` } },
    orderBy: { number: 'desc' },
  });
  const [act] = rows.flatMap(({ kind, role, facts }) =>
    actsOf({ kind, seat, role, facts: facts as NoticeFacts } as Notice),
  );
  expect(act?.purpose).toBe('engagement');
  return visitSubject(seat, act?.obligation ?? '');
}

/** The forms of a page, by the hidden fields of each. */
function formsIn(shown: string): Record<string, string>[] {
  return [...shown.matchAll(/<form\b[^]*?<\/form>/g)].map(([text]) =>
    Object.fromEntries(
      [...text.matchAll(/type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    ),
  );
}

/** Fills in the form of an act that the page shows, and sends it; recorded as the worker would. */
async function answers(
  opened: Visit,
  act: string,
  { verdict, about, ...fields }: Record<string, string> = {},
  files: Record<string, string> = {},
): Promise<{ status: number; text: string; refused?: string }> {
  const found = formsIn(await page(opened)).find(
    (one) =>
      one['act'] === act &&
      (verdict === undefined || one['verdict'] === verdict) &&
      (about === undefined || one['about'] === about),
  );
  if (!found) return { status: 0, text: '' };
  const sent = await send(opened, form({ ...found, ...fields }, files));
  if (sent.status !== 200) return sent;
  const row = await desk.database.command.findFirstOrThrow({ where: { id: { endsWith: found['key'] ?? '-' } } });
  try {
    await processDesk(desk).record(row.id);
    return sent;
  } catch (error) {
    return { ...sent, refused: (error as Error).message };
  }
}

const actsIn = (shown: string): string[] =>
  formsIn(shown).map(({ act = '', verdict }) => (verdict ? `${act}:${verdict}` : act));

describe('each step, by the link of its mail', () => {
  test('the other party reads the application, asks for more and agrees; the applicant provides it (S001b-70, S001b-71)', async () => {
    const one = await applied(desk, agreementId);
    const decider = await mailed(one, 'A');
    const notice = await desk.database.notice.findFirstOrThrow({ where: { agreementId, kind: 'engagement-request' } });
    expect([...(await writtenWords(desk.database, [notice])).values()]).toEqual([{ topic: '衡信检测有限公司' }]);
    const shown = await page(decider);
    for (const word of [
      '答复引入第三方的申请（衡信检测有限公司）',
      '查明客户端故障的原因',
      '两个月内故障率下降一半',
      '现场检测服务器和网络',
      '声明与第三方无利益关系',
      '申请书.txt',
      '2026-09-14 24:00',
      'S001b-71',
      '未答复不视为同意',
    ]) {
      expect(shown).toContain(word);
    }
    expect(actsIn(shown)).toEqual(['reply:agree', 'reply:ask', 'reply:refuse']);
    expect(await page(decider, '?lang=en')).toContain('Answer the application to bring in a third party');
    const [, file = ''] = /href="(\/act\/[^"]+\/documents\/[^"]+)"/.exec(shown) ?? [];
    const brought = await fetch(`${desk.api.url}${file}`, { headers: { cookie: decider.cookie } });
    expect([brought.status, (await brought.text()).startsWith('申请')]).toEqual([200, true]);

    const silent = await answers(decider, 'reply', { verdict: 'refuse', reason: '  ' });
    expect(silent).toMatchObject({ status: 400 });
    expect((await answers(decider, 'reply', { verdict: 'ask', reason: '请提供资质证书' })).status).toBe(200);
    const applicant = await mailed(one, 'B');
    expect(await page(applicant)).toContain('请提供资质证书');
    const provided = { details: '附上资质证书' };
    expect((await answers(applicant, 'provide', provided, { '资质证书.txt': 'x' })).status).toBe(200);
    expect(await page(applicant)).toContain('无需办理');
    expect((await answers(await mailed(one, 'A'), 'reply', { verdict: 'agree' })).status).toBe(200);
    expect(await one.view()).toMatchObject({
      status: 'agreed',
      rounds: [{ verdict: 'agree', provided: { details: '附上资质证书', documents: [{ fileName: '资质证书.txt' }] } }],
    });
    const [event] = await desk.database.event.findMany({
      where: { workflowId: (await processOf(one)).workflowId, type: 'engagement-agreed' },
    });
    expect(event?.actor).toMatchObject({ seat: 'A', party: 'A', via: 'link' });
    expect(await page(decider)).toContain('无需办理');
  });

  test('a refusal goes to its own round: the link of an earlier one decides nothing of the next', async () => {
    const one = await applied(desk, agreementId);
    const reminded = await visit(one, 'A', 'reply', 'round-1');
    const refused = { verdict: 'refuse', reason: '资质不足' };
    expect((await answers(reminded, 'reply', refused)).status).toBe(200);
    expect((await one.view()).rounds).toMatchObject([{ verdict: 'refuse', reason: '资质不足' }]);
    await one.act(
      'apply',
      { as: 'B', purpose: '换用有资质的团队', effect: '下降', otherScope: '检测', interest: 'none' },
      'b.txt',
    );
    const shown = await page(reminded);
    expect(shown).toContain('或已被新的提议取代');
    expect(shown).not.toContain('<form method="post" enctype');
    expect(actsIn(await page(await mailed(one, 'A')))).toContain('reply:agree');
  });

  test('the draft is read whole before it is reviewed and signed; what was drafted anew meanwhile is not (S001a-66, S001b-99)', async () => {
    const one = await applied(desk, agreementId);
    await one.act('reply', { as: 'A', verdict: 'agree' });
    await one.act('draft', DRAFT);
    const reviewer = await mailed(one, 'A');
    const shown = await page(reviewer);
    for (const word of [
      '100,000.00 CNY',
      '60,000.00 CNY',
      '对自身造成的损失负责',
      '同类项目经验丰富',
      '2026-12-31',
      '附原始数据',
    ]) {
      expect(shown).toContain(word);
    }
    const [old = {}] = formsIn(shown);
    desk.now.ms += 60_000;
    await one.act('draft', { ...DRAFT, cap: '50000.00' });
    const stale = await send(reviewer, form(old));
    expect([stale.status, stale.text.includes('没有待同意的事项')]).toEqual([409, true]);
    expect((await one.view()).review?.acceptedBy).toEqual([]);
    expect(await answers(reviewer, 'review', { verdict: 'reject' })).toMatchObject({ refused: 'points-missing' });
    expect((await answers(reviewer, 'review', { verdict: 'accept' })).status).toBe(200);
    expect((await answers(await mailed(one, 'B'), 'review', { verdict: 'accept' })).status).toBe(200);

    const third = await thirdSeat(one);
    for (const seat of ['A', 'B', third]) {
      const signatory = await mailed(one, seat);
      const paper = await page(signatory);
      expect(paper).toContain('50,000.00 CNY');
      expect(paper).toContain('并非电子签名');
      expect(actsIn(paper)).toEqual(['sign', 'refuse-to-sign']);
      expect((await answers(signatory, 'sign', { signedOn: '2026-02-30' })).status).toBe(400);
      expect(
        (await answers(signatory, 'sign', { signedOn: '2026-09-07' }, { [`签字页${seat}.txt`]: seat })).status,
      ).toBe(200);
      expect(actsIn(await page(signatory)).includes('sign')).toBe(false);
      if (seat !== third) expect(await page(signatory)).toContain('无需办理');
    }
    expect(await one.view()).toMatchObject({ status: 'active', signedOn: '2026-09-07' });
  });

  test('a signatory that does not sign says why (S001c-72)', async () => {
    const one = await applied(desk, agreementId);
    await one.act('reply', { as: 'A', verdict: 'agree' });
    await one.act('draft', DRAFT);
    for (const as of ['A', 'B']) await one.act('review', { as, verdict: 'accept' });
    const third = await mailed(one, await thirdSeat(one));
    expect((await answers(third, 'refuse-to-sign')).status).toBe(400);
    expect((await answers(third, 'refuse-to-sign', { reason: '报价未谈妥' })).status).toBe(200);
    expect((await one.view()).status).toBe('refused');
  });

  test('the third party undertakes, begins, asks for support and hands in by its link; who accepts does so by theirs (S001a-48)', async () => {
    const one = await inForceWith(desk, agreementId);
    const third = await thirdSeat(one);
    const work = await mailed(one, third);
    expect(actsIn(await page(work))).toEqual(['undertake', 'undertake', 'start-work', 'deliver', 'ask-support']);
    expect((await answers(work, 'undertake', { about: 'secrecy' }, { '保密承诺.txt': 'x' })).status).toBe(200);
    expect((await answers(work, 'start-work')).text).toContain('办理其他事项');
    expect((await answers(work, 'ask-support', { topic: '近三个月日志' })).status).toBe(200);
    const support = await mailed(one, 'A');
    expect(await page(support)).toContain('近三个月日志');
    expect((await answers(support, 'answer-support', { about: 'request-1', details: '已开放' })).status).toBe(200);
    expect(await answers(work, 'deliver', { about: 'milestone-1' })).toMatchObject({ refused: 'evidence-missing' });
    const report = { '检测报告.txt': '检测报告' };
    expect((await answers(work, 'deliver', { about: 'milestone-1', note: '报告一份' }, report)).status).toBe(200);

    const accepts = await mailed(one, 'A');
    const shown = await page(accepts);
    for (const word of ['检测报告.txt', '报告一份', '附原始数据']) expect(shown).toContain(word);
    expect(
      (await answers(accepts, 'judge-delivery', { about: 'milestone-1', verdict: 'reject', points: '缺原始数据' }))
        .status,
    ).toBe(200);
    const again = await mailed(one, third);
    expect(await page(again)).toContain('缺原始数据');
    expect((await answers(again, 'deliver', { about: 'milestone-1' }, { '检测报告二.txt': '二' })).status).toBe(200);
    for (const seat of ['A', 'B']) {
      const judged = await answers(await mailed(one, seat), 'judge-delivery', {
        about: 'milestone-1',
        verdict: 'accept',
      });
      expect(judged.status).toBe(200);
    }
    const effect = await visit(one, 'B', 'effect', 'milestone-1');
    expect((await answers(effect, 'review-effect', { about: 'milestone-1', verdict: 'good' })).status).toBe(200);
    expect((await one.view()).milestones).toMatchObject([{ status: 'accepted', effect: [{ by: { seat: 'B' } }] }]);
  });

  test('another cap is agreed to by the other party, and declined by the third party, each by its own link (S001b-78, S001b-79)', async () => {
    const one = await inForceWith(desk, agreementId);
    const third = await thirdSeat(one);
    await one.act('propose-cap', { as: 'A', amount: '150000.00', reason: '范围扩大' });
    const other = await mailed(one, 'B');
    const shown = await page(other);
    for (const word of ['100,000.00 CNY', '150,000.00 CNY', '范围扩大', '原限额继续有效'])
      expect(shown).toContain(word);
    expect(actsIn(await page(await visit(one, third, 'cap-consent')))).toEqual([]);
    expect((await answers(other, 'answer-cap', { verdict: 'consent' })).status).toBe(200);
    const notified = await mailed(one, third);
    expect(actsIn(await page(notified))).toEqual([]); // until its notice has arrived
    const { workflowId } = await processOf(one);
    await processDesk(desk).tell(workflowId, {
      type: 'notice-arrived',
      notice: 'cap',
      noticeId: 'n',
      sentAtMs: desk.now.ms,
    });
    expect(actsIn(await page(notified))).toEqual(['answer-cap:consent', 'answer-cap:decline']);
    expect((await answers(notified, 'answer-cap', { verdict: 'decline', reason: '保险不足' })).status).toBe(200);
    expect(await one.view()).toMatchObject({ caps: [{ amount: '100000.00' }], capChanges: [{ status: 'declined' }] });
  });

  test('a loss is answered, the end decided by its ground, and what remains confirmed (S001b-73, S001b-92)', async () => {
    const one = await inForceWith(desk, agreementId);
    const third = await thirdSeat(one);
    const loss = { as: 'B', amount: '120000.00', cause: 'third', category: 'delay-cost', details: '上线延误' };
    await one.act('report-loss', loss, '损失清单.txt');
    const asked = await mailed(one, third);
    const shown = await page(asked);
    for (const word of ['120,000.00 CNY', '100,000.00 CNY', '上线延误', '损失清单.txt']) expect(shown).toContain(word);
    expect((await answers(asked, 'answer-loss', { about: 'loss-1', verdict: 'agree', amount: '12,5' })).status).toBe(
      400,
    );
    expect((await answers(asked, 'answer-loss', { about: 'loss-1', verdict: 'agree' })).status).toBe(200);
    expect((await one.view()).losses).toMatchObject([
      { status: 'agreed', recoverable: '100000.00', ownLoss: '20000.00' },
    ]);

    await one.act('end', { as: 'A', ground: 'breach', reason: '多次延误' }, '函.txt');
    const other = await mailed(one, 'B');
    expect(await page(other)).toContain('多次延误');
    expect(actsIn(await page(await visit(one, 'B', 'end', 'unable-to-perform')))).toEqual([]);
    expect(actsIn(await page(await visit(one, 'B', 'purpose')))).toEqual([]); // nobody says achieved to what ends by breach
    expect((await answers(other, 'end', { about: 'breach' }, { '同意函.txt': 'x' })).status).toBe(200);
    const { workflowId } = await processOf(one);
    await processDesk(desk).tell(workflowId, {
      type: 'notice-arrived',
      notice: 'end',
      noticeId: 'n',
      sentAtMs: desk.now.ms,
    });
    await one.act('settle', { as: 'A', item: 'fees' });
    const confirms = await mailed(one, 'B');
    expect((await answers(confirms, 'settle', { about: 'fees', note: '已结清' })).status).toBe(200);
    expect((await one.view()).items).toMatchObject([{ id: 'fees', waitsFor: [] }, { id: 'handover' }]);
  });
});

/** Which seats the page of a step gives a form to, as an engagement stands. */
const WHO: Record<'applied' | 'signing' | 'handed-in', Partial<Record<EngagementStep, string[]>>> = {
  // An undertaking may come before the agreement.
  applied: { reply: ['A'], work: ['third'] },
  signing: { sign: ['A', 'B', 'third'], work: ['third'] },
  'handed-in': {
    // The link to sign goes on to what the third party does once all have signed.
    sign: ['third'],
    milestone: ['third'],
    accept: ['A', 'B'],
    effect: [],
    support: ['A', 'B'],
    cap: ['B'],
    loss: ['third'],
    // Whoever has proposed no end decides none by a link; that its purpose was achieved both are asked at its term.
    purpose: ['A', 'B'],
    work: ['third'],
  },
};

describe('step × seat: nobody decides for another, third parties see their own alone', () => {
  test.each(['applied', 'signing', 'handed-in'] as const)('%s', async (stage) => {
    const one = stage === 'handed-in' ? await inForceWith(desk, agreementId) : await applied(desk, agreementId);
    const thirdParty = JSON.stringify({ name: '海宁咨询公司', kind: 'legal-person', email: 'he@haining.example' });
    const another = await applied(desk, agreementId, { thirdParty });
    if (stage === 'signing') {
      await one.act('reply', { as: 'A', verdict: 'agree' });
      await one.act('draft', DRAFT);
      for (const as of ['A', 'B']) await one.act('review', { as, verdict: 'accept' });
    }
    if (stage === 'handed-in') {
      await one.act('deliver', { as: 'third', milestone: 'milestone-1' }, 'r.txt');
      await one.act('ask-support', { as: 'third', title: '日志' });
      await one.act('propose-cap', { as: 'A', amount: '150000.00' });
      const loss = { as: 'B', amount: '9.00', cause: 'third', category: 'other', details: 'x' };
      await one.act('report-loss', loss, 'l.txt');
    }
    const ABOUT: Partial<Record<EngagementStep, string>> = {
      ...{ milestone: 'milestone-1', accept: 'milestone-1', effect: 'milestone-1', support: 'request-1' },
      ...{ loss: 'loss-1', settle: 'fees', end: 'breach' },
    };
    const [own, foreign] = [await thirdSeat(one), await thirdSeat(another)];
    const { reference } = await processOf(one);
    for (const step of ENGAGEMENT_STEPS) {
      const subject = stepSubject({ reference, step, about: ABOUT[step] ?? null });
      for (const [name, seat] of Object.entries({ A: 'A', B: 'B', third: own, another: foreign, C: 'coordinator' })) {
        const token = await tokenFor(seat, subject);
        const link = await openLink(desk.deps, await knownLink(desk.deps, await linkIdOf(desk.deps, token), token));
        const forms = link.engagement ? openForms(link.engagement, linkActor(link), desk.now.ms).forms : [];
        expect([step, name, forms.length > 0]).toEqual([step, name, WHO[stage][step]?.includes(name) ?? false]);
        if (name === 'another') expect([link.asked, link.engagement]).toEqual([undefined, undefined]);
      }
    }
    expect(await page(await visit(one, own, 'work'))).not.toContain('海宁');
    expect(await page(await visit(one, foreign, 'work'))).not.toContain('衡信');
  });

  test('a form of another step, of something else or of another link is not taken', async () => {
    const one = await applied(desk, agreementId);
    const opened = await visit(one, 'A', 'reply');
    const [own = {}] = formsIn(await page(opened));
    for (const change of [{ act: 'withdraw' }, { verdict: 'withdraw' }, { about: 'round-7' }]) {
      expect((await send(opened, form({ ...own, ...change }))).status).toBe(400);
    }
    expect((await send(opened, form({ ...own, shown: 'round-2' }))).status).toBe(409);
    const other = await visit(one, 'B', 'reply');
    expect((await send(other, form(own))).status).toBe(403);
    expect(await page(await visitSubject('A', 'engagement:engagement-00000000:reply'))).toContain('该项已了结');
    expect(await one.view()).toMatchObject({ status: 'applied' });
  });

  test('the list of links names its step, and a fresh one is mailed for the same', async () => {
    const one = await applied(desk, agreementId);
    await visit(one, 'A', 'reply');
    const letters: Letter[] = [];
    const api = await desk.another({ sendLetter: async (letter) => void letters.push(letter) });
    const { body } = await ask(api, 'GET', `/agreements/${agreementId}/links`);
    expect(body.items).toMatchObject([
      { purpose: 'engagement', seat: 'A', title: { zh: '答复引入第三方的申请' }, state: 'live' },
    ]);
    const again = () => ask(api, 'POST', `/agreements/${agreementId}/links/${String(body.items[0].id)}/reissue`, {});
    expect((await again()).status).toBe(200);
    expect(letters).toMatchObject([{ heading: '请办理第三方介入事项：答复引入第三方的申请（衡信检测有限公司）' }]);
    const token = (letters[0]?.button?.url ?? '').split('/').at(-1) ?? '';
    expect(actsIn(await page(await open(desk, `${desk.api.url}/act/${token}`)))).toContain('reply:agree');
    await one.act('reply', { as: 'A', verdict: 'agree' });
    expect((await again()).body.type).toBe('urn:abide:link-settled');
  });

  test('a link opens its page and none of the API’s routes', async () => {
    const one = await applied(desk, agreementId);
    const { cookie } = await visit(one, 'A', 'reply');
    for (const path of [
      one.path,
      `/agreements/${agreementId}`,
      `/agreements/${agreementId}/engagements`,
      '/engagements',
    ]) {
      const reply = await fetch(`${desk.api.url}/api${path}`, { headers: { cookie } });
      expect([path, reply.status]).toEqual([path, 401]);
    }
    const act = await fetch(`${desk.api.url}/api${one.path}/reply`, {
      method: 'POST',
      headers: { cookie, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ as: 'A', verdict: 'agree' }),
    });
    expect(act.status).toBe(401);
  });

  test('a link shows the files of its step alone', async () => {
    const one = await inForceWith(desk, agreementId);
    const third = await thirdSeat(one);
    await one.act('charge', { as: 'third', amount: '10.00' }, '发票.txt');
    const { costs, rounds } = await one.view();
    const opened = await visit(one, third, 'work');
    const id = new URL(opened.url).pathname;
    for (const file of [costs?.charges[0]?.documents[0]?.id, rounds[0]?.documents[0]?.id]) {
      const reply = await fetch(`${desk.api.url}${id}/documents/${file ?? ''}`, { headers: { cookie: opened.cookie } });
      expect(reply.status).toBe(404);
    }
  });
});

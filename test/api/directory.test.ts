import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { organisation, organisationPage, person, personPage } from '../../api/directory/schemas.ts';
import { type Desk, ask, openDesk, policyInForce } from './desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const post = (path: string, body: unknown) => ask(desk.api, 'POST', path, body);
const found = async (name: string, parentId: string | null = null): Promise<string> =>
  organisation.parse((await post('/organisations', { name, parentId })).body).id;

test('organisations form a tree: shown with their path, never in a circle, never twice in one place', async () => {
  const firm = await found('树公司');
  const service = await found('树客服部', firm);
  const team = await ask(desk.api, 'POST', '/organisations', { name: '一组', parentId: service });
  expect(organisation.parse(team.body)).toMatchObject({ path: '树公司 > 树客服部 > 一组', persons: 0, departments: 0 });
  expect((await ask(desk.api, 'GET', `/organisations/${firm}`)).body).toMatchObject({ departments: 1, parentId: null });

  const circle = await ask(desk.api, 'PATCH', `/organisations/${firm}`, { parentId: team.body.id });
  expect(circle).toMatchObject({ status: 409, body: { type: 'urn:abide:organisation-cycle' } });
  const self = await ask(desk.api, 'PATCH', `/organisations/${firm}`, { parentId: firm });
  expect(self.body.type).toBe('urn:abide:organisation-cycle');
  const twice = await post('/organisations', { name: '树客服部', parentId: firm });
  expect(twice).toMatchObject({ status: 409, body: { type: 'urn:abide:organisation-exists' } });
  expect((await post('/organisations', { name: '树客服部' })).status).toBe(201); // elsewhere it may

  const moved = await ask(desk.api, 'PATCH', `/organisations/${String(team.body.id)}`, {
    parentId: firm,
    name: '二组',
  });
  expect(moved.body).toMatchObject({ path: '树公司 > 二组' });
  const listed = await ask(desk.api, 'GET', `/organisations?parent=${firm}`);
  expect(
    organisationPage
      .parse(listed.body)
      .items.map(({ name }) => name)
      .sort(),
  ).toEqual(['二组', '树客服部']);
  const wrong = await ask(desk.api, 'GET', '/organisations/nobody');
  expect(wrong).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-organisation' } });
});

test('an archived organisation is offered no more and comes back', async () => {
  const firm = await found('停业公司');
  await ask(desk.api, 'PATCH', `/organisations/${firm}`, { archived: true });
  const search = `/organisations?search=${encodeURIComponent('停业')}`;
  expect((await ask(desk.api, 'GET', search)).body.items).toEqual([]);
  expect((await ask(desk.api, 'GET', `${search}&archived=true`)).body.items).toMatchObject([{ id: firm }]);
  const refused = await post('/persons', { organisationId: firm, name: '甲', email: 'jia@x.example' });
  expect(refused.body.type).toBe('urn:abide:unknown-organisation');
  const back = await ask(desk.api, 'PATCH', `/organisations/${firm}`, { archived: false });
  expect(back.body.archivedAt).toBe(null);
});

test('a person is known by organisation and e-mail, in lower case; wrong fields are named', async () => {
  const firm = await found('人员公司');
  const created = await post('/persons', { organisationId: firm, name: '张三', email: 'Zhang.San@X.example' });
  expect(created.status).toBe(201);
  expect(person.parse(created.body)).toMatchObject({
    email: 'zhang.san@x.example',
    language: 'zh',
    zone: 'Asia/Shanghai',
    organisation: { name: '人员公司' },
    seats: [],
  });
  const again = await post('/persons', { organisationId: firm, name: '另一人', email: 'zhang.san@x.example' });
  expect(again).toMatchObject({ status: 409, body: { type: 'urn:abide:person-exists' } });
  const wrong = await post('/persons', {
    organisationId: firm,
    name: 'a\nb',
    email: 'no',
    language: 'fr',
    zone: 'Mars',
  });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'email',
    'language',
    'name',
    'zone',
  ]);
  expect(JSON.stringify(wrong.body.errors)).not.toMatch(/invalid-|Invalid|IANA: /);

  const path = `/persons/${String(created.body.id)}`;
  const changed = await ask(desk.api, 'PATCH', path, { name: '张三丰', language: 'en', zone: 'Europe/Berlin' });
  expect(changed.body).toMatchObject({
    name: '张三丰',
    language: 'en',
    zone: 'Europe/Berlin',
    email: 'zhang.san@x.example',
  });
  expect((await ask(desk.api, 'GET', '/persons/nobody')).body.type).toBe('urn:abide:unknown-person');
});

test('people are listed by name, searched, and found below an organisation; pages miss nobody', async () => {
  const firm = await found('分页公司');
  const team = await found('分页组', firm);
  for (const n of [1, 2, 3, 4, 5]) {
    await post('/persons', { organisationId: n < 3 ? firm : team, name: '同名', email: `p${String(n)}@page.example` });
  }
  const emails: string[] = [];
  for (let cursor = ''; ;) {
    const reply = await ask(desk.api, 'GET', `/persons?organisation=${firm}&limit=2${cursor && `&cursor=${cursor}`}`);
    const page = personPage.parse(reply.body);
    emails.push(...page.items.map(({ email }) => email));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(emails.toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => `p${String(n)}@page.example`));
  const searched = await ask(desk.api, 'GET', `/persons?search=${encodeURIComponent('P3@PAGE')}`);
  expect(searched.body.items).toMatchObject([{ organisation: { path: '分页公司 > 分页组' } }]);
  expect((await ask(desk.api, 'GET', '/persons?search=100%25')).body.items).toEqual([]); // a sign, no wildcard
});

test("a person's page shows their seats and what waits for them", async () => {
  const agreementId = await policyInForce(desk);
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat: 'customer-service' } });
  const { seats } = person.parse((await ask(desk.api, 'GET', `/persons/${personId}`)).body);
  expect(seats).toMatchObject([{ agreementId, status: 'active', seat: 'customer-service', parties: ['示例公司'] }]);
  expect(seats[0]?.duties.length).toBeGreaterThan(0);
  const listed = personPage.parse((await ask(desk.api, 'GET', '/persons?search=zhao@x.example')).body);
  expect(listed.items).toMatchObject([{ id: personId, seats: 1 }]);
  const mine = await signedIn(desk, ['department'], { personId });
  expect(person.parse((await ask(mine, 'GET', '/me/person')).body).id).toBe(personId);
});

test('who may: a coordinator and an administrator write, an auditor reads, a department does neither', async () => {
  const statuses = async (role: 'administrator' | 'coordinator' | 'auditor' | 'department') => {
    const api = await signedIn(desk, [role]);
    const read = await ask(api, 'GET', '/persons');
    const written = await ask(api, 'POST', '/organisations', { name: `由${role}` });
    return [read.status, written.status];
  };
  expect(await statuses('administrator')).toEqual([200, 201]);
  expect(await statuses('coordinator')).toEqual([200, 201]);
  expect(await statuses('auditor')).toEqual([200, 403]);
  expect(await statuses('department')).toEqual([403, 403]);
  expect(await desk.database.organisation.count({ where: { name: '由auditor' } })).toBe(0);
});

import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { verifyChain } from '../../activities/chain.ts';
import { departure } from '../../api/directory/schemas.ts';
import { erasePerson, erasedEmail } from '../../api/privacy/erasure.ts';
import * as schemas from '../../api/schemas.ts';
import { Desk, SIGNED_END, formOf } from '../support/people.ts';
import { type World, openWorld } from '../support/world.ts';
import { TODAY, day, draftOf, people } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

const YEAR_MS = 366 * 86_400_000;

let world: World;
let desk: Desk;

beforeAll(async () => {
  world = await openWorld();
  desk = new Desk(world);
  await world.startWorker();
});
afterAll(() => world?.close());

test('who left and was erased is nobody any more; the history replays identically, the chain is whole', async () => {
  onTestFailed(() => world.tellAll());
  const draft = draftOf(people('quetzal'));
  const created = await desk.post('/agreements', { ...draft, start: true });
  const { id } = schemas.agreement.parse(created.body);
  for (const as of ['A', 'B']) {
    expect((await desk.post(`/agreements/${id}/signatures`, { as, signedOn: day(-1) })).status).toBe(200);
  }
  const { personId } = await world.database.seat.findFirstOrThrow({ where: { agreementId: id, seat: 'B' } });

  // B's person leaves while the agreement lives: the engine is there, so the answer is final.
  const left = await desk.post(`/persons/${personId}/departure`, { on: TODAY });
  expect(left.status).toBe(200);
  expect(departure.parse(left.body).handovers).toMatchObject([
    { agreementId: id, seat: 'B', act: 'vacate', status: 'applied', owner: null },
  ]);
  const ended = await desk.post(
    `/agreements/${id}/termination`,
    formOf({ as: 'coordinator', reason: 'agreed' }, [SIGNED_END]),
  );
  expect(ended.status).toBe(200);
  const told = (await desk.allSent(id)).filter(({ kind }) => kind === 'seat-vacant');
  expect(told).toMatchObject([{ seat: 'coordinator', status: 'sent' }]);
  const read = () => world.database.event.findMany({ where: { agreementId: id }, orderBy: { sequence: 'asc' } });
  const events = await read();

  const principal = { kind: 'machine' as const };
  const order = { personId, ground: 'requested' as const, principal };
  const later = (years: number) => ({ database: world.database, clock: () => Date.now() + years * YEAR_MS });
  await expect(erasePerson(later(2), order)).rejects.toMatchObject({ code: 'retention-runs' });
  await erasePerson(later(3), order);

  const person = await world.database.person.findUniqueOrThrow({ where: { id: personId } });
  expect(person).toMatchObject({ name: '—', email: erasedEmail(personId) });
  expect(await read()).toEqual(events);
  expect(verifyChain(events)).toEqual({ verdict: 'whole', head: events.at(-1)?.hash });
  const verdict = await desk.get(`/agreements/${id}/replay`, schemas.replayVerdict);
  expect(verdict).toMatchObject({ verdict: 'identical' });
  const shown = await desk.agreement(id);
  expect(JSON.stringify(shown)).not.toContain('b.quetzal@');
});

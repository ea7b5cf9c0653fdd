import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, ask, openDesk } from './desk.ts';
import { serviceInForce } from './life-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

/** What the client of the engine throws: away, or a message larger than it takes. */
function refusal(code: number, details: string): Error {
  return Object.assign(new Error(`${code} ${details}`), { code, details, metadata: {} });
}

test.each([
  ['is away', refusal(14, 'no connection established')],
  ['sends more than is taken', refusal(8, 'received message larger than max')],
])('evidence and replay while the engine %s: no error of ours, again later', async (_case, error) => {
  const id = await serviceInForce(desk);
  const api = await desk.another({
    evidence: () => Promise.reject(error),
    replayAgreement: () => Promise.reject(error),
  });
  for (const path of ['evidence', 'replay']) {
    const { status, body } = await ask(api, 'GET', `/agreements/${id}/${path}`);
    expect({ path, status, body }).toMatchObject({ path, status: 503, body: { type: 'urn:abide:engine-unavailable' } });
  }
});

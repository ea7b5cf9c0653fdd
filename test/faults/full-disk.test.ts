import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { draftOf } from './life.ts';
import { Installation, type Servers, openServers } from './installation.ts';

const KIB = 1024;
const isRoot = process.getuid?.() === 0;
const NAMESPACE = ['unshare', isRoot ? '-m' : '-Urm', 'sh', '-c'];
/** A file system of 256 KiB over the documents' folder, seen by the API alone. */
const TINY = 'mount -t tmpfs -o size=256k tmpfs "$DOCUMENTS_DIR" && exec "$@"';
/** No file of this process grows beyond 256 KiB (ulimit counts 512 bytes): where nobody may mount. */
const LIMITED = 'ulimit -f 512 && exec "$@"';

const mayMount =
  process.platform === 'linux' &&
  spawnSync(NAMESPACE[0] as string, [...NAMESPACE.slice(1), 'mount -t tmpfs tmpfs /mnt']).status === 0;
const [unshare, flags] = NAMESPACE;
const SHELLS = {
  'a full file system': `exec ${unshare} ${flags} sh -c '${TINY}' sh "$@"`,
  'a quota': LIMITED,
};

let servers: Servers;
let installation: Installation;
let id: string;

beforeAll(async () => {
  servers = await openServers();
  installation = await Installation.open(servers, 'disk');
  await mkdir(installation.documentsDir);
  await Promise.all([installation.start('worker'), installation.start('api')]);
  const started = await installation.desk.post('/agreements', { ...draftOf('disk'), start: true });
  id = schemas.agreement.parse(started.body).id;
  for (const as of ['A', 'B']) {
    expect(await installation.desk.post(`/agreements/${id}/signatures`, { as })).toMatchObject({ status: 200 });
  }
  await installation.end('api', 'SIGTERM');
});
afterAll(() => servers?.close());

test.each(Object.keys(SHELLS).filter((name) => mayMount || name !== 'a full file system') as (keyof typeof SHELLS)[])(
  'a document that does not fit, because of %s, is refused whole; what fits is taken',
  { timeout: 60_000 },
  async (why) => {
    const { desk, database, documentsDir } = installation;
    const api = await installation.start('api', { shell: SHELLS[why], env: { DOCUMENTS_DIR: documentsDir } });
    const folder = process.platform === 'linux' ? join(`/proc/${api.pid}/root`, documentsDir) : documentsDir;
    const files = async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
    const rows = async () => [
      await database.command.count(),
      await database.document.count(),
      await database.agreementDocument.count(),
    ];
    const before = { files: await files(), rows: await rows() };

    const key = randomUUID();
    const tooMuch = { name: 'plan.txt', content: randomBytes(200 * KIB).toString('hex') };
    const refused = await desk.submit(id, 'process-plan', 'A', [tooMuch], { key });
    expect(refused).toMatchObject({
      status: 507,
      type: expect.stringContaining('application/problem+json'),
      body: { type: 'urn:abide:storage-full', detail: 'Have the operator make room, then try again.' },
    });
    expect({ files: await files(), rows: await rows() }).toEqual(before);

    const small = { name: 'plan.txt', content: `${why}: short.\n` };
    const taken = await desk.submit(id, 'process-plan', 'A', [small], { key });
    expect(taken).toMatchObject({ status: 200, body: { status: 'applied' } });
    expect(await files()).toHaveLength(before.files.length + 1);
    await installation.end('api', 'SIGTERM');
  },
);

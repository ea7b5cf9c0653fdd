import { Readable } from 'node:stream';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { openDocumentStore } from '../../activities/documents.ts';
import { startApi } from '../../api/server.ts';
import { openAudit } from '../../cli/audit.ts';
import { readConfig } from '../../config.ts';
import { openDatabase } from '../../prisma/database.ts';

/** The API in a process of its own while the engine is away; says its address on stdout. Arguments: database, folder. */
const [databaseUrl = '', folder = ''] = process.argv.slice(2);
const client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
const database = openDatabase(databaseUrl);
const api = await startApi(
  {
    database,
    temporal: () => client,
    documents: openDocumentStore(folder, { maxBytes: 1_000_000 }),
    clock: Date.now,
    config: { publicUrl: 'http://127.0.0.1:8420' },
    audit: openAudit(readConfig({ DATA_DIR: folder }), { database, temporal: () => client }),
    evidence: () => Promise.resolve({ fileName: '', fingerprint: '', stream: Readable.from([]) }),
    replayAgreement: () => Promise.reject(new Error('nothing is replayed here')),
    log: pino({ level: 'warn' }, process.stderr),
    version: 'bench',
    engineDeadlineMs: 100,
  },
  { host: '127.0.0.1', port: 0 },
);
process.stdout.write(`${api.url}\n`);

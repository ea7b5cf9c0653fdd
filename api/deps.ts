import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Clock } from '../activities/clock.ts';
import type { DocumentStore } from '../activities/documents.ts';
import type { KillPoint } from '../activities/kill-points.ts';
import type { Database } from '../prisma/database.ts';

/** What the API needs of `Config`. */
export interface ApiConfig {
  /** Without a slash at the end. */
  publicUrl: string;
  /** When set, every request to `/api` must bear it. */
  apiKey?: string;
}

/** What the API needs of the world; composition roots bring it. */
export interface ApiDeps {
  database: Database;
  /** Connects lazily: the API starts and answers while the engine is away. */
  temporal: () => Client;
  documents: DocumentStore;
  clock: Clock;
  config: ApiConfig;
  /** The auditor's verdict on an agreement, as `abide replay --json` prints it. */
  replayAgreement: (agreementId: string) => Promise<unknown>;
  log: Logger;
  /** Of package.json. */
  version: string;
  /** How long a person waits for the engine before the answer is "pending"; 8 s by default. */
  engineDeadlineMs?: number;
  /** Said after every write; fault tests end the process there. */
  killPoint?: KillPoint;
  /** The folder of the built page, served at `/` when it is there. */
  webRoot?: string;
}

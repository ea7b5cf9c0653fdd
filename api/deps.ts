import type { Readable } from 'node:stream';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Clock } from '../activities/clock.ts';
import type { DocumentStore } from '../activities/documents.ts';
import type { KillPoint } from '../activities/kill-points.ts';
import type { Asking } from '../activities/survey-asking.ts';
import type { Resolve } from '../activities/webhooks/target.ts';
import type { SurveyInput } from '../domain/survey/compiled.ts';
import type { Instant } from '../domain/time.ts';
import type { Database } from '../prisma/database.ts';
import type { AccountDesk } from './accounts/accounts.ts';
import type { Letter } from './accounts/letters.ts';

/** What the API needs of `Config`. */
export interface ApiConfig {
  /** Without a slash at the end. */
  publicUrl: string;
  /** Of the installation's own programs: a coordinator's rights (api/policy.ts, `machine`). */
  apiKey?: string;
  /** Of the mail server that hands in what came back. */
  inboundKey?: string;
  /** Addresses (CIDR) of the proxies in front, whose X-Forwarded-* are believed; none by default. */
  trustedProxies?: readonly string[];
  /** Host of the sender of the notices: the right-hand side of the events' UIDs. */
  mailHost?: string;
  /** Folder of the documents, for how much room is left. */
  documentsDir?: string;
  /** The page of the Temporal server, where there is one. */
  temporalUiUrl?: string;
  /** Mails a minute that are sent at most. */
  mailRate?: number;
  /** Of a demo (`abide start --demo`): where its first walk leads. */
  demo?: { mailboxUrl: string; agreements: Record<string, string> };
  /** Webhooks may go to addresses of this network, and without TLS: tests and intranets. */
  webhookAllowPrivate?: boolean;
}

/** A mail with sample data, as it arrives. */
export interface ShownMail {
  subject: string;
  html: string;
  text: string;
  /** The iCalendar part, where the mail has one. */
  calendar: string | null;
}

/** The mails about agreements, with sample data. */
export interface MailPreviews {
  list(): { name: string; kind: string; variant: string; language: 'zh' | 'en'; subject: string }[];
  show(name: string): { zh: ShownMail; en: ShownMail } | undefined;
  /** @returns whether there is such a mail */
  send(test: { name: string; language: 'zh' | 'en'; to: { name: string; address: string } }): Promise<boolean>;
}

/** An invitation to a survey, to somebody who makes it. */
export interface TestInvitation extends Asking {
  language: 'zh' | 'en';
  occurrence: string | null;
  anonymous: boolean;
  closesAtMs: Instant;
  zone: SurveyInput['zone'];
  token: string;
  to: { name: string; address: string };
}

/** One comparison of the database with the histories, by name, and what it came to (evidence/compare.ts). */
export interface RecordCheck {
  check: string;
  result: 'agrees' | 'differs' | 'skipped';
  /** Rows that were looked at. */
  compared: number;
  findings: { what: string; where: string; expected: unknown; found: unknown }[];
  more: number;
}

/** The verdict of strict replay on one workflow (activities/replay.ts). */
export interface WorkflowVerdict {
  workflowId: string;
  verdict: 'identical' | 'different' | 'incomplete';
}

/** An auditor's means: each reads histories, which takes its time. */
export interface Auditing {
  /** Strict replay of every workflow of an agreement, or of one. Fails with a code while the engine is away. */
  replay(
    agreementId: string,
    options: { workflowId?: string; onProgress: (done: number, total: number) => Promise<void> },
  ): Promise<WorkflowVerdict[]>;
  /** Holds the database against the histories. */
  compare(agreementId: string): Promise<RecordCheck[]>;
  /** What replays: release, workflow bundle by SHA-256, SDK. */
  code(): Promise<{ version: string; bundle: string; sdk: string }>;
  /** Of the key that signs evidence bundles. */
  fingerprint(): Promise<string>;
}

/** What the API needs of the world; composition roots bring it. */
export interface ApiDeps {
  database: Database;
  /** Accounts, sessions and personal keys; without them only the installation's keys and links are known. */
  accounts?: AccountDesk;
  /** Frames and sends a mail that is no notice of an agreement: a fresh link. Fails with a code. */
  sendLetter?: (letter: Letter) => Promise<void>;
  mails?: MailPreviews;
  /** Sends the invitation of a questionnaire that is tried out. Fails where the mail server does not take it. */
  sendTestInvitation?: (mail: TestInvitation) => Promise<void>;
  /** Connects lazily: the API starts and answers while the engine is away. */
  temporal: () => Client;
  documents: DocumentStore;
  clock: Clock;
  config: ApiConfig;
  /** The auditor's verdict on an agreement, as `abide replay --json` prints it. */
  replayAgreement: (agreementId: string) => Promise<unknown>;
  audit: Auditing;
  /** The signed bundle of all evidence of an agreement, as `abide evidence` writes it. */
  evidence: (agreementId: string) => Promise<{ fileName: string; fingerprint: string; stream: Readable }>;
  log: Logger;
  /** Looks up the names of webhooks' receivers; as this machine does by default. */
  resolveName?: Resolve;
  /** Of package.json. */
  version: string;
  /** How long a person waits for the engine before the answer is "pending"; 8 s by default. */
  engineDeadlineMs?: number;
  /** Said after every write; fault tests end the process there. */
  killPoint?: KillPoint;
  /** The folder of the built page, served at `/` when it is there. */
  webRoot?: string;
}

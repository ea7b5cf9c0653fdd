import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';

const portOrAny = z
  .string()
  .regex(/^\d{1,5}$/, 'is no port')
  .transform(Number)
  .refine((value) => value <= 65_535, 'is no port');

const port = portOrAny.refine((value) => value > 0, 'is no port');

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `is no address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

/** `10.0.0.5`, `10.0.0.0/8`, `fd00::/8`; a network of all addresses would believe anybody. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A variable of the environment: what it is for, what holds without it, and how it is written. */
interface Variable<T> {
  purpose: string;
  /** In words, for people; absent where the variable has none. */
  default?: string;
  /** How to write it right, for the error. */
  cure: string;
  /** Its value goes neither to a log nor to a page. */
  secret?: true;
  type: z.ZodType<T, string>;
}

const variable = <T>(definition: Variable<T>): Variable<T> => definition;

const VARIABLES = {
  TEMPORAL_ADDRESS: variable({
    purpose: 'Temporal server that runs the agreements',
    default: 'a server of its own, data in DATA_DIR',
    cure: 'Write host:port, for example temporal:7233, or leave it out for a server of its own.',
    type: z.string().regex(/^[^\s/@]+:\d{1,5}$/, 'is no host:port'),
  }),
  TEMPORAL_NAMESPACE: variable({
    purpose: 'Namespace of the agreements',
    default: 'default',
    cure: 'Write the name of a namespace.',
    type: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'is no name of a namespace'),
  }),
  TEMPORAL_UI_URL: variable({
    purpose: 'Web UI of the Temporal server, which the page of the system leads to',
    default: 'that of the server of its own; with TEMPORAL_ADDRESS none',
    cure: 'Write the address as administrators type it, for example https://temporal.example.com.',
    type: url('http:', 'https:').transform((value) => value.replace(/\/+$/, '')),
  }),
  DATABASE_URL: variable({
    purpose: 'PostgreSQL that holds the record',
    default: 'a server of its own, data in DATA_DIR',
    cure: 'Write postgresql://user:password@host:port/name, or leave it out for a server of its own.',
    secret: true,
    type: url('postgresql:', 'postgres:'),
  }),
  SMTP_URL: variable({
    purpose: 'Mail server that takes the notices',
    default: 'a local mailbox with a page to read it',
    cure: 'Write smtp://user:password@host:port (smtps:// for TLS from the start), or leave it out for the local mailbox.',
    secret: true,
    type: url('smtp:', 'smtps:'),
  }),
  MAIL_FROM: variable({
    purpose: 'Sender of the notices',
    default: 'Abide <abide@localhost>',
    cure: 'Write an address, or a name and an address: Abide <abide@example.com>.',
    type: z.string().regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'is no address'),
  }),
  MAIL_CONNECTIONS: variable({
    purpose: 'Connections to the mail server that a process holds at most',
    default: '5',
    cure: 'Write a whole number from 1 to 50.',
    type: z
      .string()
      .regex(/^(?:[1-9]|[1-4]\d|50)$/, 'is no number of connections')
      .transform(Number),
  }),
  MAIL_RATE: variable({
    purpose: "Mails a minute that a process sends at most: the mail provider's limit",
    default: 'no limit',
    cure: 'Write a whole number, for example 300; each worker and each API counts for itself.',
    type: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'is no number of mails a minute')
      .transform(Number),
  }),
  DKIM_DOMAIN: variable({
    purpose: 'Domain in whose name mails are signed (DKIM, RFC 6376), with DKIM_SELECTOR and DKIM_KEY_FILE',
    default: 'mails are not signed here',
    cure: 'Write the domain of MAIL_FROM, for example example.com, or leave all three out.',
    type: z.string().regex(/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/, 'is no domain'),
  }),
  DKIM_SELECTOR: variable({
    purpose: 'Selector of the DKIM key: the public half stands in DNS at <selector>._domainkey.<domain>',
    cure: 'Write the selector, for example abide, or leave all three out.',
    type: z.string().regex(/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/, 'is no selector'),
  }),
  DKIM_KEY_FILE: variable({
    purpose: 'File with the private DKIM key (PEM)',
    cure: 'Write the path of the file, or leave all three out.',
    type: z.string(),
  }),
  PUBLIC_URL: variable({
    purpose: 'Where people reach the pages: what links in mails begin with',
    default: 'http://127.0.0.1:<API_PORT>',
    cure: 'Write the address as people type it, for example https://abide.example.com.',
    type: url('http:', 'https:').transform((value) => value.replace(/\/+$/, '')),
  }),
  API_HOST: variable({
    purpose: 'Address on which the API listens',
    default: '127.0.0.1',
    cure: 'Write an IP address or host name of this machine; 0.0.0.0 listens everywhere.',
    type: z.string().regex(/^[\w.:-]+$/, 'is no host'),
  }),
  API_PORT: variable({
    purpose: 'Port of API and pages',
    default: '8420',
    cure: 'Write a number from 0 to 65535; 0 takes any free port.',
    type: portOrAny,
  }),
  API_KEY: variable({
    purpose: "Key of the installation's own programs, with a coordinator's rights; people sign in instead",
    cure: 'Write at least 16 characters, for example what "openssl rand -base64 24" prints.',
    secret: true,
    type: z
      .string()
      .min(16, 'is too short')
      .regex(/^[\x21-\x7e]+$/, 'has characters that no header can bear'),
  }),
  AUTH_SECRET: variable({
    purpose: 'Signs the sessions of people who sign in and encrypts their TOTP secrets; a new one signs everybody out',
    default: 'abide start makes one and keeps it in DATA_DIR; abide api needs it',
    cure: 'Write at least 32 characters, for example what "openssl rand -base64 48" prints.',
    secret: true,
    type: z.string().min(32, 'is too short'),
  }),
  EVIDENCE_KEY_FILE: variable({
    purpose: 'File with the private Ed25519 key (PEM) that signs evidence bundles (docs/evidence.md)',
    default: 'one is made at first use and kept in DATA_DIR',
    cure: 'Write the path of a file, for example of what "openssl genpkey -algorithm ed25519" prints, or leave it out.',
    type: z.string(),
  }),
  INBOUND_KEY: variable({
    purpose: 'Key with which the mail server hands in what came back (POST /api/inbound/mail)',
    default: 'nothing is taken in',
    cure: 'Write at least 16 characters, for example what "openssl rand -base64 24" prints.',
    secret: true,
    type: z
      .string()
      .min(16, 'is too short')
      .regex(/^[\x21-\x7e]+$/, 'has characters that no header can bear'),
  }),
  WEBHOOK_ALLOW_PRIVATE: variable({
    purpose: 'Whether webhooks may go to addresses of this network, and over plain http: on an intranet',
    default: 'false',
    cure: 'Write true or false.',
    type: z.enum(['true', 'false'], 'is neither true nor false').transform((value) => value === 'true'),
  }),
  TRUSTED_PROXIES: variable({
    purpose: 'Proxies in front of the API, whose X-Forwarded-For, -Proto and -Host are believed',
    default: 'none: these headers are ignored',
    cure: 'Write addresses or networks with commas between them, for example 10.0.0.5,192.168.7.0/24.',
    type: z
      .string()
      .transform((value) => value.split(/[\s,]+/).filter((one) => one !== ''))
      .refine((networks) => networks.every(isNetwork), 'is no list of addresses and networks'),
  }),
  DOCUMENTS_DIR: variable({
    purpose: 'Folder of the documents that people handed in',
    default: '<DATA_DIR>/documents',
    cure: 'Write a folder.',
    type: z.string(),
  }),
  DATA_DIR: variable({
    purpose: 'Folder of all that the servers of its own keep',
    default: '.abide',
    cure: 'Write a folder.',
    type: z.string(),
  }),
  ABIDE_TEMPLATES: variable({
    purpose: 'Folder of templates of your own, loaded beside those that Abide brings (docs/writing-templates.md)',
    default: 'those that Abide brings alone',
    cure: 'Write a folder that holds template.yaml, or folders that do.',
    type: z.string(),
  }),
  MAX_UPLOAD_BYTES: variable({
    purpose: 'Largest document taken, in bytes',
    default: '20971520',
    cure: 'Write a whole number of bytes, at least 1.',
    type: z
      .string()
      .regex(/^[1-9]\d{0,11}$/, 'is no number of bytes')
      .transform(Number),
  }),
  LOG_LEVEL: variable({
    purpose: 'How much is logged',
    default: 'info',
    cure: 'Write one of: trace, debug, info, warn, error, fatal, silent.',
    type: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'is no level') as unknown as z.ZodType<
      'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent',
      string
    >,
  }),
  MAX_CACHED_WORKFLOWS: variable({
    purpose: 'Workflows that a worker keeps in memory; 0 replays each step from the history',
    default: 'as the Temporal SDK finds fit for the memory',
    cure: 'Write a whole number.',
    type: z
      .string()
      .regex(/^\d{1,7}$/, 'is no whole number')
      .transform(Number),
  }),
  TEMPORAL_PORT: variable({
    purpose: 'Port of the Temporal server of its own',
    default: '7233, or any when that is taken',
    cure: 'Write a free port.',
    type: port,
  }),
  UI_PORT: variable({
    purpose: 'Port of the Temporal web UI of the server of its own',
    default: '8233, or any when that is taken',
    cure: 'Write a free port.',
    type: port,
  }),
  MAILBOX_PORT: variable({
    purpose: 'Port of the page of the local mailbox',
    default: '8025, or any when that is taken',
    cure: 'Write a free port.',
    type: port,
  }),
  SMTP_PORT: variable({
    purpose: 'Port on which the local mailbox takes mail',
    default: '1025, or any when that is taken',
    cure: 'Write a free port.',
    type: port,
  }),
  ABIDE_KILL_AT: variable({
    purpose: 'Fault tests: the point at which the process ends itself as kill -9 would',
    cure: 'Leave it out: it serves fault tests alone.',
    type: z.string(),
  }),
} as const;

export type VariableName = keyof typeof VARIABLES;

type Values = { [N in VariableName]?: (typeof VARIABLES)[N] extends Variable<infer T> ? T : never };

/** Every variable of the environment that Abide knows, for documents and for the check of the compose file. */
export const CONFIGURATION: readonly { name: VariableName; purpose: string; default?: string; secret: boolean }[] =
  Object.entries(VARIABLES as Record<VariableName, Variable<unknown>>).map(([name, { purpose, secret, ...rest }]) => ({
    name: name as VariableName,
    purpose,
    ...(rest.default === undefined ? {} : { default: rest.default }),
    secret: secret ?? false,
  }));

export type Config = Readonly<{
  /** `host:port`; absent: a server of its own. */
  temporalAddress?: string;
  temporalNamespace: string;
  /** Without a slash at the end. */
  temporalUiUrl?: string;
  databaseUrl?: string;
  smtpUrl?: string;
  mailFrom: string;
  mailConnections: number;
  /** Mails a minute. */
  mailRate?: number;
  dkim?: { domain: string; selector: string; keyFile: string };
  /** Without a slash at the end. */
  publicUrl: string;
  apiHost: string;
  apiPort: number;
  apiKey?: string;
  authSecret?: string;
  /** Absent: a key of its own in `dataDir`. */
  evidenceKeyFile?: string;
  inboundKey?: string;
  webhookAllowPrivate: boolean;
  /** Addresses and networks (CIDR). */
  trustedProxies: readonly string[];
  documentsDir: string;
  dataDir: string;
  maxUploadBytes: number;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  maxCachedWorkflows?: number;
  temporalPort?: number;
  uiPort?: number;
  mailboxPort?: number;
  smtpPort?: number;
  killAt?: string;
}>;

/** The environment says something that cannot be used. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
  readonly code = 'invalid-configuration';
  readonly errors: readonly { path: string; message: string; cure: string }[];

  constructor(errors: readonly { path: string; message: string; cure: string }[]) {
    super(errors.map(({ message, cure }) => `${message} ${cure}`).join('\n'));
    this.errors = errors;
  }
}

/**
 * The environment, read once and checked whole. An empty variable counts as absent. Folders come back absolute.
 *
 * @throws ConfigurationError that names every wrong variable and its cure.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const errors: { path: string; message: string; cure: string }[] = [];
  const values: Values = {};
  for (const [name, { type, cure, secret }] of Object.entries(VARIABLES as Record<string, Variable<unknown>>)) {
    const text = env[name]?.trim();
    if (text === undefined || text === '') continue;
    const result = type.safeParse(text);
    if (result.success) Object.assign(values, { [name]: result.data });
    else
      errors.push({
        path: name,
        message: `${name}${secret ? '' : ` "${text}"`} ${result.error.issues[0]!.message}.`,
        cure,
      });
  }

  const apiHost = values.API_HOST ?? '127.0.0.1';
  const { DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE } = values;
  const given = Object.entries({ DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE });
  for (const [path, value] of given) {
    if (value !== undefined || given.every(([, other]) => other === undefined)) continue;
    const { cure } = VARIABLES[path as 'DKIM_DOMAIN'];
    errors.push({ path, message: `${path} is missing: signing mails takes all three DKIM variables.`, cure });
  }
  if (errors.length > 0) throw new ConfigurationError(errors);

  const apiPort = values.API_PORT ?? 8420;
  const dataDir = resolve(values.DATA_DIR ?? '.abide');
  const chosen = {
    temporalAddress: values.TEMPORAL_ADDRESS,
    temporalUiUrl: values.TEMPORAL_UI_URL,
    databaseUrl: values.DATABASE_URL,
    smtpUrl: values.SMTP_URL,
    mailRate: values.MAIL_RATE,
    apiKey: values.API_KEY,
    authSecret: values.AUTH_SECRET,
    inboundKey: values.INBOUND_KEY,
    maxCachedWorkflows: values.MAX_CACHED_WORKFLOWS,
    temporalPort: values.TEMPORAL_PORT,
    uiPort: values.UI_PORT,
    mailboxPort: values.MAILBOX_PORT,
    smtpPort: values.SMTP_PORT,
    killAt: values.ABIDE_KILL_AT,
  };
  return Object.freeze({
    ...(Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)) as Partial<Config>),
    ...(values.EVIDENCE_KEY_FILE === undefined ? {} : { evidenceKeyFile: resolve(values.EVIDENCE_KEY_FILE) }),
    temporalNamespace: values.TEMPORAL_NAMESPACE ?? 'default',
    ...(DKIM_DOMAIN && DKIM_SELECTOR && DKIM_KEY_FILE
      ? { dkim: { domain: DKIM_DOMAIN, selector: DKIM_SELECTOR, keyFile: resolve(DKIM_KEY_FILE) } }
      : {}),
    mailConnections: values.MAIL_CONNECTIONS ?? 5,
    mailFrom: values.MAIL_FROM ?? 'Abide <abide@localhost>',
    publicUrl: values.PUBLIC_URL ?? `http://127.0.0.1:${apiPort}`,
    apiHost,
    apiPort,
    documentsDir: resolve(values.DOCUMENTS_DIR ?? join(dataDir, 'documents')),
    dataDir,
    webhookAllowPrivate: values.WEBHOOK_ALLOW_PRIVATE ?? false,
    trustedProxies: values.TRUSTED_PROXIES ?? [],
    maxUploadBytes: values.MAX_UPLOAD_BYTES ?? 20 * 1024 * 1024,
    logLevel: values.LOG_LEVEL ?? 'info',
  });
}

/** ABIDE_TEMPLATES as it is written, for commands that need no other variable. */
export function ownTemplates(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = env.ABIDE_TEMPLATES?.trim();
  return folder === '' ? undefined : folder;
}

/** Whether nobody but this machine can reach `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The user's folder for what can be fetched or built again: engines, by version (XDG Base Directory Specification). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache'), 'abide');
}

/** The programs named `name` on the PATH, nearest first; none of them need exist. */
export function onPath(name: string, env: NodeJS.ProcessEnv = process.env): string[] {
  return (env.PATH ?? '')
    .split(process.platform === 'win32' ? ';' : ':')
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name));
}

import type { Text } from '../../domain/time.ts';

/** What a column holds of a person. */
export type PersonalKind =
  'identity' | 'contact' | 'preference' | 'reference' | 'text' | 'account' | 'secret' | 'device' | 'copy';

/** What an erasure does to it. */
export type Erasure = 'replaced' | 'deleted' | 'kept';

export interface Personal {
  kind: PersonalKind;
  erasure: Erasure;
}

export const KIND_TEXTS: Record<PersonalKind, Text> = {
  identity: { zh: '姓名', en: 'name' },
  contact: { zh: '联系方式', en: 'address' },
  preference: { zh: '语言、时区', en: 'language, zone' },
  reference: {
    zh: '随机编号：姓名删除后不再指向任何人',
    en: 'opaque id: points at nobody once the name is gone',
  },
  text: {
    zh: '本人写下的文字、文件名，属合同资料',
    en: 'what they wrote, names of files: part of the contract’s record',
  },
  account: { zh: '账号', en: 'account' },
  secret: { zh: '密码与密钥的散列值', en: 'hashes of passwords and keys' },
  device: { zh: 'IP 地址与浏览器', en: 'IP address and browser' },
  copy: { zh: '答复的副本', en: 'copy of an answer' },
};

const none = null;
const reference: Personal = { kind: 'reference', erasure: 'kept' };
const account: Personal = { kind: 'account', erasure: 'deleted' };
const secret: Personal = { kind: 'secret', erasure: 'deleted' };
const device: Personal = { kind: 'device', erasure: 'deleted' };
const writing: Personal = { kind: 'text', erasure: 'kept' };

/**
 * THE list of personal data: every column of text or JSON of every table, with what it holds of a person and what an
 * erasure does to it; null where it holds none. A test compares it with prisma/schema.prisma, so that a new column has
 * to be judged before it is used.
 */
export const PERSONAL_DATA: Record<string, Record<string, Personal | null>> = {
  Organisation: { id: none, name: none, parentId: none },
  Person: {
    id: reference,
    organisationId: reference,
    name: { kind: 'identity', erasure: 'replaced' },
    email: { kind: 'contact', erasure: 'replaced' },
    language: { kind: 'preference', erasure: 'replaced' },
    zone: { kind: 'preference', erasure: 'replaced' },
    leftOn: none,
  },
  Agreement: {
    id: none,
    template: none,
    status: none,
    zone: none,
    // Contacts of parties, seats and the coordinator; the parties themselves are the contract's.
    draft: { kind: 'contact', erasure: 'replaced' },
    compiled: none,
    snapshot: reference,
    inForceOn: none,
    expiresOn: none,
    endedOn: none,
  },
  Seat: { agreementId: none, seat: none, party: none, personId: reference },
  Delegation: {
    id: none,
    agreementId: none,
    seat: none,
    absentId: reference,
    deputyId: reference,
    from: none,
    until: none,
    obligations: none,
  },
  Reading: { agreementId: none, what: none, reader: reference, readById: reference },
  Task: { id: none, kind: none, agreementId: none, key: none, about: reference, doneBy: reference },
  Command: {
    id: none,
    agreementId: none,
    workflowId: none,
    type: none,
    command: reference,
    text: writing,
    status: none,
    outcome: none,
  },
  IdempotentRequest: {
    key: none,
    fingerprint: none,
    status: none,
    answerBody: { kind: 'copy', erasure: 'deleted' },
  },
  Event: {
    workflowId: none,
    agreementId: none,
    type: none,
    obligation: none,
    occurrence: none,
    actor: reference,
    clauses: none,
    commandId: none,
    body: reference,
    previous: none,
    hash: none,
  },
  Obligation: {
    agreementId: none,
    id: none,
    occurrence: none,
    kind: none,
    status: none,
    responsible: none,
    localDate: none,
    clauses: none,
  },
  LedgerLine: {
    workflowId: none,
    agreementId: none,
    kind: none,
    obligation: none,
    occurrence: none,
    debtor: none,
    creditor: none,
    amountText: none,
    currency: none,
    base: none,
    rate: none,
    about: none,
    clauses: none,
  },
  Notice: {
    id: none,
    agreementId: none,
    kind: none,
    seat: none,
    role: none,
    obligation: none,
    occurrence: none,
    rungs: none,
    clauses: none,
    act: none,
    facts: none,
    addressee: reference,
    status: none,
    messageId: none,
    personId: reference,
    address: { kind: 'contact', erasure: 'deleted' },
    language: { kind: 'preference', erasure: 'deleted' },
    subject: { kind: 'text', erasure: 'deleted' },
    failure: none,
    deputyFor: reference,
    carriedBy: none,
  },
  ActionLink: {
    id: none,
    tokenHash: secret,
    agreementId: none,
    personId: reference,
    seat: none,
    purpose: none,
    obligation: none,
    noticeId: none,
    revokedBy: none,
  },
  Document: { sha256: none, type: none },
  AgreementDocument: {
    id: none,
    agreementId: none,
    sha256: none,
    fileName: writing,
    commandId: none,
    obligation: none,
  },
  AccessLog: {
    id: none,
    actor: reference,
    agreementId: none,
    subject: reference,
    action: none,
    outcome: none,
    addressHash: { kind: 'contact', erasure: 'deleted' },
  },
  Refusal: { id: none, actor: reference, agreementId: none, action: none, code: none, path: none },
  WorkflowRun: { workflowId: none, runId: none, agreementId: none, bundle: none, sdk: none },
  WorkflowBundle: { sha256: none, sdk: none },
  User: { id: account, name: account, email: account, image: account, roles: account, personId: account },
  Session: { id: account, token: secret, ipAddress: device, userAgent: device, userId: account },
  Account: {
    id: account,
    accountId: account,
    providerId: account,
    userId: account,
    accessToken: secret,
    refreshToken: secret,
    idToken: secret,
    scope: account,
    password: secret,
  },
  Verification: { id: account, identifier: account, value: secret },
  TwoFactor: { id: account, secret, backupCodes: secret, userId: account },
  Apikey: {
    id: account,
    configId: none,
    name: account,
    start: account,
    referenceId: account,
    prefix: none,
    key: secret,
    permissions: account,
    metadata: account,
  },
  // May hold an address or the IP of whoever tried; gone within the hour.
  RateLimiterFlexible: { key: device },
  InboundMail: { id: none, kind: none, noticeId: none, code: none },
  WebhookEndpoint: { id: none, url: none, description: none, secret: none, events: none, createdBy: reference },
  WebhookDelivery: { id: none, endpointId: none, workflowId: none, status: none, answer: none },
  CalendarFeed: { id: account, personId: account, tokenHash: secret },
  Erasure: { id: none, personId: reference, actor: reference, ground: none, done: none },
  // Inputs and states bear ids alone; what people wrote of a finding stands in `text`.
  Process: {
    workflowId: none,
    id: none,
    agreementId: none,
    type: none,
    reference: none,
    status: none,
    input: reference,
    snapshot: reference,
    text: writing,
  },
  Customer: {
    id: reference,
    key: { kind: 'identity', erasure: 'replaced' },
    name: { kind: 'identity', erasure: 'replaced' },
    contact: { kind: 'identity', erasure: 'deleted' },
    tier: none,
    branchId: none,
    departmentId: none,
    segment: { kind: 'preference', erasure: 'deleted' },
    language: { kind: 'preference', erasure: 'kept' },
    email: { kind: 'contact', erasure: 'deleted' },
    phone: { kind: 'contact', erasure: 'deleted' },
    address: { kind: 'contact', erasure: 'deleted' },
  },
  CustomerTierChange: {
    id: none,
    customerId: reference,
    by: reference,
    before: none,
    after: none,
    reason: { kind: 'text', erasure: 'deleted' },
  },
  Questionnaire: { sha256: none, json: none, facts: none },
  Invitee: {
    id: reference,
    workflowId: none,
    customerId: reference,
    tier: none,
    department: none,
    branch: none,
    channel: none,
    tokenHash: secret,
    status: none,
    messageId: { kind: 'contact', erasure: 'deleted' },
  },
  SurveyLink: { id: none, workflowId: none, tokenHash: secret, label: reference, channel: none },
  // What was answered is the survey's; of an anonymous one nothing leads back to whoever answered.
  Answer: {
    workflowId: none,
    respondent: reference,
    inviteeId: reference,
    channel: none,
    tier: none,
    department: none,
    branch: none,
    answers: writing,
    receivedOn: none,
    enteredBy: reference,
    source: none,
  },
  AnswerFile: {
    id: none,
    workflowId: none,
    question: none,
    holder: reference,
    respondent: reference,
    fileName: { kind: 'text', erasure: 'deleted' },
    type: none,
    sha256: none,
  },
  AnswerDraft: { inviteeId: reference, workflowId: none, answers: { kind: 'text', erasure: 'deleted' } },
  Feedback: {
    id: none,
    number: none,
    agreementId: none,
    customerId: reference,
    name: { kind: 'identity', erasure: 'deleted' },
    email: { kind: 'contact', erasure: 'deleted' },
    text: writing,
    channel: none,
    status: none,
    workflowId: none,
    outcome: writing,
  },
  CaseContact: {
    id: reference,
    workflowId: none,
    agreementId: none,
    customerId: reference,
    name: { kind: 'identity', erasure: 'deleted' },
    email: { kind: 'contact', erasure: 'deleted' },
    phone: { kind: 'contact', erasure: 'deleted' },
    language: { kind: 'preference', erasure: 'kept' },
  },
  CaseLink: { id: none, agreementId: none, workflowId: none, tokenHash: secret, label: none },
  CaseMail: { id: none, workflowId: none },
  CustomersServed: { id: none, agreementId: none, period: none, by: reference },
};

/** The columns that hold something of a person, for people to read. */
export function personalColumns(): { table: string; column: string; kind: Text; erasure: Erasure }[] {
  return Object.entries(PERSONAL_DATA).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, personal]) =>
      personal ? [{ table, column, kind: KIND_TEXTS[personal.kind], erasure: personal.erasure }] : [],
    ),
  );
}

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A template that is sound: two parties, one report with a review, a quarterly survey, a penalty. */
export const SMALL = `format: 1
id: small
version: 1
source: S900
title: { zh: 小协议, en: Small agreement }
summary: { zh: 一份报告，每季一次调查。, en: 'One report, a survey every quarter.' }
parties:
  A: { zh: 甲方, en: Party A }
  B: { zh: 乙方, en: Party B }
seats:
  - { id: manager, party: B, title: { zh: 经理, en: Manager }, clauses: [S900-01] }
signatories: [A, B]
noticeHours: { days: noticeDays, from: noticeFrom, to: noticeTo }
clauses:
  { start: [S900-01], signing: [S900-01], inForce: [S900-01], termination: [S900-01], expiry: [S900-01] }
terms:
  - { name: contractTotal, type: money, currency: currency, origin: blank, required: true, clauses: [S900-01], label: { zh: 总额, en: Total } }
  - { name: currency, type: currency, origin: proposal, value: CNY, clauses: [S900-01], label: { zh: 币种, en: Currency } }
  - { name: reportDays, type: integer, unit: days, min: 1, max: 365, origin: fixed, value: 30, clauses: [S900-02], label: { zh: 期限, en: Days } }
  - { name: replyWorkingDays, type: integer, unit: working-days, min: 1, max: 90, origin: fixed, value: 5, clauses: [S900-02], label: { zh: 答复, en: Reply } }
  - { name: penaltyPercent, type: percent, unit: percent-per-day, min: 0, max: 100, origin: fixed, value: '0.5', clauses: [S900-02], label: { zh: 违约金, en: Penalty } }
  - { name: windowDays, type: integer, unit: days, min: 1, max: 90, origin: proposal, value: 10, clauses: [S900-02], label: { zh: 审核, en: Review } }
  - name: weights
    type: mapping
    keys:
      - { value: quality, label: { zh: 质量, en: Quality } }
      - { value: price, label: { zh: 价格, en: Price } }
    values: { type: percent, min: 0, max: 100 }
    total: 100
    origin: fixed
    value: { quality: 60, price: 40 }
    clauses: [S900-03]
    label: { zh: 权重, en: Weights }
  - { name: withSurvey, type: boolean, origin: proposal, value: true, clauses: [S900-03], label: { zh: 调查, en: Survey } }
  - { name: reminderLeadDays, type: list, unit: days, min: 1, max: 365, maxItems: 5, origin: proposal, value: [7, 1], clauses: [S900-02], label: { zh: 提醒, en: Reminders } }
  - name: rollover
    type: enum
    options:
      - { value: next-working-day, label: { zh: 顺延, en: moves } }
      - { value: none, label: { zh: 不顺延, en: stays } }
    origin: proposal
    value: next-working-day
    clauses: [S900-02]
    label: { zh: 顺延, en: Roll-over }
  - { name: dayEnd, type: time, origin: proposal, value: '24:00', clauses: [S900-02], label: { zh: 截止, en: Day ends } }
  - name: noticeDays
    type: enum
    options:
      - { value: working-days, label: { zh: 工作日, en: working days } }
      - { value: every-day, label: { zh: 每日, en: every day } }
    origin: proposal
    value: working-days
    clauses: [S900-02]
    label: { zh: 通知日, en: Notice days }
  - { name: noticeFrom, type: time, edge: start, origin: proposal, value: '09:00', clauses: [S900-02], label: { zh: 起, en: From } }
  - { name: noticeTo, type: time, origin: proposal, value: '18:00', clauses: [S900-02], label: { zh: 止, en: To } }
  - { name: expiresOn, type: date, origin: blank, nullable: true, clauses: [S900-01], label: { zh: 截止日, en: Last day } }
elsewhere:
  - { parameter: partyAName, at: parties.A.name }
obligations:
  - id: report
    kind: deliverable
    title: { zh: 报告, en: Report }
    clauses: [S900-02]
    responsible: manager
    deadline: { anchor: signing, days: reportDays, rollover: rollover, dayEnd: dayEnd }
    reminderLeadDays: reminderLeadDays
    review: { kind: one-side, reviewers: [A], windowDays: windowDays, reworkDays: windowDays, clauses: [S900-02] }
    penalty: late
  - id: survey
    kind: deliverable
    title: { zh: 调查, en: Survey }
    clauses: [S900-03]
    when: { term: withSurvey }
    responsible: B
    deadline: { anchor: { period: quarter }, rollover: rollover, dayEnd: dayEnd }
    reminderLeadDays: reminderLeadDays
penalties:
  - { id: late, kind: daily, title: { zh: 违约金, en: Penalty }, clauses: [S900-02], base: contractTotal, percentPerDay: penaltyPercent, creditor: A }
rules:
  - { id: dimensions, kind: survey, title: { zh: 维度, en: Dimensions }, clauses: [S900-03], obligation: survey, weights: weights }
  - { id: third-party, kind: engagement, title: { zh: 第三方, en: Third party }, clauses: [S900-02], applicants: [B], application: { demands: [purpose], clauses: [S900-02] }, reply: { workingDays: replyWorkingDays, clauses: [S900-02] }, agreement: { signatories: [B, third], clauses: [S900-02] }, liability: { clauses: [S900-02] } }
wording: []
ending:
  expiry: { id: expiry, on: expiresOn }
  termination: [agreed]
`;

/** Its ledger: three clauses that oblige. */
export const SMALL_LEDGER = `source: S900
clauses:
  - id: S900-01
    article: 第一条
    kind: party-data
    text: text
    says: { zh: 双方与期限, en: Parties and term }
    parameters: [partyAName, contractTotal, expiresOn]
    status: recorded
  - id: S900-02
    article: 第二条
    kind: deliverable
    text: text
    says: { zh: 三十日内提交报告, en: A report within thirty days }
    parameters: [reportDays, replyWorkingDays, penaltyPercent]
    behaviour: [clock]
    status: automated
  - id: S900-03
    article: 第三条
    kind: survey
    text: text
    says: { zh: 每季调查, en: A survey each quarter }
    parameters: [weights]
    behaviour: [clock]
    status: automated
`;

/** Writes templates into a folder of their own: files by name, such as `small/template.yaml`. Returns the folder. */
export function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'abide-templates-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

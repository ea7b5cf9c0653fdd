import type { Actor, DocumentRef, PersonCommand } from '../../domain/agreement/command.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import type { ObligationReference } from '../../domain/agreement/reference.ts';
import type { RejectionCode } from '../../domain/agreement/rejection.ts';
import { isLocalDate } from '../../domain/local-date.ts';
import type { LocalDate } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Submission, Unstamped } from '../commands.ts';
import { given } from '../../domain/fields.ts';
import { type Writing, written } from '../life/acting.ts';
import { DECIMAL } from '../life/bodies.ts';
import { isBound } from '../life/consent.ts';
import { Problem } from '../problem.ts';
import type { BroughtDocument } from '../upload.ts';
import { idIn } from './asked.ts';
import type { LiveLink } from './link.ts';

const MAX_TEXT = 2_000;

/** What a form sent. */
export interface Sent {
  fields: Record<string, string[]>;
  documents: BroughtDocument[];
}

type Base = { id: string; actor: Actor };

/**
 * The act that the form of a link asks for, where it is about no duty: the link's own seat, purpose and subject alone.
 *
 * @throws Problem `invalid-request`, `nothing-to-approve`
 */
export function answerSubmission(link: LiveLink, base: Base, sent: Sent): Submission {
  const { command, text } = answer(link, base, sent);
  return {
    agreementId: link.holder.agreementId,
    documents: sent.documents,
    ...written(text),
    command,
  };
}

function answer(
  { holder: { purpose, obligation: subject } }: LiveLink,
  base: Base,
  { fields, documents: files }: Sent,
): { command: Unstamped<PersonCommand>; text: Writing } {
  const documents: DocumentRef[] = files.map(({ sha256, size }) => ({ sha256, size }));
  const id = idIn(subject);
  const field = (name: string): string | undefined => fields[name]?.[0]?.trim() || undefined;
  const text = (name: string): string | undefined => {
    const value = field(name);
    if (value !== undefined && value.length > MAX_TEXT) throw wrongField(name, '过长', 'is too long');
    return value;
  };
  const verdict = field('verdict');
  switch (purpose) {
    case 'seal': {
      const sealedOn = field('sealedOn');
      if (sealedOn === undefined || !isLocalDate(sealedOn)) throw wrongField('sealedOn', '日期不存在', 'is no date');
      return { command: { ...base, type: 'seal', sealedOn, documents }, text: {} };
    }
    case 'approve': {
      const what = subject ?? '';
      if (!isBound(what)) throw new Problem('nothing-to-approve');
      return { command: { ...base, type: 'approve', what, documents }, text: { note: text('note') } };
    }
    case 'accept':
      if (verdict === 'accept') return { command: { ...base, type: 'accept', amendment: id }, text: {} };
      if (verdict !== 'decline') throw wrongField('verdict', '应为接受或不接受', 'is neither');
      return { command: { ...base, type: 'decline', amendment: id }, text: { reason: text('reason') } };
    case 'object': {
      const ended = subject?.startsWith('termination:') ? { notice: id } : {};
      return { command: { ...base, type: 'object', ...ended, documents }, text: { reason: text('reason') } };
    }
    case 'answer': {
      if (verdict !== 'agree' && verdict !== 'dispute') throw wrongField('verdict', '应为同意或异议', 'is neither');
      const amount = field('amount');
      if (amount !== undefined && !DECIMAL.test(amount)) throw wrongField('amount', '不是金额', 'is no amount');
      const agreed = verdict === 'agree' ? given({ amount }) : {};
      const setOff = verdict === 'agree' && field('setOff') === 'true' ? { setOff: true } : {};
      return {
        command: { ...base, type: 'answer', claim: id, verdict, ...agreed, ...setOff, documents },
        text: { reason: text('reason') },
      };
    }
    case 'reply': {
      if (verdict !== 'answer' && verdict !== 'refuse') throw wrongField('verdict', '应为答复或拒绝', 'is neither');
      const details = text('details');
      if (verdict === 'answer' && details === undefined && documents.length === 0)
        throw wrongField('details', '请填写答复', 'is missing');
      return {
        command: { ...base, type: 'carry-matter', matter: id, step: verdict, documents },
        text: { details },
      };
    }
    default:
      throw new Error(`a link to ${purpose} is about a duty`);
  }
}

/** What was paid by whoever was reminded of it. @throws Problem `invalid-request` */
export function paymentSubmission(
  link: LiveLink,
  base: Base,
  { fields, documents: files }: Sent,
  about: ObligationReference,
): Submission {
  const amount = fields['amount']?.[0]?.trim() ?? '';
  const reference = fields['reference']?.[0]?.trim() || undefined;
  if (!DECIMAL.test(amount)) throw wrongField('amount', '请填写金额', 'is no amount');
  if (reference !== undefined && reference.length > 200) throw wrongField('reference', '过长', 'is too long');
  const documents = files.map(({ sha256, size }) => ({ sha256, size }));
  return {
    agreementId: link.holder.agreementId,
    documents: files,
    ...written({ reference }),
    command: { ...base, type: 'pay', ...about, amount, documents },
  };
}

/** Refusals that the form itself can cure. */
const CURABLE: readonly RejectionCode[] = [
  'evidence-missing',
  'amount-invalid',
  'amount-too-large',
  'date-out-of-range',
];

/** Why the contract would refuse whatever the form sends, as things stand; undefined where it would take one of them. */
export function refusedAnswer(link: LiveLink, actor: Actor, nowMs: number): RejectionCode | undefined {
  const today = localDateAt(link.compiled.zone, nowMs);
  const trials = trialsOf(link, today).map((fields): RejectionCode | undefined => {
    const { command } = answer(link, { id: 'trial', actor }, { fields, documents: [] });
    const decided = decide({ ...command, receivedAtMs: nowMs } as PersonCommand, link.state);
    return isRejection(decided) && !CURABLE.includes(decided.rejected) ? decided.rejected : undefined;
  });
  return trials.includes(undefined) ? undefined : trials[0];
}

function trialsOf({ holder: { purpose } }: LiveLink, today: LocalDate): Record<string, string[]>[] {
  switch (purpose) {
    case 'seal':
      return [{ sealedOn: [today] }];
    case 'accept':
      return [{ verdict: ['accept'] }, { verdict: ['decline'] }];
    case 'answer':
      return [{ verdict: ['agree'] }, { verdict: ['dispute'] }];
    case 'reply':
      return [
        { verdict: ['answer'], details: ['-'] },
        { verdict: ['refuse'], details: ['-'] },
      ];
    default:
      return [{}];
  }
}

/** Whether the contract knows a refusal of this matter: an incident is not refused. */
export function mayRefuse(link: LiveLink, actor: Actor, nowMs: number): boolean {
  const sent = { fields: { verdict: ['refuse'], details: ['-'] }, documents: [] };
  const { command } = answer(link, { id: 'trial', actor }, sent);
  return !isRejection(decide({ ...command, receivedAtMs: nowMs } as PersonCommand, link.state));
}

/** A field of a form that cannot be taken as it is. */
export function wrongField(path: string, zh: string, en: string): Problem {
  const cure = { zh: '请返回更正', en: 'Go back and correct it' };
  return new Problem('invalid-request', { errors: [{ path, message: { zh, en: `${path} ${en}.` }, cure }] });
}

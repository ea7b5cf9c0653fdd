import type { Actor, DocumentRef } from '../../../domain/agreement/command.ts';
import type { RejectionCode } from '../../../domain/agreement/rejection.ts';
import type { EngagementPersonCommand } from '../../../domain/engagement/command.ts';
import { engagementRules } from '../../../domain/engagement/engagement.ts';
import { given } from '../../../domain/fields.ts';
import { isLocalDate } from '../../../domain/local-date.ts';
import { isRefused } from '../../../domain/process/fold.ts';
import type { Instant, LocalDate } from '../../../domain/time.ts';
import { localDateAt } from '../../../domain/zone.ts';
import type { Submission, Unstamped } from '../../commands.ts';
import { type Writing, written } from '../../life/acting.ts';
import { DECIMAL } from '../../life/bodies.ts';
import type { View } from '../../engagements/view.ts';
import { Problem } from '../../problem.ts';
import { MAX_POINTS, MAX_POINT_LENGTH } from '../../routes/reviews.ts';
import { type Sent, wrongField } from '../answering.ts';
import { type StepForm, formsOf } from './forms.ts';
import type { LinkedEngagement } from './linked.ts';

const MAX_TITLE = 200;
const MAX_WORDS = 20_000;

type Said = { command: object; text: Writing };

/** What a form's fields say, read as they are needed. @throws Problem `invalid-request` */
interface Fields {
  words(name: string): string | undefined;
  needed(name: string, most?: number): string;
  date(name: string): LocalDate;
  amount(name: string): string | undefined;
  points(): string[];
  documents: DocumentRef[];
}

/**
 * The act that a form of an engagement's page asks for: the link's own seat, engagement and step alone, and what was shown.
 *
 * @param shown which draft, round, hand-in, change of the cap stands there now (told.ts)
 * @throws Problem `invalid-request`; `nothing-to-approve` where something else has taken the place of what was shown
 */
export function stepSubmission(
  { process, step, about }: LinkedEngagement,
  base: { id: string; actor: Actor },
  sent: Sent,
  shown: string,
): Submission {
  const { row, state } = process;
  const field = (name: string): string | null => sent.fields[name]?.[0] || null;
  const form = formsOf(step, about, state).find(
    (one) => one.act === field('act') && one.about === field('about') && one.verdict === field('verdict'),
  );
  if (!form) throw wrongField('act', '不属于本链接办理的事项', 'is not what this link is for');
  if (field('shown') !== (shown || null)) throw new Problem('nothing-to-approve');
  const { command, text } = commandOf(form, fieldsOf(sent));
  return {
    agreementId: row.agreementId,
    workflowId: row.workflowId,
    documents: sent.documents,
    ...written(text),
    command: { ...command, ...base } as Unstamped<EngagementPersonCommand>,
  };
}

function commandOf({ act, about, verdict }: StepForm, said: Fields): Said {
  const { documents } = said;
  const type = act;
  const of = about ?? '';
  switch (act) {
    case 'reply': {
      const reason = verdict === 'agree' ? undefined : said.needed('reason');
      return { command: { type, verdict, hasReason: reason !== undefined, documents }, text: { reason } };
    }
    case 'provide':
      return { command: { type, documents }, text: { details: said.needed('details') } };
    case 'review':
    case 'judge-delivery': {
      const points = verdict === 'reject' ? said.points() : [];
      const milestone = act === 'judge-delivery' ? { milestone: of } : {};
      return {
        command: { type, ...milestone, verdict, pointCount: points.length },
        text: { points: points.length > 0 ? points : undefined },
      };
    }
    case 'sign':
      return { command: { type, signedOn: said.date('signedOn'), documents }, text: {} };
    case 'refuse-to-sign':
      return { command: { type }, text: { reason: said.needed('reason') } };
    case 'deliver':
      return { command: { type, milestone: of, documents }, text: { note: said.words('note') } };
    case 'review-effect':
      return { command: { type, milestone: of, verdict }, text: { note: said.words('note') } };
    case 'answer-support':
      return { command: { type, request: of, documents }, text: { details: said.needed('details') } };
    case 'answer-cap':
      return { command: { type, verdict, documents }, text: { reason: said.words('reason') } };
    case 'answer-loss': {
      const amount = verdict === 'agree' ? said.amount('amount') : undefined;
      const reason = verdict === 'dispute' ? said.needed('reason') : undefined;
      return { command: { type, loss: of, verdict, ...given({ amount }), documents }, text: { reason } };
    }
    case 'end':
      return { command: { type, ground: of, documents }, text: { reason: said.words('reason') } };
    case 'settle':
      return { command: { type, item: of, documents }, text: { note: said.words('note') } };
    case 'undertake':
      return { command: { type, what: of, documents }, text: {} };
    case 'start-work':
      return { command: { type }, text: {} };
    case 'ask-support': {
      const text = { topic: said.needed('topic', MAX_TITLE), details: said.words('details') };
      return { command: { type, of: [] }, text };
    }
    default:
      throw new Error(`no form of a link does ${act}`);
  }
}

function fieldsOf({ fields, documents }: Sent): Fields {
  const words = (name: string, most = MAX_WORDS): string | undefined => {
    const value = fields[name]?.[0]?.trim() || undefined;
    if (value !== undefined && value.length > most) throw wrongField(name, '过长', 'is too long');
    return value;
  };
  return {
    words,
    needed(name, most) {
      const value = words(name, most);
      if (value === undefined) throw wrongField(name, '请填写', 'is missing');
      return value;
    },
    date(name) {
      const value = words(name) ?? '';
      if (!isLocalDate(value)) throw wrongField(name, '日期不存在', 'is not a date that exists');
      return value;
    },
    amount(name) {
      const value = words(name);
      if (value !== undefined && !DECIMAL.test(value)) throw wrongField(name, '不是金额', 'is no amount');
      return value;
    },
    points() {
      const points = (fields['points'] ?? []).map((point) => point.trim()).filter((point) => point !== '');
      if (points.length > MAX_POINTS || points.some((point) => point.length > MAX_POINT_LENGTH)) {
        throw wrongField('points', '意见过长或过多', 'are too long or too many');
      }
      return points;
    },
    documents: documents.map(({ sha256, size }) => ({ sha256, size })),
  };
}

/** All that whoever acts can still choose, chosen rightly. */
function rightly(today: LocalDate): Fields {
  return {
    words: () => '-',
    needed: () => '-',
    date: () => today,
    amount: () => undefined,
    points: () => ['-'],
    documents: [{ sha256: '0'.repeat(64), size: 1 }],
  };
}

/** The forms that the rules would take now from whoever acts; where they take none, why not the first. */
export function openForms(
  engagement: LinkedEngagement,
  actor: Actor,
  nowMs: Instant,
): { forms: StepForm[]; refused: RejectionCode | undefined } {
  const { process, step, about } = engagement;
  const { state, input } = process;
  if (isReplaced(engagement)) return { forms: [], refused: 'nothing-to-approve' };
  const said = rightly(localDateAt(input.zone, nowMs));
  const tried = formsOf(step, about, state).map((form) => {
    const { command } = commandOf(form, said);
    const decided = engagementRules.decide({ ...command, id: 'trial', actor, receivedAtMs: nowMs } as never, state);
    const refused = isRefused(decided) ? decided.rejected : undefined;
    return { form, refused, isOpen: refused === undefined && 'events' in decided && decided.events.length > 0 };
  });
  const refused = tried[0]?.refused ?? 'nothing-to-approve';
  // Whoever has signed has answered, though the agreement may still not come about.
  if (refused === 'already-signed') return { forms: [], refused };
  const forms = tried.filter(({ isOpen }) => isOpen).map(({ form }) => form);
  return { forms, refused: forms.length > 0 ? undefined : refused };
}

/** Whether something else has taken the place of what was asked: another round, change or ground; or it is another's to say. */
function isReplaced({ step, about, isThird, process: { state } }: LinkedEngagement): boolean {
  const { rounds, capChanges, ending } = state;
  switch (step) {
    case 'reply':
      return about !== null && about !== `round-${String(rounds.length)}`;
    case 'cap':
      return isThird;
    case 'work':
      return !isThird;
    case 'cap-consent':
      return !isThird || (about !== null && about !== `cap-${String(capChanges.length)}`);
    case 'end':
      return ending?.ground !== about;
    case 'purpose':
      return ending !== null && ending.ground !== 'purpose-achieved';
    default:
      return false;
  }
}

/** What stands there now of what a step decides on: a form that showed something else is not taken. */
export function shownNow(view: View, { step, about }: Pick<LinkedEngagement, 'step' | 'about'>): string {
  switch (step) {
    case 'reply':
    case 'provide':
      return `round-${String(view.rounds[0]?.number ?? 0)}`;
    case 'review':
    case 'sign':
      return view.draft?.draftedAt ?? '';
    case 'accept':
      return view.milestones.find(({ milestone }) => milestone === about)?.handedInAt ?? '';
    case 'cap':
    case 'cap-consent':
      return `cap-${String(view.capChanges.length)}`;
    case 'end':
      return view.ending?.ground ?? '';
    default:
      return '';
  }
}

import { accessSuspended, thirdPartyAccess } from '../engagement/access.ts';
import { endEngagement } from '../engagement/end.ts';
import { award, evaluated } from '../evaluation/keeping.ts';
import { postEngagement } from '../engagement/posted.ts';
import { book, payBooking } from '../ledger/booking.ts';
import { answer, claim, payFor } from '../ledger/claim.ts';
import { waive } from '../ledger/waiver.ts';
import { accept, decline, propose } from '../life/amendment.ts';
import { enterBaseline } from '../life/baseline.ts';
import { cure, curesOf } from '../life/breach.ts';
import { approve, invitations, seal, sign, withdraw } from '../life/effect.ts';
import { override } from '../life/override.ts';
import { redate } from '../redating/redate.ts';
import { endMeant, objectToEnd } from '../life/end-objection.ts';
import { objectToRenewal } from '../life/renewal.ts';
import { concluded, settle } from '../life/settlement.ts';
import { resume, suspend } from '../life/suspension.ts';
import { undelivered } from '../life/failed-service.ts';
import { serve, served } from '../life/termination.ts';
import { judgedAnew, measured } from '../goal/goals.ts';
import { carryMatter, openMatter } from '../matters/matters.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { riskNoted } from '../risk/register-check.ts';
import { visitsCounted } from '../visit/checks.ts';
import type {
  Command,
  CommandOf,
  CommandType,
  HoldBack,
  Pay,
  PersonCommand,
  Review,
  Start,
  Submit,
} from './command.ts';
import { type Decision, decision, isRejection } from './decision.ts';
import { delegate, recall } from './delegating.ts';
import { terminate } from './ending.ts';
import { evolve } from './evolve.ts';
import { followers, willOccur } from './opening.ts';
import { tooMany } from './limits.ts';
import { hasEnded, outOfPhase } from './phase.ts';
import { acknowledge, circulate, remind } from './reading.ts';
import { referenceOf } from './reference.ts';
import type { Rejection } from './rejection.ts';
import { replace, vacate } from './replacing.ts';
import type { AgreementState } from './state.ts';
import { obligationContexts } from './obligations.ts';
import { tick } from './tick.ts';

/**
 * What the contract says to a command: what happens, or why not. Pure: the command bears its time.
 * Everything due before the command's time must have been folded (see `nextDue`).
 */
export function decide(command: Command, state: AgreementState): Decision | Rejection {
  const decided = answerTo(command, state);
  if (isRejection(decided) || command.type === 'start' || command.type === 'tick') return decided;
  const base = { occurredAtMs: command.receivedAtMs, actor: command.actor, commandId: command.id };
  const suspended = accessSuspended(state, decided.events, base);
  const followed = [...decided.events, ...suspended.events, ...followers(state, decided.events)];
  const after = followed.reduce(evolve, state);
  const cures = curesOf(after, base);
  const anew = judgedAnew(after, followed, base);
  const whole = {
    ...decided,
    events: [...followed, ...cures.events, ...anew.events],
    schedule: [...decided.schedule, ...suspended.schedule, ...cures.schedule, ...anew.schedule],
  };
  return hasEnded(state) ? concluded(whole, state, base) : whole;
}

function answerTo(command: Command, state: AgreementState): Decision | Rejection {
  if (command.type === 'start') return start(command, state);
  if (command.type === 'tick') return tick(command, state);
  return outOfPhase(command.type, state) ?? tooMany(command, state) ?? deciderOf(command.type)(command, state);
}

/** What decides each act, once its phase allows it. */
const DECIDERS: { [T in CommandType]: (command: CommandOf<T>, state: AgreementState) => Decision | Rejection } = {
  sign,
  submit: aboutObligation,
  review: aboutObligation,
  pay: (command, state) => {
    if (command.claim !== undefined) return payFor(command, state);
    return command.booking === undefined ? aboutObligation(command, state) : payBooking(command, state);
  },
  'hold-back': aboutObligation,
  replace,
  vacate,
  delegate,
  recall,
  circulate,
  remind,
  acknowledge,
  undelivered,
  terminate,
  seal,
  approve,
  withdraw,
  'enter-baseline': enterBaseline,
  waive,
  propose,
  accept,
  decline,
  override,
  redate,
  suspend,
  resume,
  object(command, state) {
    const notice = endMeant(command, state);
    return notice === undefined ? objectToRenewal(command, state) : objectToEnd({ ...command, notice }, state);
  },
  serve,
  served,
  cure,
  settle,
  claim,
  answer,
  book,
  'open-matter': openMatter,
  'carry-matter': carryMatter,
  'end-engagement': endEngagement,
  'third-access': thirdPartyAccess,
  measured,
  evaluated,
  award,
  'post-engagement': postEngagement,
  'visits-counted': visitsCounted,
  'risk-noted': riskNoted,
};

function deciderOf(type: CommandType): (command: PersonCommand, state: AgreementState) => Decision | Rejection {
  return DECIDERS[type] as (command: PersonCommand, state: AgreementState) => Decision | Rejection;
}

/** What is done about one duty goes to the rules that the agreement was signed under. */
function aboutObligation(command: Submit | Review | Pay | HoldBack, state: AgreementState): Decision | Rejection {
  const context = meantBy(command, state);
  if ('rejected' in context) return context;
  const rules = rulesOf(context.rule);
  switch (command.type) {
    case 'submit':
      return rules.submit(context, command);
    case 'review':
      return rules.review(context, command);
    case 'pay':
      return rules.pay(context, command);
    case 'hold-back':
      return rules.holdBack(context, command);
  }
}

/**
 * The obligation, and of a recurring one the occurrence, that an act is about: without a word, the earliest that is open,
 * for a verdict the earliest under review.
 */
function meantBy(
  { type, obligation: id = '', occurrence }: Submit | Review | Pay | HoldBack,
  state: AgreementState,
): ObligationContext | Rejection {
  const contexts = obligationContexts(state).filter(({ rule }) => rule.id === id);
  const rule = state.agreement.obligations.find((one) => one.id === id) ?? contexts.at(-1)?.rule;
  const reference = referenceOf({ obligation: id, occurrence });
  if (!rule)
    return {
      rejected: 'unknown-obligation',
      message: `no obligation ${id} is run here: unknown, or a term that it needs is open`,
    };
  const reviewed =
    type === 'review' ? contexts.find((context) => rulesOf(context.rule).waitingFor(context).length > 0) : undefined;
  const found =
    occurrence === undefined
      ? (reviewed ?? contexts.find((context) => rulesOf(context.rule).isOpen(context.state)) ?? contexts.at(-1))
      : contexts.find((context) => context.state.occurrence === occurrence);
  if (found && found.state.due !== null) return found;
  if (found || occurrence === undefined || willOccur(state, rule, occurrence)) {
    return { rejected: 'not-open-yet', message: `${reference} has not begun`, clauses: rule.clauses };
  }
  return { rejected: 'unknown-obligation', message: `no occurrence ${reference}` };
}

function start(command: Start, state: AgreementState): Decision {
  const { agreement } = state;
  return decision({
    events: [
      {
        type: 'agreement-started',
        occurredAtMs: command.receivedAtMs,
        actor: command.actor,
        clauses: agreement.clauses.start,
        commandId: command.id,
        ...(command.seated ? { seated: command.seated } : {}),
      },
    ],
    schedule: invitations(state, command.receivedAtMs),
  });
}

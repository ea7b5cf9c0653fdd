import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { addYears } from '../local-date.ts';
import { localDateAt } from '../zone.ts';
import type { Command, Review, Sign, Start, Submit } from './command.ts';
import { type Decision, decision, isRejection } from './decision.ts';
import { expiryOf, terminate } from './ending.ts';
import type { EventBody } from './event.ts';
import { evolve } from './evolve.ts';
import type { NoticeFacts } from './notice.ts';
import { firstDue, followers, openings, willOccur } from './opening.ts';
import { COORDINATOR, actingParty, livingSeats } from './parties.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';
import { obligationContexts } from './obligations.ts';
import { teller } from './telling.ts';
import { tick } from './tick.ts';

/** A paper older than this is not taken: its calendar is not pinned, and its past would be endless. */
const YEARS_BACK = 10;

/**
 * What the contract says to a command: what happens, or why not. Pure: the command bears its time.
 * Everything due before the command's time must have been folded (see `nextDue`).
 */
export function decide(command: Command, state: AgreementState): Decision | Rejection {
  const decided = answerTo(command, state);
  if (isRejection(decided) || command.type === 'start' || command.type === 'tick') return decided;
  return { ...decided, events: [...decided.events, ...followers(state, decided.events)] };
}

function answerTo(command: Command, state: AgreementState): Decision | Rejection {
  if (command.type === 'start') return start(command, state);
  if (command.type === 'tick') return tick(command, state);
  if (state.status === 'terminated' || state.status === 'expired') {
    return { rejected: 'agreement-ended', message: `the agreement is ${state.status} since ${state.endedOn ?? ''}` };
  }
  if (command.type === 'sign') return sign(command, state);
  if (state.status !== 'active') {
    return { rejected: 'not-in-force', message: 'not every party has signed yet' };
  }
  switch (command.type) {
    case 'submit':
    case 'review': {
      const context = meantBy(command, state);
      if ('rejected' in context) return context;
      const rules = rulesOf(context.rule);
      return command.type === 'submit' ? rules.submit(context, command) : rules.review(context, command);
    }
    case 'terminate':
      return terminate(command, state);
  }
}

/**
 * The obligation, and of a recurring one the occurrence, that an act is about: without a word, the earliest that is open,
 * for a verdict the earliest under review.
 */
function meantBy(
  { type, obligation: id, occurrence }: Submit | Review,
  state: AgreementState,
): ObligationContext | Rejection {
  const contexts = obligationContexts(state).filter(({ rule }) => rule.id === id);
  const rule = state.agreement.obligations.find((one) => one.id === id);
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
    const named = occurrence === undefined ? id : `${id}#${occurrence}`;
    return { rejected: 'not-open-yet', message: `${named} has not begun`, clauses: rule.clauses };
  }
  return { rejected: 'unknown-obligation', message: `no occurrence ${id}#${occurrence}` };
}

function start(command: Start, { agreement }: AgreementState): Decision {
  const invite = teller(agreement, command.receivedAtMs, agreement.clauses.signing);
  return decision({
    events: [
      {
        type: 'agreement-started',
        occurredAtMs: command.receivedAtMs,
        actor: command.actor,
        clauses: agreement.clauses.start,
        commandId: command.id,
      },
    ],
    schedule: agreement.signatories
      .filter((party) => agreement.seats.includes(party))
      .map((seat) => ({ ...invite('sign-invitation', seat, {}), act: 'sign' as const })),
  });
}

/** A party's signature on paper; in force when the last has signed, day 0 is the latest date on paper (S001a-01). */
function sign(command: Sign, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const party = actingParty(command.actor);
  if (party === undefined || !agreement.signatories.includes(party)) {
    return { rejected: 'not-responsible', message: `signed by ${agreement.signatories.join(', ')}` };
  }
  if (command.actor.seat === COORDINATOR && command.documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'a signature entered for a party needs its scan' };
  }
  if (state.signatures[party] !== undefined) {
    return { rejected: 'already-signed', message: `${party} signed on ${state.signatures[party]}` };
  }
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const signedOn = command.signedOn ?? today;
  if (signedOn > today) return { rejected: 'signed-on-in-future', message: `${signedOn} is after ${today}` };
  if (signedOn < addYears(today, -YEARS_BACK)) {
    return { rejected: 'signed-on-too-early', message: `${signedOn} is more than ${YEARS_BACK} years ago` };
  }

  const base = { occurredAtMs: command.receivedAtMs, actor: command.actor, commandId: command.id };
  const events: EventBody[] = [
    {
      ...base,
      type: 'agreement-signed',
      clauses: agreement.clauses.signing,
      party,
      signedOn,
      documents: command.documents,
    },
  ];
  const signatures = { ...state.signatures, [party]: signedOn };
  if (!agreement.signatories.every((signatory) => signatures[signatory] !== undefined)) return decision({ events });

  const day0 = Object.values(signatures).reduce((latest, date) => (date > latest ? date : latest));
  const expiresOn = expiryOf(agreement, day0);
  if (expiresOn !== null && day0 > expiresOn) {
    return { rejected: 'signed-after-expiry', message: `signed on ${day0}, after ${expiresOn}` };
  }
  const dues = agreement.obligations.flatMap((rule) => {
    const due = firstDue(agreement, rule, { inForceOn: day0, expiresOn });
    return due ? [{ obligation: rule.id, dueAtMs: due.dueAtMs, localDate: due.localDate }] : [];
  });
  events.push({
    ...base,
    type: 'agreement-in-force',
    clauses: agreement.clauses.inForce,
    signedOn: day0,
    ...(agreement.term && expiresOn !== null ? { expiresOn } : {}),
    dues,
  });
  const inForce = events.reduce(evolve, state);
  events.push(...openings(inForce, command.receivedAtMs, command.actor, command.id));
  const facts: NoticeFacts = {
    signedOn: day0,
    dues: dues.map(({ obligation, localDate }) => ({
      obligation,
      localDate,
      responsible: agreement.obligations.find((rule) => rule.id === obligation)?.responsible ?? '',
    })),
  };
  const tell = teller(agreement, command.receivedAtMs, agreement.clauses.inForce);
  const others = livingSeats(agreement).filter((seat) => seat !== party);
  return decision({ events, schedule: others.map((seat) => tell('agreement-in-force', seat, facts)) });
}

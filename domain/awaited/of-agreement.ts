import { COORDINATOR, THIRD, approversOf } from '../agreement/parties.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { phaseOf } from '../agreement/phase.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { AgreementState } from '../agreement/state.ts';
import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { type Awaited, awaited } from './awaited.ts';

/** What an agreement itself waits for: its effect, its duties, answers of the parties to one another. */
export function awaitedOfAgreement(state: AgreementState): Awaited[] {
  switch (phaseOf(state)) {
    case 'before':
      return beforeEffect(state);
    case 'in-force':
      return [...duties(state), ...answers(state), ...claims(state)];
    case 'after':
      return [...duties(state), ...claims(state)];
    case 'over':
      return duties(state);
  }
}

/** Signatures first, then what else its effect needs. */
function beforeEffect(state: AgreementState): Awaited[] {
  const { agreement, signatures, seals, status } = state;
  if (status === 'new') return [];
  const effect = agreement.life?.effect;
  const unsigned = agreement.signatories.filter((party) => signatures[party] === undefined);
  const unsealed = effect?.seal ? agreement.signatories.filter((party) => seals[party] === undefined) : [];
  const named = [
    ...(unsigned.length > 0 ? [awaited('agreement', effect?.policy ? 'post' : 'sign', unsigned)] : []),
    ...(unsealed.length > 0 ? [awaited('agreement', 'seal', unsealed)] : []),
  ];
  return named.length > 0 ? named : [awaited('agreement', 'take-effect', approversOf(agreement))];
}

const OPEN = ['pending', 'overdue', 'rework'];

function duties(state: AgreementState): Awaited[] {
  return obligationContexts(state).flatMap((context) => duty(context));
}

function duty(context: ObligationContext): Awaited[] {
  const { rule, state } = context;
  const about = referenceOf({ obligation: rule.id, occurrence: state.occurrence });
  const kind = rule.rule === 'payment@1' ? 'payment' : 'obligation';
  const isPaused = state.pauses.some(({ until }) => until === null);
  const running = { about, isPaused };
  if (state.status === 'in-review') {
    const reviewers = rulesOf(rule).waitingFor(context);
    const due = isPaused ? null : state.review;
    return reviewers.length === 0 ? [] : [awaited(kind, 'review', reviewers, { ...running, due })];
  }
  if (!OPEN.includes(state.status) || state.due === null) return [];
  const act = kind === 'payment' ? 'pay' : state.status === 'rework' ? 'rework' : 'submit';
  return [awaited(kind, act, [rule.responsible], { ...running, due: isPaused ? null : state.due })];
}

/** The parties' word on what one of them proposed or gave notice of. */
function answers({ agreement, amendments, pauseProposals, terminations, breaches }: AgreementState): Awaited[] {
  const { parties, zone } = agreement;
  const until = (atMs: Instant) => ({ dueAtMs: atMs, localDate: localDateAt(zone, atMs - 1) });
  const others = (said: readonly string[]): string[] => parties.filter((party) => !said.includes(party));
  return [
    ...amendments
      .filter(({ status }) => status === 'proposed')
      .map(({ id: about, acceptedBy, lapsesAtMs, third }) => {
        if (third?.stage === 'agreed-by-parties') return awaited('agreement', 'serve', [COORDINATOR], { about });
        if (third?.stage === 'notified')
          return awaited('agreement', 'answer-amendment', [THIRD], { about, due: third.due });
        const due = lapsesAtMs === null ? null : until(lapsesAtMs);
        return awaited('agreement', 'answer-amendment', others(acceptedBy), { about, due });
      }),
    ...pauseProposals.map(({ number, agreedBy }) =>
      awaited('agreement', 'answer-pause', others(agreedBy), { about: String(number) }),
    ),
    ...terminations
      .filter(({ needs }) => needs.length > 0)
      .map(({ id, needs, due }) => awaited('agreement', 'answer-termination', needs, { about: id, due })),
    ...breaches
      .filter(({ status }) => status === 'notified' || status === 'negotiating')
      .map(({ id, against, due }) => awaited('agreement', 'cure', [against], { about: id, due })),
  ].filter(({ waitsFor }) => waitsFor.length > 0);
}

/** What is asked of the other side: claims, and matters that were put to somebody. */
function claims({ claims: made, matters }: AgreementState): Awaited[] {
  return [
    ...made
      .filter(({ status }) => status === 'made' || status === 'overdue')
      .map(({ id, against, answerDue: due }) => awaited('agreement', 'answer-claim', [against], { about: id, due })),
    ...matters.flatMap(({ id, kind, status, to, due }) =>
      (status === 'open' || status === 'overdue') && kind !== 'meeting' && to !== null
        ? [awaited('agreement', 'answer-matter', [to], { about: id, due })]
        : [],
    ),
  ];
}

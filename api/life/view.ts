import { type TrendPoint, satisfactionTrends } from '../../activities/satisfaction-trend.ts';
import type { CompiledPayment, CompiledTermination } from '../../domain/agreement/compiled.ts';
import type { Due } from '../../domain/agreement/event.ts';
import { obligationContext, obligationContexts } from '../../domain/agreement/obligations.ts';
import { approversOf, THIRD, partyOf } from '../../domain/agreement/parties.ts';
import { isInForce, phaseOf } from '../../domain/agreement/phase.ts';
import { readReference, referenceOf } from '../../domain/agreement/reference.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { isOfMoney } from '../../domain/agreement/sums.ts';
import { mayObjectToEnd } from '../../domain/life/end-objection.ts';
import { isObjected } from '../../domain/life/renewal.ts';
import { renewalPack } from '../../domain/life/renewal-pack.ts';
import { consentAwaited } from '../../domain/life/termination.ts';
import { balancesOf } from '../../domain/ledger/balance.ts';
import { limitsOn } from '../../domain/ledger/cap.ts';
import { type OwedSum, owedSums } from '../../domain/ledger/owed.ts';
import { addMoney, compareMoney, isZeroMoney, roundHalfUp, subtractMoney } from '../../domain/money.ts';
import { unpaidOf } from '../../domain/obligations/payment-state.ts';
import { type ObligationContext, rulesOf } from '../../domain/obligations/registry.ts';
import type { Instant, Text } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Template } from '../../templates/schema.ts';
import type { ApiDeps } from '../deps.ts';
import { grouped } from '../grouped.ts';
import { type Principal, reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import { type Draft, findAgreement, isMoneyTerm, matterTitle, seatTitles, stateOf, templateOf } from '../views.ts';
import { type Accounts, lifeAccounts } from './accounts.ts';
import { actsFor } from './acts.ts';
import { proposedTerms } from './amending.ts';
import { approvalTitle } from './approval-title.ts';
import { changeView } from './change-text.ts';
import type { LifeView } from './schema.ts';

/** What the sections of the view are made from. */
interface Telling {
  state: AgreementState;
  template: Template | undefined;
  accounts: Accounts;
  nowMs: Instant;
  /** The terms as the draft gave them. */
  given: Record<string, unknown>;
  seat(id: string): { seat: string; title: Text };
  seats(ids: readonly string[]): { seat: string; title: Text }[];
  subject(reference: string | null): { reference: string; title: Text } | null;
  due(due: Due | null): { dueAt: string; localDate: string } | null;
  at(ms: Instant): string;
  ruleTitle(id: string): Text;
}

/**
 * The whole life of an agreement as it stands: effect, changes, pauses, renewal, end, claims and matters. Money is for those
 * who may read the ledger; names, texts and documents for those who may read the record.
 *
 * @param sees what is shown where the reader's role does not say it: whoever is asked to answer sees what about
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function lifeView(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  agreementId: string,
  reader: Principal,
  { record: reads, money: seesMoney } = {
    record: reachOf('record.read', reader) !== 'none',
    money: reachOf('ledger.read', reader) !== 'none',
  },
): Promise<LifeView> {
  const row = await findAgreement(database, agreementId);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  const { zone } = state.agreement;
  const nowMs = clock();
  const template = templateOf(row.template);
  const titles = seatTitles(template);
  const [accounts, terms, acts, trends] = await Promise.all([
    lifeAccounts(database, { agreementId, zone, reads }),
    reads ? proposedTerms(database, state, row.draft as Record<string, unknown>) : undefined,
    actsFor({ database, clock }, { agreementId, state, reader }),
    satisfactionTrends(database, [agreementId]),
  ]);
  const seat = (id: string) => ({ seat: id, title: titles[id] ?? { zh: id, en: id } });
  const telling: Telling = {
    state,
    template,
    accounts,
    nowMs,
    given: (row.draft as Draft).terms ?? {},
    seat,
    seats: (ids) => ids.map(seat),
    subject: (reference) => (reference === null ? null : { reference, title: matterTitle(template, reference) }),
    due: (due) => due && { dueAt: isoAt(zone, due.dueAtMs), localDate: due.localDate },
    at: (ms) => isoAt(zone, ms),
    ruleTitle: (id) => template?.rules.find((rule) => rule.id === id)?.title ?? matterTitle(template, id),
  };
  return {
    sequence: row.sequence,
    asOf: isoAt(zone, nowMs),
    status: row.status,
    phase: phaseOf(state),
    acts,
    provides: provided(telling),
    effect: effect(telling),
    baselines: baselines(telling),
    payments: seesMoney ? payments(telling) : [],
    owed: seesMoney ? owed(telling) : [],
    amendments: state.amendments.map((amendment) =>
      amendmentView(
        telling,
        amendment,
        (terms?.get(amendment.id) ?? []).filter(({ name }) => seesMoney || !isMoneyTerm(name, template)),
        seesMoney,
      ),
    ),
    thirdAccess: thirdAccess(state),
    engagementEnds: engagementEnds(telling),
    suspensions: suspensions(telling),
    overrides: overrides(telling),
    pauses: state.pauseProposals.map(({ number, obligations, from, agreedBy }) => ({
      number,
      obligations: obligations.flatMap((obligation) => telling.subject(obligation) ?? []),
      from,
      agreedBy: telling.seats(agreedBy),
      waitsFor: telling.seats(state.agreement.signatories.filter((party) => !agreedBy.includes(party))),
      ...accounts.accountOf(accounts.of('suspension-proposed').find(({ event }) => event.number === number)),
    })),
    renewal: {
      expiresOn: state.expiresOn,
      announced: state.renewal.announced,
      objectedTo: isObjected(state) ? (state.expiresOn ?? state.renewal.objectedTo) : null,
      objectedBy: state.renewal.objectedBy === null ? null : seat(state.renewal.objectedBy),
      terms: state.renewal.terms.map(({ before, expiresOn, afresh = false, cut = [] }) => ({
        before,
        expiresOn,
        afresh,
        cut: cut.flatMap((reference) => telling.subject(reference) ?? []),
      })),
      pack: renewalPackOf(telling, seesMoney, trends.get(agreementId) ?? []),
    },
    breaches: breaches(telling),
    terminations: terminations(telling),
    settlement: settlement(telling, seesMoney),
    afterwards: afterwards(telling),
    claims: seesMoney ? claims(telling) : [],
    caps: seesMoney ? caps(telling) : [],
    waivers: seesMoney ? waivers(telling) : [],
    balances: seesMoney ? balances(state) : [],
    bookings: seesMoney ? bookings(telling) : [],
    matters: matters(telling),
  };
}

/** What the codes of an agreed list stand for: its entries bear them, or are numbered. */
function groundsOf(
  { id, codes }: CompiledTermination,
  given: Record<string, unknown>,
  template: Template | undefined,
): { code: string; words: string }[] {
  const rule = template?.rules.find((one) => one.id === id);
  const listed = rule?.kind === 'termination' && rule.grounds !== undefined ? given[rule.grounds] : undefined;
  const entries: unknown[] = Array.isArray(listed) ? listed : [];
  return codes.map((code, index) => {
    const entry = entries[index];
    if (typeof entry !== 'object' || entry === null) return { code, words: typeof entry === 'string' ? entry : code };
    const words = Object.entries(entry).filter(([name, value]) => name !== 'code' && typeof value === 'string');
    return { code, words: words.map(([, value]) => String(value)).join(' ') || code };
  });
}

const MEETINGS: Text = { zh: '会议', en: 'Meetings' };

function provided({ state, template, given, seat, seats, ruleTitle }: Telling): LifeView['provides'] {
  const { life } = state.agreement;
  const effectRule = life?.effect;
  return {
    seal: effectRule?.seal ? { clauses: effectRule.sealClauses } : null,
    review: effectRule?.review ? { clauses: effectRule.reviewClauses } : null,
    policy: effectRule?.policy ?? false,
    amendment: life?.amendment ? { ...life.amendment, consent: seats(life.amendment.consent) } : null,
    engagementEnd: life?.engagementEnd
      ? { ...life.engagementEnd, grounds: life.engagementEnd.grounds.map(({ ground }) => ground) }
      : null,
    override: life?.override ? { ...life.override, by: seats(life.override.by) } : null,
    suspension: life?.suspension ?? [],
    renewal: life?.renewal ?? null,
    terminations: (life?.terminations ?? []).map((rule) => ({
      ...rule,
      title: ruleTitle(rule.id),
      grounds: groundsOf(rule, given, template),
    })),
    afterwards: (life?.afterwards ?? []).map(({ id, responsible, kind, days, months, endless, clauses }) => ({
      id,
      title: ruleTitle(id),
      responsible: seat(responsible),
      kind,
      days,
      months: months ?? null,
      endless: endless === true,
      clauses,
    })),
    liabilities: (life?.liabilities ?? []).map(({ id, liable, answerDays, clauses }) => ({
      id,
      title: ruleTitle(id),
      liable: liable === null ? null : seat(liable),
      answerDays,
      clauses,
    })),
    bookings: (life?.bookings ?? []).map(({ id, kind, clauses }) => ({ id, title: ruleTitle(id), kind, clauses })),
    requests: (life?.requests ?? []).map(({ id, from, to, replyDays, clauses }) => ({
      id,
      title: ruleTitle(id),
      from: seat(from),
      to: seat(to),
      replyDays,
      clauses,
    })),
    confidentiality: (life?.confidentiality ?? []).map(({ id, bound, clauses }) => ({
      id,
      title: ruleTitle(id),
      bound: seats(bound),
      clauses,
    })),
    disputes: (life?.disputes ?? []).map((rule) => ({ ...rule, title: ruleTitle(rule.id) })),
    meetings: (life?.meetings ?? []).map((rule) => ({ ...rule, title: MEETINGS })),
  };
}

function effect({ state, template, accounts, seat, at }: Telling): LifeView['effect'] {
  const { agreement, signatures, seals, approvals, inForceOn } = state;
  const rule = agreement.life?.effect;
  const approvedBy = (what: string, by: string) => approvals.find((one) => one.what === what && one.by === by);
  const missing = agreement.signatories.flatMap((party) => {
    const lacks: LifeView['effect']['missing'] = [];
    const lack = (what: LifeView['effect']['missing'][number]['what']) => lacks.push({ what, party: seat(party) });
    if (rule?.review && !approvedBy('review', party)) lack('review');
    if (signatures[party] === undefined && rule?.policy) {
      for (const approver of approversOf(agreement)) {
        if (!approvedBy('policy', approver)) lacks.push({ what: 'policy', party: seat(approver) });
      }
      if (!approvals.some(({ what }) => what === 'posting')) lack('posting');
    } else if (signatures[party] === undefined) lack('signature');
    if (rule?.seal && seals[party] === undefined) lack('seal');
    return lacks;
  });
  return {
    signatories: agreement.signatories.map((party) => {
      const reviewed = approvedBy('review', party);
      return {
        party,
        title: seat(party).title,
        signedOn: signatures[party] ?? null,
        sealedOn: seals[party] ?? null,
        reviewedAt: reviewed ? at(reviewed.atMs) : null,
      };
    }),
    approvals: approvals.map(({ what, by, personId, atMs }) => ({
      what,
      title: approvalTitle(what, template),
      by: seat(by),
      at: at(atMs),
      person: accounts.nameOf(personId),
    })),
    missing: phaseOf(state) === 'before' ? missing : [],
    inForceOn,
    clauses: agreement.clauses.inForce,
  };
}

function baselines({ state, template, seat, seats, ruleTitle }: Telling): LifeView['baselines'] {
  return (state.agreement.life?.baselines ?? []).map(({ goal, term, clauses, value, confirmedBy }) => {
    const entered = state.baselines.find((one) => one.goal === goal);
    const isLocked = entered?.locked ?? (value !== null && state.inForceOn !== null);
    return {
      goal,
      term,
      title: template?.terms.find(({ name }) => name === term)?.label ?? ruleTitle(goal),
      clauses,
      value: entered?.value ?? value,
      by: entered?.by === undefined ? null : seat(entered.by),
      confirmedBy: seats(entered?.confirmedBy ?? []),
      waitsFor:
        isLocked || (entered?.value ?? value) === null
          ? []
          : seats(confirmedBy.filter((party) => !entered?.confirmedBy.includes(party))),
      locked: isLocked,
    };
  });
}

type PaymentContext = ObligationContext & { rule: CompiledPayment };

function payments({ state, nowMs, due, subject }: Telling): LifeView['payments'] {
  const on = localDateAt(state.agreement.zone, nowMs);
  return obligationContexts(state)
    .filter((context): context is PaymentContext => context.rule.rule === 'payment@1')
    .map(({ rule, state: progress }) => {
      const reference = referenceOf({ obligation: rule.id, occurrence: progress.occurrence });
      return {
        ...(subject(reference) ?? { reference, title: { zh: reference, en: reference } }),
        debtor: partyOf(state.agreement, rule.responsible),
        creditor: rule.payee,
        amount: rule.amount,
        currency: rule.currency,
        due: due(progress.due),
        status: progress.status,
        paid: progress.paid.flatMap(({ on: day, amount, letGo }) => (letGo ? [] : [{ on: day, amount }])),
        unpaid: roundHalfUp(unpaidOf(rule, progress), rule.currency),
        held: roundHalfUp(progress.held.at(-1)?.amount ?? '0', rule.currency),
        mayHoldBack: rule.mayHoldBack,
        lateFee: rule.lateFee && {
          rate: rule.lateFee.rate,
          graceDays: rule.lateFee.graceDays,
          clauses: rule.lateFee.clauses,
        },
        lateFeeOpen: rule.lateFeeOpen === true,
        daysLate: rulesOf(rule).daysLate(progress, on, rule),
        clauses: rule.clauses,
      };
    });
}

function owed({ state, nowMs, template, ruleTitle }: Telling): LifeView['owed'] {
  const titleOf = ({ of, id }: OwedSum): Text => {
    if (of === 'claim') return { zh: id, en: id };
    return of === 'booking' ? ruleTitle(id) : matterTitle(template, id);
  };
  return owedSums(state, localDateAt(state.agreement.zone, nowMs)).map((sum) => ({
    ...sum,
    amount: roundHalfUp(sum.amount, sum.currency),
    title: titleOf(sum),
  }));
}

function amendmentView(
  { state, template, accounts, seat, seats, at, due }: Telling,
  { id, by, status, effectiveOn, changes, acceptedBy, lapsesAtMs, third }: AgreementState['amendments'][number],
  terms: LifeView['amendments'][number]['terms'],
  seesMoney: boolean,
): LifeView['amendments'][number] {
  const { agreement } = state;
  const consent = [...(agreement.life?.amendment?.consent ?? []), ...(third ? [THIRD] : [])];
  const proposed = accounts.of('amendment-proposed').find(({ event }) => event.amendment === id);
  return {
    id,
    by: seat(by),
    status,
    effectiveOn,
    lapsesAt: lapsesAtMs === null ? null : at(lapsesAtMs),
    changes: (proposed?.event.changes ?? changes)
      .filter((change) => seesMoney || !isOfMoney(change))
      .map((change) => changeView(change, template)),
    terms,
    acceptedBy: seats(acceptedBy),
    waitsFor: status === 'proposed' ? seats(consent.filter((one) => !acceptedBy.includes(one))) : [],
    third: third ? { ...third, due: due(third.due) } : null,
    ...accounts.accountOf(proposed),
  };
}

function suspensions({ state, accounts, seat, subject }: Telling): LifeView['suspensions'] {
  const resumed = accounts.of('agreement-resumed');
  const named = (ids: readonly string[]) => ids.flatMap((id) => subject(id) ?? []);
  return state.suspensions.map(({ number, ground, obligations, from, until, by }) => ({
    number,
    ground,
    obligations: named(obligations),
    from,
    until,
    by: seat(by),
    resumptions: resumed
      .filter(({ event }) => event.numbers.includes(number))
      .map(({ event, account }) => ({
        on: event.on,
        obligations: named(event.obligations ?? []),
        // One word may end several suspensions: each tells of its own duties.
        redated: event.redated
          .filter(({ obligation }) => obligations.length === 0 || obligations.includes(obligation))
          .flatMap(({ obligation, occurrence, review, before, due, lostDays }) =>
            named([referenceOf({ obligation, occurrence })]).map((one) => ({
              ...one,
              review: review ?? false,
              before: before.localDate,
              after: due.localDate,
              lostDays,
            })),
          ),
        ...account,
      })),
    ...accounts.accountOf(accounts.of('agreement-suspended').find(({ event }) => event.number === number)),
  }));
}

function overrides({ accounts, seat, subject }: Telling): LifeView['overrides'] {
  return accounts.of('obligation-overridden').flatMap(({ event, account }) => {
    const { obligation, occurrence = null, due, responsible, skipped, actor } = event;
    const about = subject(referenceOf({ obligation, occurrence }));
    return about === null
      ? []
      : [
          {
            obligation: about,
            by: seat(actor.seat),
            dueOn: due?.localDate ?? null,
            responsible: responsible === undefined ? null : seat(responsible),
            skipped: skipped ?? false,
            ...account,
          },
        ];
  });
}

function thirdAccess({ agreement, thirdAccess: access }: AgreementState): LifeView['thirdAccess'] {
  const rule = agreement.life?.confidentiality.find(({ undertaking }) => undertaking === true);
  return rule ? { ...access, clauses: rule.clauses } : null;
}

function engagementEnds({ state, template, accounts, given, seat, seats }: Telling): LifeView['engagementEnds'] {
  const rule = template?.rules.find((one) => one.kind === 'engagement-end');
  const stated = rule?.purpose === undefined ? undefined : given[rule.purpose];
  const purpose = typeof stated === 'string' ? stated : null;
  const titleOf = (item: string): Text => rule?.items.find(({ id }) => id === item)?.title ?? { zh: item, en: item };
  const missing = (agreedBy: string[]) => seats(state.agreement.parties.filter((party) => !agreedBy.includes(party)));
  return state.engagementEnds.map(({ id, by, ground, about, status, agreedBy, endedOn, items }) => ({
    id,
    by: seat(by),
    ground,
    about,
    purpose,
    status,
    endedOn,
    waitsFor: status === 'proposed' ? missing(agreedBy) : [],
    items: items.map(({ item, agreedBy: said }) => ({
      id: item,
      title: titleOf(item),
      agreedBy: seats(said),
      waitsFor: status === 'ended' ? missing(said) : [],
      said: accounts
        .of('engagement-item-agreed')
        .filter(({ event }) => event.end === id && event.item === item)
        .map(({ event, text, account }) => ({ by: seat(event.by), note: text.note ?? null, ...account })),
    })),
    ...accounts.accountOf(accounts.of('engagement-end-proposed').find(({ event }) => event.end === id)),
  }));
}

function breaches({ state, accounts, seat, subject, due }: Telling): LifeView['breaches'] {
  return state.breaches.map((breach) => ({
    id: breach.id,
    by: seat(breach.by),
    against: seat(breach.against),
    obligation: subject(breach.obligation),
    status: breach.status,
    servedOn: breach.servedOn,
    due: due(breach.due),
    ...accounts.accountOf(accounts.of('breach-notified').find(({ event }) => event.breach === breach.id)),
  }));
}

function terminations({ state, accounts, seat, seats, due, nowMs }: Telling): LifeView['terminations'] {
  return state.terminations.map((notice) => ({
    id: notice.id,
    by: seat(notice.by),
    ground: notice.ground,
    code: notice.code,
    breach: notice.breach,
    waitsFor: seats(consentAwaited(state, notice)),
    servedOn: notice.servedOn,
    endsOn: notice.endsOn,
    due: due(notice.due),
    mayObject: seats(mayObjectToEnd(state, notice, nowMs)),
    objections: accounts
      .of('termination-objected')
      .filter(({ event }) => event.notice === notice.id)
      .map((one) => ({ by: seat(one.event.by), ...accounts.accountOf(one) })),
    ...accounts.accountOf(accounts.of('termination-notified').find(({ event }) => event.notice === notice.id)),
  }));
}

function settlement({ state, template, accounts, at }: Telling, seesMoney: boolean): LifeView['settlement'] {
  const issued = accounts.of('final-statement-issued').at(-1);
  return {
    items: state.settlement.map(({ item, outcome }) => ({
      item,
      title: matterTitle(template, item),
      outcome,
      ...accounts.accountOf(accounts.of('item-settled').findLast(({ event }) => event.item === item)),
    })),
    statedAt: state.statedAtMs === null ? null : at(state.statedAtMs),
    statement: issued && seesMoney ? issued.event.balances : null,
  };
}

function afterwards({ state, seat, due, at, ruleTitle }: Telling): LifeView['afterwards'] {
  return state.afterwards.map(({ rule, responsible, until, endedAtMs }) => {
    const compiled = state.agreement.life?.afterwards.find(({ id }) => id === rule);
    return {
      rule,
      title: ruleTitle(rule),
      kind: compiled?.kind ?? null,
      responsible: seat(responsible),
      until: due(until),
      endless: compiled?.endless === true,
      endedAt: endedAtMs === null ? null : at(endedAtMs),
      clauses: compiled?.clauses ?? [],
    };
  });
}

/** What is known beside the decision on a renewal that is ahead. */
function renewalPackOf(
  { state, subject, ruleTitle }: Telling,
  seesMoney: boolean,
  trend: readonly TrendPoint[],
): LifeView['renewal']['pack'] {
  if (!state.agreement.life?.renewal || !isInForce(state) || state.expiresOn === null) return null;
  const { open, pack } = renewalPack(state);
  const named = (references: string[]) => references.flatMap((one) => subject(one) ?? []);
  const found = state.claims.filter(({ id }) => pack.claims.includes(id));
  const currencies = [...new Set(found.map(({ currency }) => currency))];
  return {
    ...pack,
    duties: named(open),
    plans: named(pack.plans),
    goals: pack.goals.map(({ goal, value }) => ({ goal, title: ruleTitle(goal), value })),
    trend: trend.flatMap(({ cycle, score }) => {
      const about = subject(cycle);
      return about ? [{ ...about, score }] : [];
    }),
    claimed: seesMoney
      ? currencies.map((currency) => ({
          currency,
          amount: found
            .filter((one) => one.currency === currency)
            .reduce(
              (sum, { payable, paid, amount }) => addMoney(sum, subtractMoney(payable ?? amount, paid ?? '0')),
              '0',
            ),
        }))
      : null,
  };
}

function claims({ state, accounts, seat, subject, due }: Telling): LifeView['claims'] {
  const ofClaim = ({ event }: { event: { claim: string } }): string => event.claim;
  const madeOf = grouped(accounts.of('claim-made'), ofClaim);
  const answersTo = grouped(accounts.of('claim-answered'), ofClaim);
  const droppedOf = grouped(accounts.of('claim-dropped'), ofClaim);
  const recoveredOf = grouped(accounts.of('recourse-recorded'), ofClaim);
  return state.claims.map((claim) => {
    const [made] = madeOf.get(claim.id) ?? [];
    const answered = answersTo.get(claim.id) ?? [];
    const dropped = droppedOf.get(claim.id) ?? [];
    const recovered = recoveredOf.get(claim.id) ?? [];
    return {
      id: claim.id,
      by: seat(claim.by),
      against: seat(claim.against),
      amount: claim.amount,
      currency: claim.currency,
      obligation: subject(claim.obligation),
      liability: claim.liability,
      lossOn: claim.lossOn,
      status: claim.status,
      answerDue: due(claim.answerDue),
      payable: claim.payable,
      recovered: claim.recovered,
      cause: made?.text.cause ?? null,
      items: made?.text.items ?? [],
      answers: [
        ...answered.map(({ event, account }) => ({
          verdict: event.verdict as string,
          by: seat(event.by),
          amount: event.amount ?? null,
          setOff: event.setOff ?? null,
          ...account,
        })),
        ...dropped.map(({ event, account }) => ({
          verdict: 'drop',
          by: seat(event.by),
          amount: null,
          setOff: null,
          ...account,
        })),
        ...recovered.map(({ event, account }) => ({
          verdict: 'recourse',
          by: seat(event.by),
          amount: event.amount,
          setOff: null,
          ...account,
        })),
      ],
      ...accounts.accountOf(made),
    };
  });
}

const OURS: Text = {
  zh: '违约金提示线（本系统提示，并非合同或法律的上限）',
  en: 'Penalties: a warning of ours, no limit of contract or law',
};

function caps({ state, template, nowMs, ruleTitle }: Telling): LifeView['caps'] {
  const on = localDateAt(state.agreement.zone, nowMs);
  const limits = limitsOn(state, on);
  const uncapped = (state.agreement.life?.liabilities ?? []).filter(({ id }) => !limits.some(({ cap }) => cap === id));
  return [
    ...limits.map(({ cap, amount, currency, clauses, balance }) => {
      const left = subtractMoney(amount, balance);
      const duty = cap.startsWith('penalty:') ? matterTitle(template, cap.slice('penalty:'.length)) : undefined;
      return {
        cap,
        title:
          cap === 'penalties'
            ? OURS
            : duty
              ? { zh: `${duty.zh}违约金上限`, en: `Cap of the penalty: ${duty.en}` }
              : ruleTitle(cap),
        amount,
        currency,
        used: balance,
        left: roundHalfUp(compareMoney(left, '0') < 0 ? '0' : left, currency),
        percent: isZeroMoney(amount) ? null : Math.floor((Number(balance) / Number(amount)) * 1_000) / 10,
        reached: reachedOf(state, cap),
        ours: cap === 'penalties',
        clauses,
      };
    }),
    ...uncapped.map(({ id, clauses }) => ({
      cap: id,
      title: ruleTitle(id),
      amount: null,
      currency: state.agreement.currency,
      used: roundHalfUp(
        state.claims
          .filter(({ liability, payable }) => liability === id && payable !== null)
          .reduce((sum, { payable }) => addMoney(sum, payable ?? '0'), '0'),
        state.agreement.currency,
      ),
      left: null,
      percent: null,
      reached: [],
      ours: false,
      clauses,
    })),
  ];
}

function reachedOf({ warned }: AgreementState, cap: string): number[] {
  return warned.flatMap((one) => (one.startsWith(`${cap}@`) ? [Number(one.slice(cap.length + 1))] : []));
}

/** Who lets go of what is owed for a duty: it approves what others of its side, or a coordinator, ask for. */
function creditorOf({ state, nowMs }: Telling, reference: string): string[] {
  const { obligation, occurrence = null } = readReference(reference);
  const context = obligationContext(state, obligation, occurrence);
  if (!context) return [];
  const on = localDateAt(state.agreement.zone, nowMs);
  const credit = rulesOf(context.rule).creditOf(context, on, { days: 0, amount: '0' });
  return credit ? [credit.creditor] : [];
}

function waivers(telling: Telling): LifeView['waivers'] {
  const { state, accounts, seat, seats, subject } = telling;
  return state.waivers.map(({ number, obligation, days, amount, by, approved }) => {
    const proposed = accounts.of('waiver-proposed').find(({ event }) => event.number === number);
    const waived = accounts.of('penalty-waived').find(({ event }) => event.number === number);
    return {
      number,
      obligation: subject(obligation) ?? { reference: obligation, title: { zh: obligation, en: obligation } },
      days,
      amount,
      by: seat(by),
      approved,
      waitsFor: approved ? [] : seats(creditorOf(telling, obligation)),
      ...accounts.accountOf(proposed ?? waived),
    };
  });
}

function balances(state: AgreementState): LifeView['balances'] {
  return balancesOf(state.balances).map((one) => ({ ...one, amount: roundHalfUp(one.amount, one.currency) }));
}

function bookings({ accounts }: Telling): LifeView['bookings'] {
  return accounts.of('sum-booked').map(({ event: { booking, kind, line }, account }) => ({
    booking,
    kind,
    debtor: line.debtor,
    creditor: line.creditor,
    currency: line.currency,
    amount: line.amount,
    ...account,
  }));
}

function matters({ state, accounts, seat, subject, due, at }: Telling): LifeView['matters'] {
  const openedOf = grouped(accounts.of('matter-opened'), ({ event }) => event.matter.id);
  const stepsOf = grouped(accounts.of('matter-carried'), ({ event }) => event.matter);
  return state.matters.map((matter) => {
    const [opened] = openedOf.get(matter.id) ?? [];
    const steps = stepsOf.get(matter.id) ?? [];
    return {
      id: matter.id,
      kind: matter.kind,
      status: matter.status,
      rule: matter.rule,
      clauses: matter.clauses,
      from: seat(matter.from),
      to: matter.to === null ? null : seat(matter.to),
      about: subject(matter.about),
      on: matter.on,
      due: due(matter.due),
      endedAt: matter.endedAtMs === null ? null : at(matter.endedAtMs),
      topic: opened?.text.topic ?? null,
      details: opened?.text.details ?? null,
      agenda: opened?.text.agenda ?? null,
      steps: steps.map(({ event, text, account }) => ({
        type: event.step,
        by: seat(event.by),
        owner: event.owner === undefined ? null : seat(event.owner),
        dueOn: event.dueOn ?? null,
        details: text.details ?? null,
        minutes: text.minutes ?? null,
        at: at(event.occurredAtMs),
        person: account.person,
        documents: account.documents,
      })),
      ...accounts.accountOf(opened),
    };
  });
}

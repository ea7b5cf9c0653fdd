import type { TerminationGround } from '../../../domain/agreement/compiled.ts';
import type { NoticeContext, Wording } from '../context.ts';
import {
  balanceItems,
  capital,
  date,
  days as daysText,
  deliverable,
  detail,
  dueDetails,
  parties,
  quoted,
  reference,
  role,
  until,
  who,
  written,
} from './phrases.ts';

const GROUNDS: Record<TerminationGround, string> = {
  mutual: 'by mutual agreement',
  breach: 'for breach that was not put right',
  'serious-breach': 'for serious breach',
  'force-majeure': 'for force majeure',
  repeal: 'as repealed',
  expiry: 'at the end of its term',
  'agreed-list': 'on a ground that was agreed on',
};

/** When a notice by mail reaches the other side: Civil Code 137. */
const RECEIPT =
  'This notice goes to the address that you designated in the agreement, and reaches you when it enters the system of that address (PRC Civil Code, art. 137).';
const BY_HAND = 'This notice was handed over in writing; the receipt says on which day. This mail is for your files.';
const RESERVED = 'All other rights under the contract and the law are reserved; this notice waives none.';

/** Breach, termination, and what follows the end. Two of them are formal notices to the other side. */
export const endingTexts: Pick<
  Wording['texts'],
  | 'breach-notice'
  | 'breach-cured'
  | 'negotiation-failed'
  | 'termination-notice'
  | 'termination-consent'
  | 'termination-objected'
  | 'service-failed'
  | 'final-statement'
  | 'afterwards-begun'
  | 'afterwards-ending'
  | 'agreement-closed'
> = {
  'breach-notice': (c) => {
    const { by, against, days } = c.notice.facts;
    const what = c.notice.obligation === undefined ? 'the agreement' : deliverable(c);
    const demand = remedy(c);
    return {
      subject: `Notice of breach of ${what} by ${role(c, against, 'your side')}${days === undefined || days === 0 ? '' : `: ${demand} within ${daysText(days)}`}`,
      heading: 'Notice of breach',
      paragraphs: [
        `To ${who(c, against, 'the side in breach')}:`,
        `Under ${quoted(c)}, ${who(c, by, 'the notifying side')} gives you written notice that you are in breach of ${what}.${c.due ? ` It was due by ${until(c)}.` : ''}`,
        ...written('Facts and reasons', c.words.reason),
        days === undefined || days === 0
          ? 'Please put it right at once.'
          : `Please ${demand} within ${daysText(days)} of receiving this notice; the day of receipt is not counted. If it is not resolved by then, ${role(c, by, 'the notifying side')} may give notice of termination as the contract provides.`,
        ...service(c),
      ],
      details: [
        ['Agreement', c.agreementTitle],
        ...detail('Notice by', by, (seat) => who(c, seat)),
        ...detail('Notice to', against, (seat) => who(c, seat)),
        ...(c.notice.obligation === undefined ? [] : [['Duty', capital(deliverable(c))] as [string, string]]),
        ...clauses(c),
      ],
      button: 'Look at the notice',
    };
  },

  'breach-cured': (c) => ({
    subject: `The breach has been put right: ${quoted(c)}`,
    heading: 'The breach has been put right',
    paragraphs: [
      `The breach${aboutDuty(c)} that was notified is recorded as put right; it is no ground for termination any more. Penalties and other rights that have arisen are not affected.`,
    ],
    details: detail('Recorded by', c.notice.facts.by, (seat) => who(c, seat)),
  }),

  'negotiation-failed': (c) => {
    const result = c.due ? 'The breach was not resolved in time' : 'The breach is not resolved';
    return {
      subject: `${result}: ${quoted(c)}`,
      heading: result,
      paragraphs: [
        c.due
          ? `The breach${aboutDuty(c)} that was notified was not resolved within the agreed period, which ended ${until(c)}.`
          : `The notice of breach${aboutDuty(c)} has been served; the breach is not resolved.`,
        `The agreement does not end by that. ${capital(role(c, c.notice.facts.by, 'the innocent side'))} may give notice of termination as the contract provides; the parties may also go on negotiating.`,
      ],
      details: [
        ...detail('In breach', c.notice.facts.against, (seat) => who(c, seat)),
        ...dueDetails(c, 'Period ended'),
        ...clauses(c),
      ],
    };
  },

  'termination-notice': (c) => {
    const { by, against, ground, days, until: endsOn } = c.notice.facts;
    const policy = ground === 'repeal';
    const when =
      days === undefined || days === 0
        ? endsOn === undefined
          ? 'on receipt of this notice'
          : `at the end of ${date(endsOn)}`
        : `${daysText(days)} after receipt of this notice`;
    return {
      subject: `Notice of termination of ${quoted(c)} by ${role(c, by, 'the notifying side')}`,
      heading: 'Notice of termination',
      paragraphs: [
        `To ${who(c, against, 'the other side')}:`,
        `Under ${quoted(c)}, ${who(c, by, 'the notifying side')} gives you written notice of its termination ${groundOf(c)}.`,
        ...written('Facts and reasons', c.words.reason),
        `The agreement ends ${when}${days !== undefined && days > 0 && endsOn !== undefined ? `, but not before ${date(endsOn)}` : ''}${policy ? '' : ` (PRC Civil Code, art. ${ground === 'mutual' ? '562' : '565'})`}. Until then it is to be kept.`,
        'Clauses on settlement stay in force, and rights and duties that arose before the end are not affected.',
        ...(policy ? [] : service(c)),
        ...(c.asked
          ? [
              'While the notice period runs you may object, with the button or on the page of the agreement. The objection is on record and told to the other side; it does not by itself stop the end.',
            ]
          : []),
      ],
      details: [
        ['Agreement', c.agreementTitle],
        ...detail('Notice by', by, (seat) => who(c, seat)),
        ...detail('Notice to', against, (seat) => who(c, seat)),
        ['Ground', capital(groundOf(c))],
        ...(days === undefined || days === 0 ? [] : [['Notice period', daysText(days)] as [string, string]]),
        ...detail('Ends not before', endsOn, date),
        ...clauses(c),
      ],
      button: c.asked ? 'Object to the end' : 'Look at the notice',
    };
  },

  'service-failed': (c) => {
    const to = toThird(c) ? 'the third party' : role(c, c.notice.facts.seat, 'the other side');
    const named = toThird(c) ? to : who(c, c.notice.facts.seat, to);
    return {
      subject: `${capital(formalNotice(c))} to ${to} came back: ${quoted(c)}`,
      heading: `${capital(formalNotice(c))} came back`,
      paragraphs: [
        `The mail of ${formalNotice(c)} to ${named} came back after the mail server had accepted it. A written notice takes effect when it reaches the other side (PRC Civil Code, art. 137); this mail did not.`,
        whatIsLeft(c),
        ...(c.notice.facts.status === 'taken-back'
          ? [
              'The notice stands as given. To have effect it must be received: serve it again once the address is right, or by hand with the receipt.',
            ]
          : []),
      ],
      details: [
        ['Agreement', c.agreementTitle],
        ['Notice to', named],
        ...detail('Had counted as received on', c.notice.facts.from, date),
        ...clauses(c),
      ],
    };
  },

  'termination-objected': (c) => ({
    subject: `${capital(role(c, c.notice.facts.by, 'the other side'))} objects to the end of ${quoted(c)}`,
    heading: `${capital(role(c, c.notice.facts.by, 'the other side'))} objects to the end`,
    paragraphs: [
      `${capital(who(c, c.notice.facts.by, 'the other side'))} objects to the notice by which ${quoted(c)} is to end ${groundOf(c)}.`,
      ...written('Reasons', c.words.reason),
      'The objection is on record. It does not by itself stop the end: if that is disputed, either side may ask a court or an arbitral tribunal to confirm its effect (PRC Civil Code, art. 565).',
    ],
    details: [
      ['Ground', capital(groundOf(c))],
      ...detail('The notice runs until the end of', c.notice.facts.localDate, date),
      ...clauses(c),
    ],
  }),

  'termination-consent': (c) => ({
    subject: `Do you consent to the end of ${quoted(c)}?`,
    heading: `Do you consent to the end of ${quoted(c)}?`,
    paragraphs: [
      `${capital(who(c, c.notice.facts.by, 'the other side'))} wants to end ${quoted(c)} ${groundOf(c)}. Under the agreement that takes your consent.`,
      ...written('Reasons', c.words.reason),
      'Until you consent the agreement stands and is to be kept. Silence does not count as consent.',
    ],
    details: [['Ground', capital(groundOf(c))], ...detail('To end on', c.notice.facts.until, date), ...clauses(c)],
    button: 'Consent to the end',
  }),

  'final-statement': (c) => {
    if (!c.notice.facts.balances) {
      return {
        subject: `Final statement of ${quoted(c)}`,
        heading: 'Final statement',
        paragraphs: [
          `All that was open at the end of ${quoted(c)} has been dealt with, and the final statement has been issued. Its figures are for those who may read the ledger.`,
        ],
      };
    }
    const items = balanceItems(c);
    return {
      subject: `Final statement of ${quoted(c)}${items.length === 0 ? ': nobody owes anything' : ''}`,
      heading: 'Final statement',
      paragraphs: [
        `All that was open at the end of ${quoted(c)} has been dealt with. This is who owes whom what, as of this notice:`,
        ...(items.length === 0 ? ['Nobody owes anything.'] : []),
      ],
      items,
      notes: [
        'The balances are the sum of the ledger’s lines. If you disagree, check the ledger with the coordinator.',
      ],
    };
  },

  'afterwards-begun': (c) => {
    const length = c.due ? `until ${until(c)}` : isEndless(c) ? 'without end' : 'for a time that is not agreed';
    return {
      subject: `Still owed under ${quoted(c)}, which has ended: “${afterwards(c)}”`,
      heading: `Still owed: “${afterwards(c)}”`,
      paragraphs: [
        `${quoted(c)} has ended. Under the agreement “${afterwards(c)}” is owed all the same, ${length}.${c.due ? ' A notice follows before it is over.' : ''}`,
        ...(c.due || isEndless(c) ? [] : ['The agreement names no length: please agree on one in writing.']),
      ],
      details: [...detail('Owed by', c.notice.facts.by, (seat) => who(c, seat)), ...dueDetails(c, 'Until')],
    };
  },

  'afterwards-ending': (c) => {
    const { by, status } = c.notice.facts;
    if (status === 'overdue') {
      return {
        subject: `“${afterwards(c)}” is not confirmed by ${role(c, by, 'the responsible side')}: do it now, keep the proof`,
        heading: `“${afterwards(c)}” is not confirmed`,
        paragraphs: [
          `Under ${quoted(c)}, which has ended, “${afterwards(c)}” was due from ${who(c, by, 'the responsible side')} by ${until(c)}. No document says that it was done. Please do it now, and hand in the signed declaration or receipt.`,
        ],
        details: [...dueDetails(c, 'Due'), ...detail('Owed by', by, (seat) => who(c, seat))],
      };
    }
    return {
      subject: `“${afterwards(c)}” ${c.due ? `runs out on ${until(c)}` : 'runs out soon'}: settle what is open before`,
      heading: `“${afterwards(c)}” runs out soon`,
      paragraphs: [
        `${quoted(c)} has ended; “${afterwards(c)}” is still owed and runs out soon. If you need support, a backup, a restore or a hand-over, ask for it before.`,
      ],
      details: [...dueDetails(c, 'Until'), ...detail('Owed by', by, (seat) => who(c, seat))],
    };
  },

  'agreement-closed': (c) => {
    const { open = [] } = c.notice.facts;
    return {
      subject: `${quoted(c)} is closed`,
      heading: `${quoted(c)} is closed`,
      paragraphs: [
        `All that was owed after the end of ${quoted(c)} is over: the agreement is closed, and there will be no more reminders.`,
        ...(open.length > 0 ? [`This goes on all the same: ${open.map((rule) => titleOf(c, rule)).join('; ')}.`] : []),
      ],
      details: parties(c),
    };
  },
};

/** How it reaches the other side: by this very mail, or it was handed over; a copy does not know. */
function service(c: NoticeContext): string[] {
  if (c.notice.role === 'copy') return [RESERVED];
  return [c.notice.facts.serves === undefined ? BY_HAND : RECEIPT, RESERVED];
}

/** What the contract gives for a breach: negotiation, a cure, or both. */
function remedy(c: NoticeContext): string {
  const rules = (c.agreement.life?.terminations ?? []).filter(
    ({ ground }) => ground === 'breach' || ground === 'serious-breach',
  );
  const negotiates = rules.some(({ negotiationDays }) => negotiationDays !== null);
  const cures = rules.some(({ cureDays }) => cureDays !== null);
  if (negotiates && !cures) return 'negotiate';
  if (cures && !negotiates) return 'put it right';
  return 'negotiate or put it right';
}

export function groundOf(c: NoticeContext): string {
  const { ground, kind } = c.notice.facts;
  const words = GROUNDS[ground as TerminationGround] ?? 'on the ground stated';
  return ground === 'agreed-list' && kind !== undefined ? `${words} (“${kind}”)` : words;
}

function aboutDuty(c: NoticeContext): string {
  return c.notice.obligation === undefined ? '' : ` of ${deliverable(c)}`;
}

function clauses(c: NoticeContext): [string, string][] {
  return c.notice.clauses.length > 0 ? [['Clauses', c.notice.clauses.join(', ')]] : [];
}

function isEndless(c: NoticeContext): boolean {
  return (c.agreement.life?.afterwards ?? []).some(
    ({ id, endless }) => id === c.notice.facts.about && endless === true,
  );
}

function afterwards(c: NoticeContext): string {
  return c.ruleTitle(c.notice.facts.about ?? '');
}

function titleOf(c: NoticeContext, id: string): string {
  const rule = c.ruleTitle(id);
  return rule === id ? reference(c, id) : rule;
}

/** A written notice of the contract by its id: `breach-1`, `termination-1`, `amendment:<id>`, `engagement-end:<id>`. */
function formalNotice({ notice }: NoticeContext): string {
  const { about = '' } = notice.facts;
  if (about.startsWith('breach-')) return 'the notice of breach';
  if (about.startsWith('termination-')) return 'the notice of termination';
  return about.startsWith('amendment:') ? 'the notice of a changed cap' : 'the notice of the end of its involvement';
}

/** It goes to a third party, whose seat not every agreement has. */
function toThird({ notice }: NoticeContext): boolean {
  return notice.facts.about?.includes(':') === true;
}

/** What a written notice has come to whose mail came back. */
export function whatIsLeft(c: NoticeContext): string {
  const { status } = c.notice.facts;
  const what = `${formalNotice(c)}${aboutDuty(c)}`;
  if (status === 'still-served') {
    return `Another mail of ${what} was accepted and did not come back: it counts as received with that one.`;
  }
  if (status === 'taken-back') {
    return `${capital(what)} counts as not received: what ran from its receipt is taken back, and nothing follows from it until it has been received.`;
  }
  return `What followed from ${what} had come by then. Nothing is undone by itself: have a lawyer decide whether the notice was received, and what follows if it was not.`;
}

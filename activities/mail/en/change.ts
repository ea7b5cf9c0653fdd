import type { Change } from '../../../domain/agreement/event.ts';
import type { SuspensionGround } from '../../../domain/agreement/compiled.ts';
import { type NoticeContext, type Wording, percent } from '../context.ts';
import {
  capital,
  date,
  deliverable,
  detail,
  dutiesOrAll,
  list,
  moment,
  parties,
  quoted,
  redatedItems,
  reference,
  role,
  sum,
  until,
  who,
  written,
} from './phrases.ts';
import { openItems, standing } from './renewal-pack.ts';

const GROUNDS: Record<SuspensionGround, string> = {
  'force-majeure': 'force majeure',
  'agreed-pause': 'a pause that both sides agreed on',
  'other-side-holds': 'the other side keeps it from being performed',
  'missing-input': 'input of the other side is missing',
};

/** Amendments, overrides, suspensions, renewals. */
export const changeTexts: Pick<
  Wording['texts'],
  | 'amendment-proposed'
  | 'cap-notice'
  | 'amendment-settled'
  | 'amendment-effective'
  | 'obligation-overridden'
  | 'calendar-repinned'
  | 'agreement-suspended'
  | 'agreement-resumed'
  | 'renewal-outlook'
  | 'renewal-notice'
  | 'renewal-objected'
  | 'agreement-renewed'
> = {
  'amendment-proposed': (c) => {
    const { by, from } = c.notice.facts;
    const when = c.due ? ` by ${until(c)}` : '';
    return {
      subject: c.asked
        ? `Accept or decline the amendment of ${role(c, by, 'the other side')}${when}`
        : `${capital(role(c, by))} proposes to amend ${quoted(c)}`,
      heading: c.asked ? `Accept or decline the amendment${when}` : `${capital(role(c, by))} proposes an amendment`,
      paragraphs: [
        `${capital(who(c, by, 'the other side'))} proposes to amend ${quoted(c)}${from === undefined ? '' : ` from ${date(from)} on`}. This is what would change:`,
      ],
      items: changeItems(c),
      notes: [
        ...written('Reasons', c.words.reason),
        `It takes effect only if all who must accept do; if one declines${c.due ? ' or does not answer in time' : ''}, the agreement stays as it is. What was due before the effect keeps its rule.`,
      ],
      button: 'Look at the amendment and answer',
    };
  },

  'cap-notice': (c) => {
    const { from, serves, status } = c.notice.facts;
    const toThird = serves !== undefined;
    const title = toThird
      ? 'Written notice: another cap of your liability'
      : 'Both parties agree to another cap of the third party’s liability';
    const next =
      status === 'by-hand'
        ? 'The third party has no address for mail: give it notice in writing, record that with its receipt, and then whether it consents.'
        : 'The third party has been sent written notice in the name of both, and is asked to answer.';
    return {
      subject: `${status === 'by-hand' ? 'Give the third party written notice of its new cap' : title}: ${quoted(c)}`,
      heading: title,
      paragraphs: toThird
        ? [
            `${capital(list(parties(c).map(([title]) => title)))} have agreed to change the cap of your liability under ${quoted(c)}${from === undefined ? '' : ` from ${date(from)} on`}. They hereby notify you in writing and ask for your consent:`,
          ]
        : [`Both parties have agreed to this change. ${next}`],
      items: changeItems(c),
      notes: [
        ...(toThird ? written('Reasons', c.words.reason) : []),
        'Until the third party consents, the cap stays as it was; if it declines or does not answer, it stays so too. Silence is no consent. A loss takes the cap of the day on which it arose.',
      ],
      button: 'Look at the change and answer',
    };
  },

  'amendment-settled': (c) => {
    const { status, by, from } = c.notice.facts;
    const results: Record<string, string> = {
      accepted: 'The amendment has been accepted by all',
      declined: `${capital(role(c, by))} has declined the amendment`,
      superseded: 'Another amendment of the same was accepted: this one has lapsed',
      lapsed: 'The amendment was not accepted in time and has lapsed',
      effective: 'The amendment is in effect',
    };
    const result = results[status ?? ''] ?? 'The proposal is closed';
    return {
      subject: `${result}: ${quoted(c)}`,
      heading: result,
      paragraphs: [
        status === 'accepted'
          ? `All who must accept have done so${from === undefined ? '' : `; it takes effect on ${date(from)}`}. What was due before that keeps its rule.`
          : status === 'superseded'
            ? 'It does not take effect; the one that was accepted does, on its day.'
            : `It does not take effect; ${quoted(c)} goes on as it was.`,
      ],
      items: changeItems(c),
    };
  },

  'amendment-effective': (c) => ({
    subject: `The amendment is in effect, mind the new dates: ${quoted(c)}`,
    heading: 'The amendment is in effect',
    paragraphs: [
      `The amendment of ${quoted(c)} is in effect. What was due before keeps its rule; reminders follow the new dates.`,
    ],
    items: [...changeItems(c), ...redatedItems(c)],
  }),

  'calendar-repinned': (c) => ({
    subject: `The official holidays are known, mind the new dates: ${quoted(c)}`,
    heading: 'Dates move with the calendar',
    paragraphs: [
      `${quoted(c)} now follows calendar ${c.notice.facts.about ?? ''}, made from the official notice of holidays. By law a last day that is a day off moves to the next working day, and periods in working days count the new ones. These dates move, and reminders with them; what had fallen due before stays as it is.`,
    ],
    items: redatedItems(c),
  }),

  'obligation-overridden': (c) => {
    const { by, status } = c.notice.facts;
    const skipped = status === 'waived' || status === 'skipped';
    return {
      subject: skipped
        ? `${capital(deliverable(c))} is dispensed with for this once`
        : `${capital(deliverable(c))} was changed for a special case${c.due ? `: due ${moment(c.due)}` : ''}`,
      heading: `${capital(deliverable(c))} was changed for a special case`,
      paragraphs: [
        `${capital(who(c, by, 'whoever may do so'))} made an exception for ${deliverable(c)} as the agreement allows. The reason, who decided and when are on record.`,
        ...(skipped ? ['It need not be done this time.'] : []),
      ],
      items: [...changeItems(c), ...redatedItems(c)],
      details: [
        ...detail('Due now', c.due, moment),
        ...detail('Owed by', c.notice.facts.after ?? c.notice.facts.against, (seat) => who(c, seat)),
      ],
    };
  },

  'agreement-suspended': (c) => {
    const { by, ground, from } = c.notice.facts;
    const why = ground === undefined ? '' : ` (${GROUNDS[ground as SuspensionGround] ?? ground})`;
    return {
      subject: `${c.notice.facts.duties?.length ? `Parts of ${quoted(c)} are` : `${quoted(c)} is`} suspended${why}`,
      heading: `Suspended${why}`,
      paragraphs: [
        `${capital(who(c, by))} recorded a suspension of ${quoted(c)}${from === undefined ? '' : ` from ${date(from)} on`}. While it lasts the clocks concerned stand still: nothing becomes late and no penalty runs; afterwards they move by the days that were lost.`,
        'What was late before stays so. Secrecy, claims and matters between the parties go on.',
      ],
      details: [
        ['Suspended', dutiesOrAll(c)],
        ...detail('From', from, date),
        ...detail('Ground', ground, (code) => GROUNDS[code as SuspensionGround] ?? code),
      ],
    };
  },

  'agreement-resumed': (c) => {
    const { from, localDate, duties = [] } = c.notice.facts;
    const on = from ?? localDate;
    const some = duties.length === 0 ? '' : `, for ${dutiesOrAll(c)} alone; the rest stays suspended`;
    const moved = (c.notice.facts.redated ?? []).length > 0;
    return {
      subject: `${quoted(c)} goes on${on === undefined ? '' : ` from ${on}`}${moved ? ': mind the new dates' : ''}`,
      heading: 'It goes on',
      paragraphs: [
        `${quoted(c)} goes on${on === undefined ? '' : ` from ${date(on)}`}${some}. The days of the suspension do not count; ${moved ? 'these dates have moved:' : 'no date has moved.'}`,
      ],
      items: redatedItems(c),
    };
  },

  'renewal-outlook': (c) => {
    const { expiresOn } = c.notice.facts;
    return {
      subject: `Prepare the renewal of ${quoted(c)}: it ends${expiresOn === undefined ? ' soon' : ` on ${expiresOn}`}`,
      heading: `The term of ${quoted(c)} ends${expiresOn === undefined ? ' soon' : ` on ${date(expiresOn)}`}`,
      paragraphs: [
        `The term of ${quoted(c)} ends${expiresOn === undefined ? ' soon' : ` on ${date(expiresOn)}`}. ${outcome(c)}`,
        'The notice that was agreed on will go to the parties later. Please look at how the agreement is kept, and prepare a view on its renewal.',
      ],
      details: standing(c),
      items: openItems(c),
    };
  },

  'renewal-notice': (c) => {
    const { expiresOn } = c.notice.facts;
    const automatic = c.agreement.life?.renewal?.automatic === true;
    const last = c.due ? until(c) : expiresOn === undefined ? undefined : moment(c.dueOn(expiresOn));
    return {
      subject: automatic
        ? `Object${last === undefined ? '' : ` by ${last}`}, or ${quoted(c)} renews`
        : `${quoted(c)} ends${expiresOn === undefined ? ' soon' : ` on ${expiresOn}`} and does not renew by itself`,
      heading: automatic ? 'The term ends and renews unless somebody objects' : 'The term ends',
      paragraphs: [
        `The term of ${quoted(c)} ends${expiresOn === undefined ? ' soon' : ` on ${date(expiresOn)}`}. ${outcome(c)}`,
        ...(automatic
          ? [
              `If you do not want it to renew, object${last === undefined ? ' before it ends' : ` by ${last}`}; one objection of any party ends it with its term.`,
            ]
          : []),
      ],
      details: standing(c),
      items: openItems(c),
      button: 'Object: no renewal',
      ...(automatic && c.asked ? { notes: ['If you want it to renew, there is nothing to do.'] } : {}),
    };
  },

  'renewal-objected': (c) => {
    const { by, expiresOn } = c.notice.facts;
    return {
      subject: `${capital(role(c, by))} objects to the renewal: ${quoted(c)} ends${expiresOn === undefined ? '' : ` on ${expiresOn}`}`,
      heading: `${capital(role(c, by))} objects to the renewal`,
      paragraphs: [
        `${capital(who(c, by))} objects to the renewal of ${quoted(c)}. It does not renew and ends with its term${expiresOn === undefined ? '' : `, ${date(expiresOn)}`}. Until then it is to be kept as agreed.`,
      ],
      details: detail('Last day', expiresOn, date),
    };
  },

  'agreement-renewed': (c) => {
    const { expiresOn, from, cut = [] } = c.notice.facts;
    return {
      subject: `${quoted(c)} has renewed${expiresOn === undefined ? '' : ` until ${expiresOn}`}`,
      heading: `${quoted(c)} has renewed`,
      paragraphs: [
        `The term of ${quoted(c)} was over and nobody objected: it has renewed as agreed${expiresOn === undefined ? '' : `, until ${date(expiresOn)}`}. Duties and reminders go on.`,
        ...(from === undefined
          ? []
          : [
              `It begins anew on ${date(from)}: what recurs at an interval from the effect on is counted from that day. Calendar periods, sums, what is owed and what is claimed carry on.${cut.length === 0 ? '' : ' The cycles below ran beyond the old term and were not due in it; they ended with it.'}`,
            ]),
      ],
      details: detail('New last day', expiresOn, date),
      items: cut.map((one) => ({ title: reference(c, one), text: 'Ended with the old term' })),
    };
  },
};

/** What becomes of the term if nobody does anything. */
function outcome(c: NoticeContext): string {
  const renewal = c.agreement.life?.renewal;
  const { until: to, by } = c.notice.facts;
  if (renewal?.automatic && by !== undefined) return `${capital(who(c, by))} has objected: it ends with its term.`;
  if (!renewal?.automatic) return 'It does not renew by itself: to go on, the parties agree on an amendment.';
  const length = renewal.months === null ? 'for as long again' : `for ${renewal.months} months`;
  return `If nobody objects, it renews as agreed ${to === undefined ? length : `until ${date(to)}`}.`;
}

/** The difference in words, one item each. */
function changeItems(c: NoticeContext): { title: string; text: string }[] {
  return (c.notice.facts.changes ?? []).map((change) => ({ title: changed(c, change), text: difference(c, change) }));
}

function changed(c: NoticeContext, { of }: Change): string {
  const [kind = '', ...rest] = of.split(':');
  const id = rest.join(':');
  switch (kind) {
    case 'obligation':
    case 'occurrence':
    case 'payment':
      return reference(c, id);
    case 'cap':
      return id.startsWith('penalty:')
        ? `Cap of the penalty: ${c.titleOf(id.slice(8))}`
        : `Cap of liability: ${c.ruleTitle(id)}`;
    case 'expiry':
      return 'Term';
    case 'term':
      return c.termLabel(id);
    case 'life':
      return LIFE[id] ?? id;
    default:
      return id === '' ? of : c.ruleTitle(id);
  }
}

/** Parts of what the contract says of its own life. */
const LIFE: Record<string, string> = {
  effect: 'Coming into force',
  baselines: 'Baselines',
  amendment: 'How it is amended',
  override: 'Exceptions',
  suspension: 'Suspension',
  renewal: 'Renewal',
  terminations: 'Ways to an end',
  afterwards: 'Duties after the end',
  liabilities: 'Liability',
  bookings: 'Sums that may be booked',
  disputes: 'Disputes',
  requests: 'Requests',
  confidentiality: 'Confidentiality',
  meetings: 'Meetings',
  penaltyWarning: 'Warning about penalties',
};

const FIELDS: Record<Change['field'], string> = {
  due: 'Due',
  responsible: 'Owed by',
  amount: 'Sum',
  rate: 'Rate',
  cap: 'Cap',
  grace: 'Days of grace',
  interval: 'Comes every',
  next: 'Next dates',
  window: 'Time for review',
  rework: 'Time for rework',
  checklist: 'Parts to hand in',
  kept: 'Keeps what was agreed before',
  added: 'New',
  removed: 'Dropped',
  expiry: 'Last day',
  other: 'Rule',
};

function difference(c: NoticeContext, { field, before, after }: Change): string {
  if (field === 'added') return after === null ? 'New' : `New: ${valueOf(c, 'due', after)}`;
  if (field === 'removed') return 'Dropped';
  if (field === 'kept') return `${FIELDS.kept}: due ${valueOf(c, 'due', before)}, not touched by this change`;
  if (field === 'checklist') return `${FIELDS.checklist}: changed; see the page of the agreement`;
  if (before === null && after === null) return 'Changed; see the page of the agreement';
  return `${FIELDS[field]}: ${valueOf(c, field, after)} instead of ${valueOf(c, field, before)}`;
}

function valueOf(c: NoticeContext, field: Change['field'], value: string | null): string {
  if (value === null) return 'none';
  if (field === 'next') return value.split(', ').map(date).join(', ');
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return date(value);
  if (['due', 'grace', 'interval', 'window', 'rework'].includes(field))
    return /(-?\d+ [a-z-]+)$/.exec(value)?.[1]?.replace('-d', ' d') ?? value;
  switch (field) {
    case 'responsible':
      return who(c, value);
    case 'amount':
    case 'cap':
      return /^-?\d+(\.\d+)?$/.test(value) ? sum(c, value) : value;
    case 'rate':
      return /^\d+(\.\d+)?$/.test(value) ? `${percent(value)} a day` : value;
    default:
      return value;
  }
}

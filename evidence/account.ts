import type { TemplateTitles } from '../activities/mail/context.ts';
import {
  AGREEMENT_STATUS_WORDS,
  EVENT_WORDS,
  NOTICE_WORDS,
  OBLIGATION_STATUS_WORDS,
} from '../domain/agreement/vocabulary.ts';
import { addMoney } from '../domain/money.ts';
import { occurrenceTitle } from '../domain/occurrence-title.ts';
import type { Text } from '../domain/time.ts';
import { isoAt } from '../domain/zone.ts';
import { DELIVERY, FIELDS, LINES, WORDS, rungText } from './account-words.ts';
import type { AgreementRows, CommandRow, EventRow, LedgerRow, Missing, NoticeRow } from './format.ts';

type Language = 'zh' | 'en';

/** A template's names for things, and for its terms. */
export type AccountTitles = TemplateTitles & { terms?: readonly { name: string; label: Text }[] };

type Cell = string | { html: string };

/**
 * The account of an agreement for a reader: who, what, when with zone, under which clause, with which evidence. One page
 * of HTML without scripts or anything from elsewhere, to be read, printed and filed; the same rows give the same page.
 */
export function accountOf(
  rows: AgreementRows,
  {
    language,
    titles,
    createdAt,
    missing,
  }: { language: Language; titles: AccountTitles | undefined; createdAt: string; missing: readonly Missing[] },
): string {
  const { agreement, events, obligations, ledger, notices, documents, people } = rows;
  const names = namesOf(rows, { language, titles });
  const { word, at, duty, side, person } = names;
  const head = events.at(-1);
  const { zone, calendar } = agreement.compiled;
  const later = (agreement.snapshot?.repins ?? []).map(({ id, to }) => `${id}@${to.version}`);
  const organisations = new Map(people.persons.map(({ id, organisation }) => [id, organisation]));
  const acts = actsOf(rows);

  const sections = [
    facts([
      [word('agreement'), `${names.title} · ${agreement.id}`],
      [word('template'), agreement.template],
      [word('status'), said(AGREEMENT_STATUS_WORDS, agreement.status, language)],
      [word('inForceOn'), agreement.inForceOn ?? '—'],
      [word('expiresOn'), agreement.expiresOn ?? '—'],
      ...(agreement.endedOn === null ? [] : [[word('endedOn'), agreement.endedOn] as const]),
      [word('zone'), zone.id],
      [word('calendar'), [`${calendar.id}@${calendar.version}`, ...later].join(' → ')],
      [word('madeAt'), at(createdAt)],
      [word('head'), head ? `${head.sequence} · ${head.hash}` : '—'],
    ]),
    section(
      word('parties'),
      [word('seat'), word('party'), word('person'), word('organisation')],
      people.seats.map(({ seat, party, personId }) => {
        const organisation = organisations.get(personId) ?? '—';
        return [side(seat), party === null ? '—' : side(party), person(personId), organisation];
      }),
    ),
    section(word('terms'), [word('term'), word('value')], termRows(agreement.draft, names, titles)),
    section(
      word('events'),
      [word('number'), word('when'), word('who'), word('what'), word('clauses'), word('evidence')],
      events.map((row) => eventCells(row, acts, names)),
    ),
    section(
      word('obligations'),
      [word('obligation'), word('responsible'), word('status'), word('due'), word('fulfilled'), word('daysLate')],
      obligations.map((one) => [
        duty(one.id, one.occurrence || null),
        side(one.responsible),
        said(OBLIGATION_STATUS_WORDS, one.status, language),
        one.localDate ?? '—',
        one.fulfilledAt === null ? '—' : at(one.fulfilledAt),
        String(one.settledDaysLate),
      ]),
    ),
    section(
      word('ledger'),
      [word('number'), word('when'), word('kind'), word('fromTo'), word('amount'), word('reckoning'), word('clauses')],
      ledger.map((line) => [
        String(line.sequence),
        at(line.at),
        `${said(LINES, line.kind, language)}${line.obligation === null ? '' : ` · ${duty(line.obligation, line.occurrence)}`}`,
        `${side(line.debtor)} → ${side(line.creditor)}`,
        `${line.amountText} ${line.currency}`,
        reckoning(line, names),
        line.clauses.join(' '),
      ]),
      balancesOf(ledger).map(
        (line) => `${word('balance')}: ${side(line.debtor)} → ${side(line.creditor)} ${line.amount} ${line.currency}`,
      ),
    ),
    section(
      word('notices'),
      [word('when'), word('to'), word('about'), word('clauses'), word('delivery')],
      notices.map((notice) => noticeCells(notice, names)),
    ),
    section(
      word('documents'),
      [word('file'), 'SHA-256', word('bytes'), word('broughtAt')],
      documents.map(({ fileName, sha256, size, createdAt: broughtAt }) => [
        fileName,
        { html: `<code>${sha256}</code>` },
        String(size),
        at(broughtAt),
      ]),
    ),
    ...(missing.length === 0
      ? []
      : [
          section(
            word('missing'),
            [],
            missing.map(({ what, name, why }) => [`${what} ${name}: ${why}`]),
          ),
        ]),
  ];
  return page(`${word('title')} · ${names.title}`, language, [
    `<p class="note">${escaped(word('note'))}</p>`,
    ...sections,
  ]);
}

interface Names {
  language: Language;
  title: string;
  word(key: keyof typeof WORDS): string;
  /** ISO 8601 in UTC as the agreement's local time with its offset. */
  at(iso: string): string;
  duty(id: string, occurrence: string | null | undefined): string;
  /** A role key or a seat. */
  side(id: string): string;
  person(id: string): string;
}

function namesOf(
  { agreement, people }: AgreementRows,
  { language, titles }: { language: Language; titles: AccountTitles | undefined },
): Names {
  const parties = (agreement.draft as { parties?: Record<string, { name?: string }> } | null)?.parties ?? {};
  const coordinator: Text = { zh: '项目协调人', en: 'the coordinator' };
  const persons = new Map(people.persons.map((one) => [one.id, one]));
  return {
    language,
    title: titles?.title[language] ?? agreement.template,
    word: (key) => WORDS[key][language],
    at: (iso) =>
      isoAt(agreement.compiled.zone, Date.parse(iso))
        .replace('T', ' ')
        .replace(/([+-]\d\d:\d\d)$/, ' $1'),
    duty(id, occurrence) {
      const title = titles?.obligations.find((one) => one.id === id)?.title[language] ?? id;
      return occurrence ? `${title} (${occurrenceTitle(occurrence)[language]})` : title;
    },
    side(id) {
      if (id === 'coordinator') return coordinator[language];
      const title = titles?.parties[id]?.[language] ?? titles?.seats?.find((one) => one.id === id)?.title[language];
      const name = parties[id]?.name;
      return [title ?? id, ...(name === undefined ? [] : [name])].join(' ');
    },
    person(id) {
      const found = persons.get(id);
      if (!found) return id;
      return found.erasedAt === null ? found.name : WORDS.erased[language];
    },
  };
}

/** What people asked for and the files that they brought with it, by the id of the act. */
interface Acts {
  commands: ReadonlyMap<string | null, CommandRow>;
  fileNames: ReadonlyMap<string, string>;
}

function actsOf({ commands, documents }: AgreementRows): Acts {
  const names = documents.map(({ commandId, sha256, fileName }) => [`${sha256} ${commandId}`, fileName] as const);
  return { commands: new Map(commands.map((one) => [one.id, one])), fileNames: new Map(names.toReversed()) };
}

function eventCells(row: EventRow, { fileNames, commands }: Acts, names: Names): Cell[] {
  const { word, at, duty, language } = names;
  const body = JSON.parse(row.body) as Record<string, unknown>;
  const subject = row.obligation === null ? '' : ` · ${duty(row.obligation, row.occurrence)}`;
  const details = Object.entries(FIELDS).flatMap(([field, label]) => {
    const text = fieldText(field, body[field], names);
    return text === '' ? [] : [`${label[language]}${language === 'zh' ? '：' : ': '}${text}`];
  });
  const command = commands.get(row.commandId);
  const spoken = command && causes(row, command) ? plainText(command.text) : '';
  const what = [
    `<strong>${escaped(said(EVENT_WORDS, row.type, language) + subject)}</strong>`,
    ...(details.length === 0 ? [] : [escaped(details.join(language === 'zh' ? '；' : '; '))]),
    ...(spoken === '' ? [] : [`<q>${escaped(`${word('words')}: ${spoken}`)}</q>`]),
  ];
  const named = (Array.isArray(body['documents']) ? body['documents'] : []) as { sha256: string }[];
  const evidence = named.map(({ sha256 }) => {
    const fileName = fileNames.get(`${sha256} ${row.commandId}`);
    return `${escaped(fileName ?? '')} <code>${escaped(sha256)}</code>`;
  });
  const late = Date.parse(row.recordedAt) - Date.parse(row.occurredAt) > 60_000;
  return [
    String(row.sequence),
    {
      html: [
        escaped(at(row.occurredAt)),
        ...(late ? [escaped(`${word('recordedAt')} ${at(row.recordedAt)}`)] : []),
      ].join('<br>'),
    },
    actorText(row, names),
    { html: what.join('<br>') },
    row.clauses.join(' '),
    { html: [...evidence, `<small>${escaped(row.hash)}</small>`].join('<br>') },
  ];
}

/** Of several events of one act, the first bears its words. */
function causes({ type }: EventRow, { outcome }: CommandRow): boolean {
  return (outcome as { events?: string[] } | null)?.events?.[0] === type;
}

function actorText({ actor }: EventRow, { word, side, person }: Names): string {
  if (actor.seat === 'clock') return word('clock');
  const parts = [`${person(actor.personId)} (${side(actor.seat)})`];
  if (actor.onBehalfOf !== undefined) parts.push(`${word('onBehalfOf')}${side(actor.onBehalfOf)}`);
  if (actor.deputyFor !== undefined) parts.push(`${word('deputyFor')}${person(actor.deputyFor)}`);
  return parts.join('; ');
}

const SIDES = ['party', 'by', 'against', 'seat', 'responsible', 'waitingFor', 'acceptedBy', 'reader', 'readers'];
const PEOPLE = ['absent', 'deputy', 'before', 'after'];
const DUTIES = ['cancelled', 'kept', 'cut', 'open', 'obligations'];

/** A field of an event in words; empty where it says nothing. */
function fieldText(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map((one) => fieldText(field, one, names)).join(', ');
  if (typeof value === 'object') return objectText(field, value as Record<string, unknown>, names);
  const text = String(value as string | number | boolean);
  if (SIDES.includes(field)) return text.startsWith('person:') ? names.person(text.slice(7)) : names.side(text);
  if (PEOPLE.includes(field)) return names.person(text);
  if (DUTIES.includes(field)) {
    const [id = '', occurrence] = text.split('#');
    return names.duty(id, occurrence);
  }
  return text;
}

function objectText(field: string, value: Record<string, unknown>, names: Names): string {
  if (field === 'line') return lineText(value as unknown as LedgerRow & { amount: string }, names);
  if (typeof value['debtor'] === 'string' && typeof value['creditor'] === 'string') {
    const { debtor, creditor } = value as { debtor: string; creditor: string };
    return `${names.side(debtor)} → ${names.side(creditor)} ${plainText(value['amount'])} ${plainText(value['currency'])}`;
  }
  if (typeof value['localDate'] === 'string') {
    const { obligation } = value;
    return `${typeof obligation === 'string' ? `${names.duty(obligation, null)} ` : ''}${value['localDate']}`;
  }
  if ('before' in value && 'due' in value) {
    const { obligation, occurrence } = value as { obligation: string; occurrence: string | null };
    return `${names.duty(obligation, occurrence)} ${objectText('due', value['before'] as Record<string, unknown>, names)} → ${objectText('due', value['due'] as Record<string, unknown>, names)}`;
  }
  return plainText(value);
}

function lineText(line: LedgerRow, names: Names): string {
  const { debtor, creditor, amount, currency, kind } = line;
  const reckoned = reckoning(line, names);
  const words = `${said(LINES, kind, names.language)} ${names.side(debtor)} → ${names.side(creditor)} ${amount} ${currency}`;
  return reckoned === '' ? words : `${words} (${reckoned})`;
}

/** `1000000.00 × 0.005 × 23 days`: why a daily line is as high as it is. */
function reckoning(
  {
    base,
    rate,
    days,
    excludedDays,
    about,
  }: Partial<Pick<LedgerRow, 'base' | 'rate' | 'days' | 'excludedDays' | 'about'>>,
  { word }: Names,
): string {
  const product = base != null && rate != null && days != null ? [`${base} × ${rate} × ${days} ${word('days')}`] : [];
  const excluded = excludedDays ? [`${word('excluded')} ${excludedDays} ${word('days')}`] : [];
  return [...product, ...excluded, ...(about ? [about] : [])].join('; ');
}

/** JSON as a reader may have it: names and values without brackets. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plainText).join('; ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, one]) => [key, plainText(one)] as const)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `${key}: ${text}`)
      .join(', ');
  }
  return String(value as string | number | boolean);
}

function noticeCells(notice: NoticeRow, { word, at, side, person, duty, language }: Names): Cell[] {
  const { kind, rungs, obligation, occurrence, status, sentAt, failure, bouncedAt, messageId } = notice;
  const to = notice.personId === null ? side(notice.seat) : `${person(notice.personId)} (${side(notice.seat)})`;
  const about = [
    said(NOTICE_WORDS, kind, language),
    ...rungs.map((rung) => rungText(rung)[language]),
    ...(obligation === null ? [] : [duty(obligation, occurrence)]),
    ...(notice.subject === null ? [] : [notice.subject]),
  ];
  const delivery = [
    said(DELIVERY, status, language),
    ...(sentAt === null ? [] : [at(sentAt)]),
    ...(bouncedAt === null ? [] : [`${DELIVERY['bounced']?.[language]} ${at(bouncedAt)}`]),
    ...(failure === null ? [] : [failure]),
    ...(sentAt === null ? [] : [`Message-ID ${messageId}`]),
  ];
  return [
    at(notice.at),
    `${to}${notice.role === 'copy' ? ` · ${word('copy')}` : ''}`,
    about.join(' · '),
    notice.clauses.join(' '),
    delivery.join(' · '),
  ];
}

function termRows(draft: unknown, { word, language }: Names, titles: AccountTitles | undefined): Cell[][] {
  const terms = (draft as { terms?: Record<string, unknown> } | null)?.terms ?? {};
  return Object.entries(terms).map(([name, value]) => {
    const label = titles?.terms?.find((term) => term.name === name)?.label[language];
    return [
      label === undefined ? name : `${label} (${name})`,
      value === null || value === 'not-agreed' ? word('notAgreed') : plainText(value),
    ];
  });
}

function balancesOf(ledger: readonly LedgerRow[]) {
  const sums = new Map<string, { debtor: string; creditor: string; currency: string; amount: string }>();
  for (const { debtor, creditor, currency, amountText } of ledger) {
    const key = JSON.stringify([debtor, creditor, currency]);
    const amount = addMoney(sums.get(key)?.amount ?? '0', amountText);
    sums.set(key, { debtor, creditor, currency, amount });
  }
  return [...sums.values()];
}

/** A word of the vocabulary; one that is not in it stands as it is. */
function said(words: Record<string, Text>, word: string, language: Language): string {
  return words[word]?.[language] ?? word;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function facts(pairs: readonly (readonly [string, string])[]): string {
  return `<dl>${pairs.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
}

function section(title: string, head: string[], rows: readonly Cell[][], after: string[] = []): string {
  const cell = (one: Cell): string => `<td>${typeof one === 'string' ? escaped(one) : one.html}</td>`;
  const heads =
    head.length === 0 ? '' : `<thead><tr>${head.map((one) => `<th>${escaped(one)}</th>`).join('')}</tr></thead>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  const table = rows.length === 0 ? '<p>—</p>' : `<table>${heads}<tbody>\n${body}\n</tbody></table>`;
  return `<h2>${escaped(title)}</h2>${table}${after.map((line) => `<p>${escaped(line)}</p>`).join('')}`;
}

const STYLE = `body{font:14px/1.5 "Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#111;max-width:75rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
code,small{font:11px/1.4 ui-monospace,monospace;color:#444;overflow-wrap:anywhere}.note{color:#444}
thead{display:table-header-group}tr{break-inside:avoid}@media print{body{margin:0;max-width:none;font-size:10pt}}`;

function page(title: string, language: Language, parts: string[]): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${parts.join('\n')}
</body>
</html>
`;
}

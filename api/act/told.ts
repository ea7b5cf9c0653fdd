import type { Text } from '../../domain/time.ts';
import type { LifeView } from '../life/schema.ts';
import type { Language } from '../problem.ts';
import { ANSWER_WORDS, ENGAGEMENT_GROUND_WORDS, GROUND_WORDS } from './answer-words.ts';
import { idIn } from './asked.ts';

/** What whoever is asked reads before answering: facts, the difference in words, and the files. */
export interface Told {
  facts: [string, string][];
  /** Of an amendment: what changes from what to what. */
  changes: string[];
  /** Of its terms. */
  terms: [string, string][];
  documents: { id: string; fileName: string; size: number }[];
}

const NOTHING: Told = { facts: [], changes: [], terms: [], documents: [] };

/** What was written and brought of what a link asks about. */
export function toldOf(
  life: LifeView,
  { purpose, obligation: subject }: { purpose: string; obligation: string | null },
  language: Language,
): Told {
  const id = idIn(subject);
  const fact = (label: Text, value: string | null | undefined): [string, string][] =>
    value === null || value === undefined || value === '' ? [] : [[label[language], value]];
  const words = ANSWER_WORDS;
  switch (purpose) {
    case 'accept': {
      const found = life.amendments.find((one) => one.id === id);
      if (!found) return NOTHING;
      return {
        facts: [
          ...fact(words.proposedBy, found.by.title[language]),
          ...fact(words.effectiveOn, found.effectiveOn),
          ...fact(words.reason, found.reason),
        ],
        // What becomes of the terms is told by their values.
        changes: found.changes.filter(({ of }) => !of.startsWith('term:')).map(({ text }) => text[language]),
        terms: found.terms.map(({ label, before, after }) => [
          label[language],
          `${valueText(before, language)} → ${valueText(after, language)}`,
        ]),
        documents: found.documents,
      };
    }
    case 'answer': {
      const found = life.claims.find((one) => one.id === id);
      if (!found) return NOTHING;
      const items = found.items.map(({ what, amount }) => (amount === undefined ? what : `${what} ${amount}`));
      return {
        ...NOTHING,
        facts: [
          ...fact(words.by, found.by.title[language]),
          ...fact(words.claimed, `${found.amount} ${found.currency}`),
          ...fact(words.cause, found.cause),
          ...fact(words.items, items.join(language === 'zh' ? '；' : '; ')),
          ...fact(words.obligation, found.obligation?.title[language]),
          ...fact(words.lossOn, found.lossOn),
        ],
        documents: found.documents,
      };
    }
    case 'reply': {
      const found = life.matters.find((one) => one.id === id);
      if (!found) return NOTHING;
      return {
        ...NOTHING,
        facts: [
          ...fact(words.by, found.from.title[language]),
          ...fact(words.topic, found.topic),
          ...fact(words.details, found.details),
          ...fact(words.agenda, found.agenda),
          ...fact(words.about, found.about?.title[language]),
          ...fact(words.on, found.on),
        ],
        documents: [...found.documents, ...found.steps.flatMap(({ documents }) => documents)],
      };
    }
    case 'object': {
      const ended = life.terminations.find((one) => one.id === id);
      if (ended) {
        return {
          ...NOTHING,
          facts: [...fact(words.by, ended.by.title[language]), ...fact(words.reason, ended.reason)],
          documents: ended.documents,
        };
      }
      return { ...NOTHING, facts: fact(words.lastDay, life.renewal.expiresOn) };
    }
    case 'approve':
      return approvalTold(life, subject ?? '', language, fact);
    default:
      return NOTHING;
  }
}

function approvalTold(
  life: LifeView,
  what: string,
  language: Language,
  fact: (label: Text, value: string | null | undefined) => [string, string][],
): Told {
  const words = ANSWER_WORDS;
  const [word, which] = what.split(':');
  if (word === 'baseline') {
    const [goal, value] = (which ?? '').split('@');
    const found = life.baselines.find((one) => one.goal === goal && one.value === value);
    return {
      ...NOTHING,
      facts: [...fact(words.by, found?.by?.title[language]), ...fact(words.value, found?.value)],
    };
  }
  if (word === 'waiver') {
    const found = life.waivers.find(({ number }) => String(number) === which);
    if (!found) return NOTHING;
    return {
      ...NOTHING,
      facts: [
        ...fact(words.by, found.by.title[language]),
        ...fact(words.obligation, found.obligation.title[language]),
        ...fact(words.days, found.days > 0 ? String(found.days) : null),
        ...fact(words.amount, found.days > 0 ? null : found.amount),
        ...fact(words.reason, found.reason),
      ],
      documents: found.documents,
    };
  }
  if (word === 'engagement-end') {
    const found = life.engagementEnds.find(({ id }) => id === which);
    if (!found) return NOTHING;
    const [, , item] = what.split(':');
    const said = found.items.find(({ id }) => id === item)?.said ?? [];
    return {
      ...NOTHING,
      facts: [
        ...fact(words.by, found.by.title[language]),
        ...fact(words.endGround, ENGAGEMENT_GROUND_WORDS[found.ground][language]),
        ...fact(words.purpose, found.ground === 'purpose-achieved' ? found.purpose : null),
        ...fact(words.reason, item === undefined ? found.reason : said.map(({ note }) => note ?? '').join(' ')),
      ],
      documents: item === undefined ? found.documents : said.flatMap(({ documents }) => documents),
    };
  }
  if (word === 'termination') {
    const found = life.terminations.find(({ id }) => id === which);
    if (!found) return NOTHING;
    return {
      ...NOTHING,
      facts: [
        ...fact(words.by, found.by.title[language]),
        ...fact(words.ground, GROUND_WORDS[found.ground]?.[language] ?? found.ground),
        ...fact(words.endsOn, found.endsOn),
        ...fact(words.reason, found.reason),
      ],
      documents: found.documents,
    };
  }
  if (word === 'suspension') {
    const found = life.pauses.find(({ number }) => String(number) === which);
    if (!found) return NOTHING;
    const duties = found.obligations.map(({ title }) => title[language]).join(language === 'zh' ? '、' : ', ');
    return {
      ...NOTHING,
      facts: [
        ...fact(words.by, found.agreedBy.map(({ title }) => title[language]).join(language === 'zh' ? '、' : ', ')),
        ...fact(words.from, found.from),
        ...fact(words.obligation, duties),
        ...fact(words.reason, found.reason),
      ],
      documents: found.documents,
    };
  }
  return NOTHING;
}

/** A term's value as people read it. */
function valueText(value: unknown, language: Language): string {
  if (value === null || value === undefined) return ANSWER_WORDS.notAgreed[language];
  if (typeof value === 'boolean') return value ? (language === 'zh' ? '是' : 'yes') : language === 'zh' ? '否' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

import { grouped } from '../../../domain/grouped-money.ts';
import {
  AGREEMENT_SECTION_WORDS,
  ENGAGEMENT_STATUS_WORDS,
  LOSS_CATEGORY_WORDS,
} from '../../../domain/engagement/vocabulary.ts';
import type { EngagementStatus } from '../../../domain/engagement/state.ts';
import type { Text } from '../../../domain/time.ts';
import type { View } from '../../engagements/view.ts';
import type { Language } from '../../problem.ts';
import { ANSWER_WORDS } from '../answer-words.ts';
import { type Html, html } from '../html.ts';
import type { LinkedEngagement } from './linked.ts';
import { ACCESS_WORDS, ENGAGEMENT_WORDS as W, ORGANISATION_WORDS, groundWords } from './words.ts';

type Fact = [string, string];
type File = View['rounds'][number]['documents'][number];

/** One part of what is read before it is decided: nothing of the engagement beside what the step is about. */
interface Part {
  title: string | undefined;
  facts: Fact[];
  documents: File[];
}

/** What whoever is asked reads: who the third party is, then what the step is about. */
export function engagementTold(
  view: View,
  { step, about }: Pick<LinkedEngagement, 'step' | 'about'>,
  language: Language,
): Part[] {
  const tell = teller(view, language);
  return [tell.who(), ...partsOf(tell, view, { step, about })].filter(
    ({ facts, documents }) => facts.length + documents.length > 0,
  );
}

function partsOf(
  tell: ReturnType<typeof teller>,
  view: View,
  { step, about }: Pick<LinkedEngagement, 'step' | 'about'>,
): Part[] {
  switch (step) {
    case 'reply':
    case 'provide':
      return [tell.application()];
    case 'review':
    case 'sign':
      return [tell.draft(), ...tell.milestones(), tell.signatures()];
    case 'milestone':
    case 'accept':
    case 'effect':
      return view.milestones.filter(({ milestone }) => milestone === about).map(tell.milestone);
    case 'support':
      return view.support.filter(({ request }) => request === about).map(tell.support);
    case 'cap':
    case 'cap-consent':
      return [tell.capChange()];
    case 'loss':
      return view.losses.filter(({ loss }) => loss === about).map(tell.loss);
    case 'end':
    case 'purpose':
      return [tell.ending()];
    case 'settle':
      return view.items.filter(({ id }) => id === about).map(tell.item);
    case 'work':
      return [tell.work(), ...tell.milestones()];
  }
}

/** The files that a step shows: no others are given out by its link. */
export function shownFiles(view: View, step: Pick<LinkedEngagement, 'step' | 'about'>): string[] {
  return engagementTold(view, step, 'zh').flatMap(({ documents }) => documents.map(({ id }) => id));
}

/** The parts as sections of the page. */
export function toldParts(parts: readonly Part[], linkId: string, language: Language): Html {
  return html`${parts.map(
    ({ title, facts, documents }) =>
      html`<section>
        ${title !== undefined && html`<h2>${title}</h2>`}
        ${
          facts.length > 0 &&
          html`<dl>
            ${facts.map(
              ([label, value]) =>
                html`<dt>${label}</dt>
                  <dd class="lines">${value}</dd>`,
            )}
          </dl>`
        }
        ${
          documents.length > 0 &&
          html`<p class="soft">${ANSWER_WORDS.documents[language]}</p>
            <ul>
              ${documents.map(({ id, fileName }) => html`<li><a href="/act/${linkId}/documents/${id}">${fileName}</a></li>`)}
            </ul>`
        }
      </section>`,
  )}`;
}

function teller(view: View, language: Language) {
  const comma = language === 'zh' ? '、' : ', ';
  const { currency } = view.agreement;
  const fact = (label: Text | string, value: string | number | null | undefined): Fact[] =>
    value === null || value === undefined || value === ''
      ? []
      : [[typeof label === 'string' ? label : label[language], String(value)]];
  const money = (amount: string | null): string =>
    amount === null ? W.byLaw[language] : `${grouped(amount)} ${currency}`;
  const names = (seats: readonly { title: Text }[]): string => seats.map(({ title }) => title[language]).join(comma);
  const minute = (iso: string | null): string | null => iso && iso.slice(0, 16).replace('T', ' ');
  const scoped = (scope: View['rounds'][number]['scope']): string =>
    scope.map(({ id, title, words }) => words ?? title?.[language] ?? id).join(language === 'zh' ? '；' : '; ');
  const part = (title: Text | undefined, facts: Fact[], documents: File[] = []): Part => ({
    title: title?.[language],
    facts,
    documents,
  });
  const reasons = (rationale: { title: Text; words: string | null }[]): Fact[] =>
    rationale.flatMap(({ title, words }) =>
      fact(`${W.rationale[language]}${language === 'zh' ? '：' : ': '}${title[language]}`, words),
    );
  const capNow = view.caps.at(-1);
  return {
    who: (): Part => {
      const { name, kind, registration } = view.thirdParty;
      const kindWord = kind === null ? '' : ORGANISATION_WORDS[kind][language];
      const bracketed = kindWord && (language === 'zh' ? `（${kindWord}）` : ` (${kindWord})`);
      return part(undefined, [
        ...fact(W.third, name === null ? null : `${name}${bracketed}`),
        ...fact(W.registration, registration),
        ...fact(W.applicant, view.applicant.title[language]),
        ...fact(W.status, ENGAGEMENT_STATUS_WORDS[view.status as EngagementStatus]?.[language]),
      ]);
    },
    application: (): Part => {
      const [round] = view.rounds;
      if (!round) return part(W.application, []);
      const { purpose, effect, scope, interest, interestDetails, documents, question, provided } = round;
      return part(
        W.application,
        [
          ...fact(W.purpose, purpose),
          ...fact(W.effect, effect),
          ...fact(W.scope, scoped(scope)),
          ...fact(W.interest, interest && W[interest][language]),
          ...fact(W.note, interestDetails),
          ...fact(W.question, question),
          ...fact(W.provided, provided?.details),
        ],
        [...documents, ...(provided?.documents ?? [])],
      );
    },
    draft: (): Part => {
      const { draft } = view;
      if (!draft) return part(W.draft, []);
      const { fee } = draft;
      const feeText = fee === null ? null : fee.basis === 'actual' ? W.actual[language] : money(fee.amount);
      return part(
        W.draft,
        [
          ...fact(W.purpose, draft.sections.some(({ section }) => section === 'purpose') ? null : view.purpose),
          ...draft.sections.flatMap(({ section, words }) =>
            fact(AGREEMENT_SECTION_WORDS[section], words ?? W.asInDocument[language]),
          ),
          ...fact(W.agreedScope, scoped(draft.scope)),
          ...fact(W.fee, view.rules.fee ? (feeText ?? W.noFee[language]) : feeText),
          ...fact(W.cap, view.rules.cap ? money(draft.cap) : null),
          ...reasons(draft.rationale),
          ...fact(W.endsOn, draft.endsOn),
          ...fact(W.earlierPoints, draft.points.join('\n')),
        ],
        draft.documents,
      );
    },
    milestones: (): Part[] =>
      view.milestones.map(({ what, milestone, standard, dueOn }) =>
        part(W.milestones, [
          ...fact(W.milestone, what ?? milestone),
          ...fact(W.standard, standard),
          ...fact(W.dueOn, dueOn),
        ]),
      ),
    signatures: (): Part =>
      part(
        W.signatures,
        view.signatures.flatMap(({ by, signedOn }) => fact(by.title, signedOn ?? W.notSigned[language])),
      ),
    milestone: (one: View['milestones'][number]): Part =>
      part(
        W.milestones,
        [
          ...fact(W.milestone, one.what ?? one.milestone),
          ...fact(W.standard, one.standard),
          ...fact(W.dueOn, one.dueOn),
          ...fact(W.handedIn, minute(one.handedInAt)),
          ...fact(W.daysLate, one.daysLate > 0 ? one.daysLate : null),
          ...fact(W.note, one.note),
          ...fact(W.accepted, names(one.acceptedBy)),
          ...fact(W.points, one.points.join('\n')),
        ],
        one.documents,
      ),
    support: (one: View['support'][number]): Part =>
      part(
        W.support,
        [
          ...fact(W.topic, one.title),
          ...fact(W.note, one.details),
          ...fact(W.askedOn, one.askedOn),
          ...one.answers.flatMap(({ by, details }) => fact(`${W.answer[language]} ${by.title[language]}`, details)),
        ],
        one.answers.flatMap(({ documents }) => documents),
      ),
    capChange: (): Part => {
      const change = view.capChanges.at(-1);
      if (!change) return part(W.change, []);
      return part(W.change, [
        ...fact(W.capNow, capNow && money(capNow.amount)),
        ...fact(W.capNext, money(change.amount)),
        ...fact(W.by, change.by.title[language]),
        ...fact(W.reason, change.reason),
        ...reasons(change.rationale),
      ]);
    },
    loss: (one: View['losses'][number]): Part =>
      part(
        W.loss,
        [
          ...fact(W.amount, money(one.amount)),
          ...fact(W.recoverable, one.recoverable === null ? null : money(one.recoverable)),
          ...fact(W.category, LOSS_CATEGORY_WORDS[one.category][language]),
          ...fact(W.lossOn, one.lossOn),
          ...fact(W.by, one.of.title[language]),
          ...fact(W.details, one.details),
        ],
        one.documents,
      ),
    ending: (): Part =>
      part(W.ending, [
        ...fact(W.ground, view.ending && groundWords(view.ending.ground)[language]),
        ...fact(W.by, view.ending?.by.title[language]),
        ...fact(W.reason, view.ending?.reason),
        ...fact(W.purpose, view.purpose),
        ...fact(W.endsOn, view.draft?.endsOn),
      ]),
    item: (one: View['items'][number]): Part =>
      part(W.ending, [...fact(W.item, one.title[language]), ...fact(W.saidBy, names(one.by))]),
    work: (): Part =>
      part(
        W.work,
        [
          ...fact(W.startsOn, view.startsOn),
          ...fact(W.endsOn, view.draft?.endsOn),
          ...fact(W.scope, view.draft && scoped(view.draft.scope)),
          ...fact(W.cap, capNow && money(capNow.amount)),
          ...fact(W.access, ACCESS_WORDS[view.access][language]),
          ...fact(
            W.tasks,
            view.tasks.map(({ title, details }) => [title, details].filter(Boolean).join(comma)).join('\n'),
          ),
        ],
        view.draft?.documents ?? [],
      ),
  };
}

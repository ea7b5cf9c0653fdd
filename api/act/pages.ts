import { createHash } from 'node:crypto';
import type { ObligationView } from '../../domain/agreement/view.ts';
import { WHOLE, latestReading } from '../../domain/agreement/reading.ts';
import { referenceOf } from '../../domain/agreement/reference.ts';
import { answersFor } from '../../domain/agreement/parties.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { hasEnded } from '../../domain/agreement/phase.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import { addDays } from '../../domain/local-date.ts';
import { unpaidOf } from '../../domain/obligations/payment-state.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Text } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import { type ChecklistPart, MAX_REASON_LENGTH, checklistOf } from '../checklist.ts';
import type { CommandResult } from '../commands.ts';
import type { View as EngagementView } from '../engagements/view.ts';
import { type Language, type Problem, problemCure, problemTitle } from '../problem.ts';
import { obligationSummary, obligationTitle, templateOf } from '../views.ts';
import { WORDS } from './words.ts';
import { answerForm, paymentForm, toldSection } from './answer-forms.ts';
import { ANSWER_WORDS } from './answer-words.ts';
import { mayRefuse, refusedAnswer } from './answering.ts';
import { isAnswer } from './asked.ts';
import { openForms, shownNow } from './engagement/acting.ts';
import { engagementForms } from './engagement/page.ts';
import { engagementTold, toldParts } from './engagement/told.ts';
import { ENGAGEMENT_WORDS } from './engagement/words.ts';
import { type Html, html } from './html.ts';
import type { KeptDocument } from './kept-documents.ts';
import { type LiveLink, linkActor } from './link.ts';
import { moment } from './moment.ts';
import type { Told } from './told.ts';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d9dee6;--back:#f4f6f9;--card:#fff;--key:#1f5fbf;--good:#1d7a46;--bad:#b3372e}
@media (prefers-color-scheme:dark){:root{--ink:#e7ebf0;--soft:#a3adba;--line:#364151;--back:#12161c;--card:#1b212a;--key:#7fb0ff;--good:#6fce98;--bad:#ff9a90}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:40rem;margin:2rem auto;padding:0 1rem}
header{display:flex;justify-content:space-between;align-items:baseline;color:var(--soft);font-size:.875rem;margin-bottom:.75rem}
a{color:var(--key)}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem 1.5rem;margin-bottom:1rem}
h1{font-size:1.375rem;line-height:1.35;margin:.25rem 0 1rem}
h2{font-size:1.0625rem;margin:0 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
label{display:block;font-weight:600;margin:1rem 0 .25rem}
label small,p small,.soft{color:var(--soft);font-weight:400;font-size:.875rem}
input[type=text],input[type=date],input[type=file],input[type=email],input[type=tel],select,textarea{width:100%;font:inherit;padding:.5rem .625rem;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink)}
ol{padding-left:1.5rem;margin:.25rem 0}li{margin:.35rem 0}
fieldset{border:1px solid var(--line);border-radius:8px;margin:1rem 0 0;padding:.5rem 1rem .75rem;min-width:0}
legend{font-weight:600;padding:0 .375rem;margin-left:-.375rem}
fieldset p{margin:.25rem 0}
.part{border-top:1px solid var(--line);padding:.625rem 0}.part:first-of-type{border-top:0}
.part label{display:flex;gap:.625rem;align-items:baseline;margin:0;font-weight:400}
.part label span{flex:1}
.part input[type=checkbox]{flex:none;width:1.05rem;height:1.05rem;margin:0;transform:translateY(.15rem);accent-color:var(--key)}
.part input[type=text]{margin:.375rem 0 0 1.675rem;width:calc(100% - 1.675rem);font-size:.9375rem;padding:.375rem .625rem}
.part .bad{margin:.25rem 0 0 1.675rem;font-size:.875rem}
[role=alert]{border:1px solid var(--bad);border-radius:8px;padding:.625rem 1rem;color:var(--bad)}
[role=alert] ul{margin:.25rem 0 0;padding-left:1.25rem}
button{font:inherit;font-weight:600;margin-top:1rem;padding:.6rem 1.4rem;border:0;border-radius:8px;background:var(--key);color:#fff;cursor:pointer}
@media (prefers-color-scheme:dark){button{color:#10151c}}
button.no{background:none;color:var(--bad);border:1px solid currentColor}
.good{color:var(--good)}.bad{color:var(--bad)}
fieldset label{display:flex;gap:.5rem;align-items:baseline;font-weight:400;margin:.5rem 0}
.said{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0}
ol.told{list-style:none;padding:0}ol.told>li{border-top:1px solid var(--line);padding:.625rem 0;margin:0}ol.told>li:first-child{border-top:0}
.lines{white-space:pre-wrap}
.turn{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1.25rem}
details{margin-top:1rem}summary{cursor:pointer;font-weight:600}
@media (max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
`;

/** What these pages may load: nothing but their own style, by its hash. */
export const ACT_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface FormSecrets {
  key: string;
  nonce: string;
}

/** What stood in a form that was refused: it comes again with all of it. */
export interface SubmitEntry {
  parts: string[];
  omitted: Record<string, string>;
  missing: string[];
  kept: KeptDocument[];
}

/** What is under review, for the reviewer to read. */
export interface HandIn {
  documents: readonly ShownDocument[];
  omitted: readonly { title: Text; reason: string }[];
}

/** A file under review, for the reviewer to read. */
interface ShownDocument {
  id: string;
  fileName: string;
  size: number;
}

/** The frame of every page that is opened by a link: its own style, no script. */
export function page(language: Language, title: string, content: Html, languageSwitch = true): string {
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Abide</title>
        <style>
          ${{ html: '@@style' }}
        </style>
      </head>
      <body>
        <main>
          <header>
            <span>${WORDS.product[language]}</span>
            ${languageSwitch && html`<a href="?lang=${other}" hreflang="${other}">${WORDS.other[language]}</a>`}
          </header>
          ${content}
        </main>
      </body>
    </html>`.html.replace(/<style>\s*@@style\s*<\/style>/, () => `<style>${STYLE}</style>`);
}

/** The date and time on the zone's clocks, with the zone's name. */
export function when({ compiled: { zone } }: Pick<LiveLink, 'compiled'>, ms: number, language: Language): string {
  return moment(isoAt(zone, ms).slice(0, 16).replace('T', ' '), zone.id, language);
}

/** A due time as people say it: the end of its last day. */
function dueText(link: Matter, { localDate }: { localDate: string }, language: Language): string {
  const rule = link.compiled.obligations.find(({ id }) => id === link.about?.obligation);
  return moment(`${localDate} ${rule?.deadline.dayEnd ?? '24:00'}`, link.compiled.zone.id, language);
}

/** What a link is for. */
export type Matter = Pick<LiveLink, 'about' | 'compiled'> & {
  asked?: LiveLink['asked'];
  holder: Pick<LiveLink['holder'], 'purpose'> & Partial<Pick<LiveLink['holder'], 'obligation'>>;
  agreement: Pick<LiveLink['agreement'], 'draft'>;
};

/** Between whom, by when, and under which clauses: as its page and its mail say it. */
export function matterFacts(
  link: Matter,
  language: Language,
  view: Pick<ObligationView, 'id' | 'due' | 'review' | 'clauses'> | undefined,
): { parties: string[]; due: string | undefined; clauses: string[] } {
  const template = templateOf(link.compiled.template);
  const draft = link.agreement.draft as { parties?: Record<string, { name?: string }> };
  const { asked } = link;
  const isReview = link.holder.purpose === 'review';
  const due = asked ? asked.due : isReview ? view?.review : view?.due;
  return {
    parties: Object.entries(draft.parties ?? {}).map(([role, { name }]) => {
      const label = template?.parties[role]?.[language] ?? role;
      return `${label}${language === 'zh' ? '：' : ': '}${name ?? ''}`;
    }),
    due: due ? dueText(link, due, language) : undefined,
    clauses: asked
      ? asked.clauses
      : isReview
        ? (link.compiled.obligations.find(({ id }) => id === view?.id)?.review?.clauses ?? [])
        : (view?.clauses ?? link.compiled.clauses.signing),
  };
}

function facts(link: LiveLink, language: Language, view: ObligationView | undefined): Html {
  const template = templateOf(link.compiled.template);
  const { parties, due, clauses } = matterFacts(link, language, view);
  return html`<dl>
    <dt>${WORDS.you[language]}</dt>
    <dd>
      ${link.person.name}${link.person.name !== link.person.organisation && inBrackets(link.person.organisation, language)}
    </dd>
    ${
      link.deputyFor !== undefined &&
      html`<dt>${WORDS.standingInFor[language]}</dt>
        <dd>${link.deputyFor.name}</dd>`
    }
    <dt>${WORDS.agreement[language]}</dt>
    <dd>${template?.title[language] ?? link.compiled.template}</dd>
    <dt>${WORDS.parties[language]}</dt>
    <dd>${parties.join(' · ')}</dd>
    ${
      link.about?.occurrence === undefined
        ? null
        : html`<dt>${WORDS.occurrence[language]}</dt>
            <dd>${occurrenceTitle(link.about.occurrence)[language]}</dd>`
    }
    ${
      due
        ? html`<dt>${WORDS.due[language]}</dt>
            <dd>${due}</dd>`
        : null
    }
    ${
      clauses.length > 0 &&
      html`<dt>${WORDS.clauses[language]}</dt>
        <dd>${clauses.join(', ')}</dd>`
    }
  </dl>`;
}

/** What is done with it: not every duty is a paper that is handed in. */
function actWord(link: Matter): Text {
  const { purpose, obligation } = link.holder;
  if (purpose === 'engagement') return link.asked?.title ?? ANSWER_WORDS.engagement;
  if (purpose === 'object' && obligation?.startsWith('termination:')) return ANSWER_WORDS.objectToEnd;
  if (isAnswer(purpose)) return ANSWER_WORDS[purpose];
  if (purpose === 'acknowledge') return WORDS.read;
  if (purpose !== 'submit') return WORDS[purpose];
  const kind = kindOf(link);
  if (kind === 'payment') return WORDS.settle;
  if (kind === 'acknowledgement') return WORDS.acknowledge;
  return isPaper(kind) ? WORDS.submit : WORDS.complete;
}

export function kindOf({ compiled, about }: Matter): string | undefined {
  return compiled.obligations.find(({ id }) => id === about?.obligation)?.kind;
}

export function isPaper(kind: string | undefined): boolean {
  return kind === undefined || ['deliverable', 'analysis', 'report'].includes(kind);
}

/** What is to be done, and with what. */
export function heading(link: Matter, language: Language): string {
  const word = actWord(link)[language];
  if (link.asked && !['seal', 'object', 'engagement'].includes(link.holder.purpose)) {
    return `${word}${language === 'zh' ? '：' : ': '}${link.asked.title[language]}`;
  }
  if (!link.about) return word;
  const { obligation, occurrence } = link.about;
  const title = obligationTitle(templateOf(link.compiled.template), obligation)[language];
  const period = occurrence === undefined ? '' : occurrenceTitle(occurrence)[language];
  if (language === 'zh') return `${word}：${title}${period === '' ? '' : `（${period}）`}`;
  return `${word}: ${title}${period === '' ? '' : `, ${period}`}`;
}

function inBrackets(text: string, language: Language): string {
  return language === 'zh' ? `（${text}）` : ` (${text})`;
}

function hidden({ key, nonce }: FormSecrets): Html {
  return html`<input type="hidden" name="key" value="${key}" /><input type="hidden" name="nonce" value="${nonce}" />`;
}

function signForm(language: Language, secrets: FormSecrets, today: string): Html {
  return html`<form method="post" enctype="multipart/form-data">
    ${hidden(secrets)}
    <p>${WORDS.signIntro[language]}</p>
    <label for="signedOn">${WORDS.signedOn[language]} <small>${WORDS.required[language]}</small></label>
    <input id="signedOn" name="signedOn" type="date" max="${today}" required />
    <label for="file"
      >${WORDS.scan[language]} <small>${WORDS.optional[language]} · ${WORDS.kinds[language]}</small></label
    >
    <input id="file" name="file" type="file" />
    <button>${WORDS.sign[language]}</button>
  </form>`;
}

function submitForm(
  link: LiveLink,
  language: Language,
  secrets: FormSecrets,
  replaces: boolean,
  entry: SubmitEntry | undefined,
): Html {
  const checklist = checklistOf(link.compiled, templateOf(link.compiled.template), link.about?.obligation ?? '');
  const missing = checklist.filter(({ id }) => entry?.missing.includes(id));
  const kept = entry?.kept ?? [];
  const file = kept.length > 0 ? WORDS.moreFiles : isPaper(kindOf(link)) ? WORDS.file : WORDS.evidence;
  return html`<form method="post" enctype="multipart/form-data">
    ${hidden(secrets)} ${replaces && html`<p>${WORDS.replaces[language]}</p>`}
    ${
      missing.length > 0 &&
      html`<div role="alert">
        ${WORDS.incomplete[language]}
        <ul>
          ${missing.map(({ title }) => html`<li>${title[language]}</li>`)}
        </ul>
      </div>`
    }
    ${
      kept.length > 0 &&
      html`<p>${WORDS.keptFiles[language]}</p>
        <ul>
          ${kept.map(({ fileName, field }) => html`<li>${fileName}<input type="hidden" name="kept" value="${field}" /></li>`)}
        </ul>`
    }
    <label for="file"
      >${file[language]}
      <small>${WORDS[kept.length > 0 ? 'optional' : 'required'][language]} · ${WORDS.kinds[language]}</small></label
    >
    <input id="file" name="file" type="file" multiple ${{ html: kept.length > 0 ? '' : 'required' }} />
    ${
      checklist.length > 0 &&
      html`<fieldset>
        <legend>${WORDS.parts[language]}</legend>
        <p class="soft">${WORDS.partsHint[language]}</p>
        ${checklist.map((part) => partField(part, language, entry))}
      </fieldset>`
    }
    <button>${isPaper(kindOf(link)) ? WORDS.submit[language] : actWord(link)[language]}</button>
  </form>`;
}

function partField({ id, title, clauses, mayOmit }: ChecklistPart, language: Language, entry?: SubmitEntry): Html {
  const checked = entry?.parts.includes(id) ? 'checked' : '';
  return html`<div class="part">
    <label
      ><input
        type="checkbox"
        name="parts"
        value="${id}"
        ${{ html: `${checked} ${mayOmit ? '' : 'required'}`.trim() }}
      />
      <span
        >${title[language]} <small>${clauses.join(', ')}${mayOmit && ` · ${WORDS.mayOmit[language]}`}</small></span
      ></label
    >
    ${
      mayOmit &&
      html`<input
        type="text"
        name="omitted.${id}"
        value="${entry?.omitted[id] ?? ''}"
        maxlength="${MAX_REASON_LENGTH}"
        placeholder="${WORDS.reason[language]}"
        aria-label="${WORDS.reason[language]}: ${title[language]}"
      />`
    }
  </div>`;
}

function documentList(documents: readonly ShownDocument[], linkId: string): Html {
  return html`<ul>
    ${documents.map(
      ({ id, fileName, size }) =>
        html`<li>
          <a href="/act/${linkId}/documents/${id}">${fileName}</a>
          <span class="soft">${Math.max(1, Math.round(size / 1024))} KiB</span>
        </li>`,
    )}
  </ul>`;
}

function readForm(language: Language, secrets: FormSecrets, documents: readonly ShownDocument[], linkId: string): Html {
  return html`<p>${WORDS.readIntro[language]}</p>
    ${documents.length > 0 && documentList(documents, linkId)}
    <form method="post">${hidden(secrets)}<button>${WORDS.read[language]}</button></form>`;
}

function reviewForm(link: LiveLink, language: Language, secrets: FormSecrets, { documents, omitted }: HandIn): Html {
  const { linkId } = link.holder;
  const points = [1, 2, 3, 4, 5].map(
    (n) =>
      html`<li><input type="text" name="points" maxlength="2000" aria-label="${WORDS.points[language]} ${n}" /></li>`,
  );
  return html`<h2>${WORDS.handedIn[language]}</h2>
    ${documentList(documents, linkId)}
    ${
      omitted.length > 0 &&
      html`<h2>${WORDS.leftOut[language]}</h2>
        <dl>
          ${omitted.map(
            ({ title, reason }) =>
              html`<dt>${title[language]}</dt>
                <dd>${reason}</dd>`,
          )}
        </dl>`
    }
    <form method="post">
      ${hidden(secrets)}<input type="hidden" name="verdict" value="accept" />
      <button>${WORDS.accept[language]}</button>
    </form>
    <form method="post">
      ${hidden(secrets)}<input type="hidden" name="verdict" value="reject" />
      <label>${WORDS.points[language]}</label>
      <ol>
        ${points}
      </ol>
      <button class="no">${WORDS.reject[language]}</button>
    </form>
    <p class="soft">${WORDS.silence[language]}</p>`;
}

/** Why the link has nothing to be done at present; `undefined` when it has. */
export function nothingToDo(link: LiveLink, language: Language, nowMs: number): string | undefined {
  const view = viewOf(link, nowMs);
  const today = isoAt(link.compiled.zone, nowMs).slice(0, 10);
  const { status, signatures } = link.state;
  const { purpose } = link.holder;
  if (isAnswer(purpose)) {
    if (!link.asked) return WORDS[purpose === 'approve' ? 'replaced' : 'settled'][language];
    const code = link.engagement
      ? openForms(link.engagement, linkActor(link), nowMs).refused
      : refusedAnswer(link, linkActor(link), nowMs);
    if (code === 'nothing-to-approve') return WORDS.replaced[language];
    return code && `${problemTitle(code)[language]}${language === 'zh' ? '。' : '. '}${problemCure(code)[language]}`;
  }
  const payment = paymentOf(link);
  if (hasEnded(link.state) && !payment) return WORDS.ended[language];
  if (purpose === 'sign') {
    const signedOn = link.party === undefined ? undefined : signatures[link.party];
    return signedOn && `${WORDS.alreadySigned[language]}${signedOn}`;
  }
  if (purpose === 'acknowledge') {
    const reference = link.about ? referenceOf(link.about) : WHOLE;
    const asked = latestReading(link.state, reference)?.readers.find(({ reader }) => reader === link.reader);
    return asked?.readAtMs != null ? WORDS.alreadyRead[language] : undefined;
  }
  if (status === 'awaiting-signatures' || status === 'new') return WORDS.notInForce[language];
  if (!view || ['fulfilled', 'fulfilled-late', 'waived', 'cancelled'].includes(view.status)) {
    return WORDS.settled[language];
  }
  if (purpose === 'submit') {
    const opensDays = link.compiled.obligations.find(({ id }) => id === view.id)?.opensDays;
    const opensOn = opensDays === undefined || !view.due ? today : addDays(view.due.localDate, -opensDays);
    return today < opensOn ? `${WORDS.notOpen[language]}${opensOn}` : undefined;
  }
  const waits =
    view.status === 'in-review' &&
    view.review?.waitingFor.some((reviewer) => answersFor(link.compiled, linkActor(link), reviewer));
  return waits ? undefined : WORDS.notUnderReview[language];
}

/** The payment that the link is about, and what of it is unpaid. */
function paymentOf({ state, about }: LiveLink): { unpaid: string; currency: string } | undefined {
  const context = about && obligationContext(state, about.obligation, about.occurrence ?? null);
  if (context?.rule.rule !== 'payment@1') return undefined;
  return { unpaid: unpaidOf(context.rule, context.state), currency: context.rule.currency };
}

/** What a link is about, as it stands at an instant; undefined for a signature and the whole agreement. */
export function viewOf({ state, about }: LiveLink, nowMs: number): ObligationView | undefined {
  return describeObligations(state, nowMs).find(
    ({ id, occurrence }) => id === about?.obligation && occurrence === (about.occurrence ?? null),
  );
}

/** The page that a link opens: who, which agreement, what, by when, and the form. */
export function actPage(
  link: LiveLink,
  language: Language,
  secrets: FormSecrets,
  {
    nowMs,
    handIn,
    told,
    view: engagement,
    entry,
  }: {
    nowMs: number;
    handIn: HandIn | null;
    told?: Told | undefined;
    /** Of a link of an engagement: all of it that its holder may read. */
    view?: EngagementView | undefined;
    entry?: SubmitEntry;
  },
): string {
  const { about } = link;
  const view = viewOf(link, nowMs);
  const title = heading(link, language);
  const today = isoAt(link.compiled.zone, nowMs).slice(0, 10);
  const nothing = nothingToDo(link, language, nowMs);
  const summary = about && obligationSummary(templateOf(link.compiled.template), about.obligation);
  const payment = paymentOf(link);
  const parts = { language, bound: hidden(secrets), today };
  const form = (): Html => {
    const { purpose } = link.holder;
    if (link.engagement && engagement) {
      const { forms } = openForms(link.engagement, linkActor(link), nowMs);
      const shown = html`<input type="hidden" name="shown" value="${shownNow(engagement, link.engagement)}" />`;
      return engagementForms(forms, engagement, { language, bound: html`${parts.bound}${shown}`, today });
    }
    if (isAnswer(purpose)) {
      const refusable = purpose === 'reply' && mayRefuse(link, linkActor(link), nowMs);
      return answerForm(link, { ...parts, refusable });
    }
    if (purpose === 'submit' && payment) return paymentForm(parts, payment);
    switch (purpose) {
      case 'sign':
        return signForm(language, secrets, today);
      case 'submit':
        return submitForm(link, language, secrets, view?.status === 'in-review', entry);
      case 'review':
        return reviewForm(link, language, secrets, handIn ?? { documents: [], omitted: [] });
      case 'acknowledge':
        return readForm(language, secrets, handIn?.documents ?? [], link.holder.linkId);
    }
  };
  return page(
    language,
    title,
    html`<section>
        <h1>${title}</h1>
        ${summary ? html`<p>${summary[language]}</p>` : null} ${facts(link, language, view)}
      </section>
      ${told ? toldSection(told, link.holder.linkId, language) : null}
      ${
        link.engagement && engagement
          ? toldParts(engagementTold(engagement, link.engagement, language), link.holder.linkId, language)
          : null
      }
      <section>
        ${
          nothing === undefined
            ? form()
            : html`<h2>${WORDS.nothing[language]}</h2>
                <p>${nothing}</p>`
        }
      </section>
      <p class="soft">${WORDS.validUntil[language]} ${when(link, link.expiresAt.getTime(), language)}</p>`,
    entry === undefined,
  );
}

/** What became of the act. */
export function resultPage(link: LiveLink, language: Language, result: CommandResult, nowMs: number): string {
  const applied = result.status === 'applied';
  const title = applied ? WORDS.done[language] : WORDS.received[language];
  return page(
    language,
    title,
    html`<section>
      <h1 class="good">${title}</h1>
      <p>${applied ? WORDS.doneMore[language] : WORDS.receivedMore[language]}</p>
      <dl>
        <dt>${WORDS.agreement[language]}</dt>
        <dd>${templateOf(link.compiled.template)?.title[language] ?? ''} · ${heading(link, language)}</dd>
        <dt>${WORDS.at[language]}</dt>
        <dd>${when(link, nowMs, language)}</dd>
      </dl>
      ${
        link.engagement?.step === 'work' &&
        html`<p><a href="/act/${link.holder.linkId}">${ENGAGEMENT_WORDS.moreByPage[language]}</a></p>`
      }
    </section>`,
    false,
  );
}

/** Why not, and what to do. */
export function refusalPage(
  problem: Problem,
  language: Language,
  {
    backTo,
    renewal,
  }: { backTo?: string | undefined; renewal?: { path: string; secrets: FormSecrets } | undefined } = {},
): string {
  const title = problem.isInput ? problem.title : problemTitle(problem.code);
  const cure = problem.isInput ? problem.cure : problemCure(problem.code as Parameters<typeof problemCure>[0]);
  const [first] = problem.errors;
  return page(
    language,
    title[language],
    html`<section>
      <h1 class="bad">${title[language]}</h1>
      ${first ? html`<p>${first.message[language]} ${first.cure[language]}</p>` : html`<p>${cure[language]}</p>`}
      ${
        problem.clauses.length > 0 &&
        html`<p class="soft">${WORDS.clausesSay[language]} ${problem.clauses.join(', ')}</p>`
      }
      ${backTo !== undefined && html`<p><a href="${backTo}">${WORDS.back[language]}</a></p>`}
      ${
        renewal !== undefined &&
        html`<form method="post" action="${renewal.path}">
          ${hidden(renewal.secrets)}
          <p>${WORDS.renewIntro[language]}</p>
          <button>${WORDS.renew[language]}</button>
        </form>`
      }
    </section>`,
    false,
  );
}

/** The answer to whoever asks for a new link: always the same. */
export function renewalPage(language: Language): string {
  const title = WORDS.renewed[language];
  return page(
    language,
    title,
    html`<section>
      <h1>${title}</h1>
      <p>${WORDS.renewedMore[language]}</p>
    </section>`,
    false,
  );
}

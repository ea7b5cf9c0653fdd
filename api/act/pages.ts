import { createHash } from 'node:crypto';
import type { ObligationView } from '../../domain/agreement/view.ts';
import { answersFor } from '../../domain/agreement/parties.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import { addDays } from '../../domain/local-date.ts';
import type { Text } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import { type ChecklistPart, MAX_REASON_LENGTH, checklistOf } from '../checklist.ts';
import type { CommandResult } from '../commands.ts';
import { occurrenceTitle } from '../obligation-reference.ts';
import { type Language, type Problem, problemCure, problemTitle } from '../problem.ts';
import { obligationSummary, obligationTitle, templateOf } from '../views.ts';
import { type Html, html } from './html.ts';
import type { KeptDocument } from './kept-documents.ts';
import { type LiveLink, linkActor } from './link.ts';

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
input[type=text],input[type=date],input[type=file]{width:100%;font:inherit;padding:.5rem .625rem;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink)}
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
@media (max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
`;

/** What these pages may load: nothing but their own style, by its hash. */
export const ACT_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const WORDS = {
  product: { zh: 'Abide 协议办理', en: 'Abide' },
  you: { zh: '您', en: 'You' },
  agreement: { zh: '协议', en: 'Agreement' },
  parties: { zh: '各方', en: 'Parties' },
  due: { zh: '截止', en: 'Due' },
  clauses: { zh: '依据条款', en: 'Clauses' },
  validUntil: { zh: '链接有效至', en: 'This link works until' },
  required: { zh: '必填', en: 'required' },
  optional: { zh: '选填', en: 'optional' },
  sign: { zh: '记录签署', en: 'Record the signature' },
  signIntro: {
    zh: '此处登记贵方已在纸面上签署，并非电子签名。各方均签署后协议生效。',
    en: 'Enter here that your side has signed on paper. This is no electronic signature. The agreement is in force when every party has signed.',
  },
  signedOn: { zh: '纸面上的签署日期', en: 'Date on the paper' },
  scan: { zh: '签署页扫描件', en: 'Scan of the signed page' },
  submit: { zh: '提交', en: 'Hand in' },
  file: { zh: '文件', en: 'Document' },
  kinds: { zh: 'PDF、DOCX、XLSX、PNG、JPEG、TXT、CSV', en: 'PDF, DOCX, XLSX, PNG, JPEG, TXT, CSV' },
  evidence: { zh: '证明文件', en: 'Evidence' },
  complete: { zh: '登记完成', en: 'Record as done' },
  settle: { zh: '登记付款', en: 'Record the payment' },
  acknowledge: { zh: '确认知悉', en: 'Acknowledge' },
  occurrence: { zh: '期次', en: 'Period' },
  parts: { zh: '必备内容', en: 'Required parts' },
  partsHint: {
    zh: '请核对文件中是否齐备，逐项勾选。注明可缺的内容如不包含，请写明原因。',
    en: 'Check that your document has each of them. Where a part may be left out and is not there, say why.',
  },
  reason: { zh: '不包含的原因', en: 'Why it is not there' },
  mayOmit: { zh: '可缺，须说明原因', en: 'may be left out with a reason' },
  incomplete: { zh: '以下内容尚缺，未予提交：', en: 'Not handed in, because these parts are missing:' },
  keptFiles: { zh: '已收到的文件，无需重新选择：', en: 'Files that have arrived, no need to choose them again:' },
  moreFiles: { zh: '补充文件', en: 'More documents' },
  leftOut: { zh: '提交方说明不包含的内容', en: 'Left out, with the reason given' },
  notOpen: { zh: '尚未到可办理的时间。可自该日起提交：', en: 'It cannot be handed in yet. It can be from ' },
  clausesSay: { zh: '依据条款', en: 'Under' },
  replaces: {
    zh: '对方正在审核。再次提交将替换现有版本，并重新计算审核期限。',
    en: 'It is under review. Handing in again replaces the version and restarts the review period.',
  },
  review: { zh: '审核', en: 'Review' },
  handedIn: { zh: '已提交的文件', en: 'What was handed in' },
  accept: { zh: '通过', en: 'Accept' },
  reject: { zh: '退回修改', en: 'Reject' },
  points: { zh: '退回意见（至少一条）', en: 'Points to correct (at least one)' },
  silence: { zh: '未答复不视为同意。', en: 'Silence is never consent.' },
  done: { zh: '已登记', en: 'Recorded' },
  doneMore: { zh: '无需再做其他操作，可关闭本页。', en: 'There is nothing more to do. You can close this page.' },
  received: { zh: '已收到', en: 'Received' },
  receivedMore: {
    zh: '您的操作已保存，以收到时间为准；系统稍后登记结果，无需重复提交。',
    en: 'What you sent is kept and counts from the time of receipt. It will be recorded a little later; you need not send it again.',
  },
  at: { zh: '时间', en: 'Time' },
  nothing: { zh: '无需办理', en: 'Nothing to do' },
  alreadySigned: { zh: '贵方已签署，签署日期：', en: 'Your side has signed already, on ' },
  settled: { zh: '该项已了结。', en: 'This is settled already.' },
  notUnderReview: { zh: '目前没有等待您审核的文件。', en: 'Nothing waits for your review at present.' },
  notInForce: {
    zh: '协议尚未生效，待各方签署后办理。',
    en: 'The agreement is not in force yet: every party has to sign first.',
  },
  ended: { zh: '协议已终止或届满。', en: 'The agreement has ended.' },
  back: { zh: '返回', en: 'Back' },
  other: { zh: 'English', en: '中文' },
} satisfies Record<string, Text>;

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

function page(language: Language, title: string, content: Html, languageSwitch = true): string {
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
function when(link: LiveLink, ms: number): string {
  const { zone } = link.compiled;
  return `${isoAt(zone, ms).slice(0, 16).replace('T', ' ')} (${zone.id})`;
}

/** A due time as people say it: the end of its last day. */
function dueText(link: LiveLink, { localDate }: { localDate: string }): string {
  const rule = link.compiled.obligations.find(({ id }) => id === link.about?.obligation);
  return `${localDate} ${rule?.deadline.dayEnd ?? '24:00'} (${link.compiled.zone.id})`;
}

function facts(link: LiveLink, language: Language, view: ObligationView | undefined): Html {
  const template = templateOf(link.compiled.template);
  const draft = link.agreement.draft as { parties?: Record<string, { name?: string }> };
  const parties = Object.entries(draft.parties ?? {}).map(([role, { name }]) => {
    const label = template?.parties[role]?.[language] ?? role;
    return `${label}: ${name ?? ''}`;
  });
  const isReview = link.holder.purpose === 'review';
  const due = isReview ? view?.review : view?.due;
  const clauses = isReview
    ? (link.compiled.obligations.find(({ id }) => id === view?.id)?.review?.clauses ?? [])
    : (view?.clauses ?? link.compiled.clauses.signing);
  return html`<dl>
    <dt>${WORDS.you[language]}</dt>
    <dd>${link.person.name}${link.person.name !== link.person.organisation && ` (${link.person.organisation})`}</dd>
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
            <dd>${dueText(link, due)}</dd>`
        : null
    }
    <dt>${WORDS.clauses[language]}</dt>
    <dd>${clauses.join(', ')}</dd>
  </dl>`;
}

/** What is done with it: not every duty is a paper that is handed in. */
function actWord(link: LiveLink): Text {
  const { purpose } = link.holder;
  if (purpose !== 'submit') return WORDS[purpose];
  const kind = kindOf(link);
  if (kind === 'payment') return WORDS.settle;
  if (kind === 'acknowledgement') return WORDS.acknowledge;
  return isPaper(kind) ? WORDS.submit : WORDS.complete;
}

function kindOf({ compiled, about }: LiveLink): string | undefined {
  return compiled.obligations.find(({ id }) => id === about?.obligation)?.kind;
}

function isPaper(kind: string | undefined): boolean {
  return kind === undefined || ['deliverable', 'analysis', 'report'].includes(kind);
}

function heading(link: LiveLink, language: Language): string {
  const word = actWord(link)[language];
  if (!link.about) return word;
  const { obligation, occurrence } = link.about;
  const title = obligationTitle(templateOf(link.compiled.template), obligation)[language];
  const period = occurrence === undefined ? '' : occurrenceTitle(occurrence)[language];
  if (language === 'zh') return `${word}：${title}${period === '' ? '' : `（${period}）`}`;
  return `${word}: ${title}${period === '' ? '' : `, ${period}`}`;
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

function reviewForm(link: LiveLink, language: Language, secrets: FormSecrets, { documents, omitted }: HandIn): Html {
  const { linkId } = link.holder;
  const points = [1, 2, 3, 4, 5].map(
    (n) =>
      html`<li><input type="text" name="points" maxlength="2000" aria-label="${WORDS.points[language]} ${n}" /></li>`,
  );
  return html`<h2>${WORDS.handedIn[language]}</h2>
    <ul>
      ${documents.map(
        ({ id, fileName, size }) =>
          html`<li>
            <a href="/act/${linkId}/documents/${id}">${fileName}</a>
            <span class="soft">${Math.max(1, Math.round(size / 1024))} KiB</span>
          </li>`,
      )}
    </ul>
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
function nothingToDo(
  link: LiveLink,
  language: Language,
  view: ObligationView | undefined,
  today: string,
): string | undefined {
  const { status, signatures } = link.state;
  const { purpose } = link.holder;
  if (status === 'terminated' || status === 'expired') return WORDS.ended[language];
  if (purpose === 'sign') {
    const signedOn = link.party === undefined ? undefined : signatures[link.party];
    return signedOn && `${WORDS.alreadySigned[language]}${signedOn}`;
  }
  if (status !== 'active') return WORDS.notInForce[language];
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

/** The page that a link opens: who, which agreement, what, by when, and the form. */
export function actPage(
  link: LiveLink,
  language: Language,
  secrets: FormSecrets,
  { nowMs, handIn, entry }: { nowMs: number; handIn: HandIn | null; entry?: SubmitEntry },
): string {
  const { about } = link;
  const view = describeObligations(link.state, nowMs).find(
    ({ id, occurrence }) => id === about?.obligation && occurrence === (about.occurrence ?? null),
  );
  const title = heading(link, language);
  const today = isoAt(link.compiled.zone, nowMs).slice(0, 10);
  const nothing = nothingToDo(link, language, view, today);
  const summary = about && obligationSummary(templateOf(link.compiled.template), about.obligation);
  const form = (): Html => {
    switch (link.holder.purpose) {
      case 'sign':
        return signForm(language, secrets, today);
      case 'submit':
        return submitForm(link, language, secrets, view?.status === 'in-review', entry);
      case 'review':
        return reviewForm(link, language, secrets, handIn ?? { documents: [], omitted: [] });
    }
  };
  return page(
    language,
    title,
    html`<section>
        <h1>${title}</h1>
        ${summary ? html`<p>${summary[language]}</p>` : null} ${facts(link, language, view)}
      </section>
      <section>
        ${
          nothing === undefined
            ? form()
            : html`<h2>${WORDS.nothing[language]}</h2>
                <p>${nothing}</p>`
        }
      </section>
      <p class="soft">${WORDS.validUntil[language]} ${when(link, link.expiresAt.getTime())}</p>`,
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
        <dd>${when(link, nowMs)}</dd>
      </dl>
    </section>`,
    false,
  );
}

/** Why not, and what to do. */
export function refusalPage(problem: Problem, language: Language, backTo?: string): string {
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
    </section>`,
    false,
  );
}

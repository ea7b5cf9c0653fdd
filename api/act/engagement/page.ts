import type { Text } from '../../../domain/time.ts';
import type { View } from '../../engagements/view.ts';
import type { Language } from '../../problem.ts';
import { ANSWER_WORDS } from '../answer-words.ts';
import { type Html, html } from '../html.ts';
import { WORDS } from '../words.ts';
import type { StepForm } from './forms.ts';
import { ENGAGEMENT_WORDS as W } from './words.ts';

interface Parts {
  language: Language;
  /** The hidden fields that bind it to the link, and to what was shown. */
  bound: Html;
  today: string;
}

/** The forms of a step, each with its one button. */
export function engagementForms(forms: readonly StepForm[], view: View, parts: Parts): Html {
  const { language, bound } = parts;
  const many = forms.length > 1;
  const hasSilence = forms.some(({ verdict }) => verdict !== null && verdict !== 'good' && verdict !== 'poor');
  const isCap = forms.some(({ act }) => act === 'answer-cap');
  return html`${forms.map((form, index) => {
    const { act, about, verdict } = form;
    const { title, intro, fields, button, isNo } = formOf(form, view, { ...parts, suffix: String(index) });
    return html`<form method="post" enctype="multipart/form-data" ${{ html: index > 0 ? 'class="turn"' : '' }}>
      ${bound}<input type="hidden" name="act" value="${act}" />
      ${about !== null && html`<input type="hidden" name="about" value="${about}" />`}
      ${verdict !== null && html`<input type="hidden" name="verdict" value="${verdict}" />`}
      ${many && html`<h2>${title[language]}</h2>`} ${intro !== undefined && html`<p>${intro[language]}</p>`} ${fields}
      <button ${{ html: isNo ? 'class="no"' : '' }}>${button[language]}</button>
    </form>`;
  })}
  ${(hasSilence || isCap) && html`<p class="soft">${(isCap ? W.oldCapStays : WORDS.silence)[language]}</p>`}`;
}

interface Form {
  title: Text;
  intro?: Text;
  fields: Html;
  button: Text;
  isNo?: boolean;
}

function formOf(
  { act, about, verdict }: StepForm,
  view: View,
  { language, today, suffix }: Parts & { suffix: string },
): Form {
  const area = (name: string, label: Text, isNeeded = false): Html => {
    const id = `${name}-${suffix}`;
    const mark = WORDS[isNeeded ? 'required' : 'optional'][language];
    return html`<label for="${id}">${label[language]} <small>${mark}</small></label>
      <textarea
        id="${id}"
        name="${name}"
        rows="4"
        maxlength="20000"
        ${{ html: isNeeded ? 'required' : '' }}
      ></textarea>`;
  };
  const file = (isNeeded = false, label: Text = WORDS.file): Html => {
    const id = `file-${suffix}`;
    const mark = WORDS[isNeeded ? 'required' : 'optional'][language];
    return html`<label for="${id}">${label[language]} <small>${mark} · ${WORDS.kinds[language]}</small></label>
      <input id="${id}" name="file" type="file" multiple ${{ html: isNeeded ? 'required' : '' }} />`;
  };
  const points = html`<p id="points-${suffix}">${WORDS.points[language]}</p>
    <ol>
      ${[1, 2, 3, 4, 5].map(
        (n) =>
          html`<li>
            <input type="text" name="points" maxlength="2000" aria-label="${WORDS.points[language]} ${n}" />
          </li>`,
      )}
    </ol>`;
  const plain = (button: Text, fields: Html = html``, isNo = false): Form => ({ title: button, fields, button, isNo });
  switch (act) {
    case 'reply':
      if (verdict === 'agree') return { title: W.agreeTitle, fields: file(), button: W.agree };
      if (verdict === 'ask')
        return { title: W.askTitle, fields: html`${area('reason', W.whatMore, true)} ${file()}`, button: W.askMore };
      return {
        title: W.refuseTitle,
        fields: html`${area('reason', W.reason, true)} ${file()}`,
        button: W.refuse,
        isNo: true,
      };
    case 'provide':
      return plain(W.provide, html`${area('details', W.answer, true)} ${file()}`);
    case 'review':
      return verdict === 'accept' ? plain(W.acceptDraft) : plain(WORDS.reject, points, true);
    case 'sign':
      return {
        title: WORDS.sign,
        intro: W.signIntro,
        fields: html`<label for="signedOn"
            >${WORDS.signedOn[language]} <small>${WORDS.required[language]}</small></label
          >
          <input id="signedOn" name="signedOn" type="date" max="${today}" required /> ${file(false, WORDS.scan)}`,
        button: WORDS.sign,
      };
    case 'refuse-to-sign':
      return { ...plain(W.refuseSign, area('reason', W.reason, true), true), intro: W.refuseSignIntro };
    case 'deliver': {
      const what = view.milestones.find(({ milestone }) => milestone === about)?.what ?? about ?? '';
      const title = { zh: `${W.deliver.zh}：${what}`, en: `${W.deliver.en}: ${what}` };
      return { title, fields: html`${file(true)} ${area('note', W.note)}`, button: W.deliver };
    }
    case 'judge-delivery':
      return verdict === 'accept' ? plain(W.accept) : plain(W.reject, points, true);
    case 'review-effect':
      return verdict === 'good' ? plain(W.good, area('note', W.note)) : plain(W.poor, area('note', W.note), true);
    case 'answer-support':
      return plain(W.answerSupport, html`${area('details', W.answer, true)} ${file()}`);
    case 'answer-cap':
      return verdict === 'consent' ? plain(W.consent, file()) : plain(W.decline, area('reason', W.reason), true);
    case 'answer-loss': {
      if (verdict === 'dispute') {
        return plain(W.disputeLoss, html`${area('reason', W.reason, true)} ${file(false, WORDS.evidence)}`, true);
      }
      const loss = view.losses.find((one) => one.loss === about);
      const sum = html`<label for="amount">${W.agreedAmount[language]} <small>${view.agreement.currency}</small></label>
        <input id="amount" name="amount" type="text" inputmode="decimal" value="${loss?.amount ?? ''}" />`;
      return plain(W.agreeLoss, html`${sum} ${file()}`);
    }
    case 'end': {
      const isAchieved = about === 'purpose-achieved';
      const fields = html`${file(!isAchieved, WORDS.evidence)} ${area('reason', W.reason)}`;
      return { ...plain(isAchieved ? W.achieved : W.endIt, fields), intro: W.endIntro };
    }
    case 'settle':
      return plain(W.settle, html`${area('note', W.note)} ${file()}`);
    case 'undertake':
      return plain(about === 'secrecy' ? W.secrecy : W.siteRules, file(true));
    case 'start-work':
      return plain(W.startWork);
    case 'ask-support':
      return plain(
        W.askSupport,
        html`<label for="topic-${suffix}">${W.topic[language]} <small>${WORDS.required[language]}</small></label>
          <input id="topic-${suffix}" name="topic" type="text" maxlength="200" required />
          ${area('details', ANSWER_WORDS.details)}`,
      );
    default:
      throw new Error(`no form of a link does ${act}`);
  }
}

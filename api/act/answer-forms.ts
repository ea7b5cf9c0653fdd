import type { Language } from '../problem.ts';
import { ANSWER_WORDS } from './answer-words.ts';
import { type Html, html } from './html.ts';
import type { LiveLink } from './link.ts';
import type { Told } from './told.ts';
import { WORDS } from './words.ts';

/** What a form on these pages is made from. */
interface FormParts {
  language: Language;
  /** The hidden fields that bind it to the link. */
  bound: Html;
  today: string;
  /** Of a matter: whether it can be refused. */
  refusable: boolean;
}

/** What is asked, before it is answered: the difference, the claim, the request. */
export function toldSection(told: Told, linkId: string, language: Language): Html {
  const { facts, changes, terms, documents } = told;
  if (facts.length + changes.length + terms.length + documents.length === 0) return html``;
  return html`<section>
    ${
      facts.length > 0 &&
      html`<dl>
        ${facts.map(
          ([label, value]) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>`
    }
    ${
      changes.length > 0 &&
      html`<h2>${ANSWER_WORDS.difference[language]}</h2>
        <ul>
          ${changes.map((change) => html`<li>${change}</li>`)}
        </ul>`
    }
    ${
      terms.length > 0 &&
      html`<h2>${ANSWER_WORDS.terms[language]}</h2>
        <dl>
          ${terms.map(
            ([label, value]) =>
              html`<dt>${label}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>`
    }
    ${
      documents.length > 0 &&
      html`<h2>${ANSWER_WORDS.documents[language]}</h2>
        <ul>
          ${documents.map(({ id, fileName }) => html`<li><a href="/act/${linkId}/documents/${id}">${fileName}</a></li>`)}
        </ul>`
    }
  </section>`;
}

/** The form, or the forms, of an answer that is about no duty. */
export function answerForm(link: LiveLink, parts: FormParts): Html {
  const { language, bound, today } = parts;
  const words = ANSWER_WORDS;
  switch (link.holder.purpose) {
    case 'seal':
      return html`<form method="post" enctype="multipart/form-data">
        ${bound}
        <p>${words.sealIntro[language]}</p>
        <label for="sealedOn">${words.sealedOn[language]} <small>${WORDS.required[language]}</small></label>
        <input id="sealedOn" name="sealedOn" type="date" max="${today}" required />
        ${fileField(words.sealScan[language], language)}
        <button>${words.seal[language]}</button>
      </form>`;
    case 'approve':
      return html`<form method="post">
          ${bound} ${textField('note', words.note[language], language)}
          <button>${words.approve[language]}</button>
        </form>
        <p class="soft">${words.noConsent[language]}</p>`;
    case 'accept':
      return html`<form method="post">
          ${bound}<input type="hidden" name="verdict" value="accept" />
          <button>${words.acceptIt[language]}</button>
        </form>
        <form method="post">
          ${bound}<input type="hidden" name="verdict" value="decline" />
          ${textField('reason', words.reason[language], language)}
          <button class="no">${words.declineIt[language]}</button>
        </form>
        <p class="soft">${WORDS.silence[language]}</p>`;
    case 'object': {
      const isAboutEnd = link.holder.obligation?.startsWith('termination:') ?? false;
      const [intro, button] = isAboutEnd
        ? [words.objectToEndIntro, words.objectToEnd]
        : [words.objectIntro, words.objectIt];
      return html`<p>${intro[language]}</p>
        <form method="post">
          ${bound} ${textField('reason', words.reason[language], language)}
          <button class="no">${button[language]}</button>
        </form>`;
    }
    case 'answer':
      return claimForms(link, parts);
    case 'reply':
      return html`<form method="post" enctype="multipart/form-data">
          ${bound}<input type="hidden" name="verdict" value="answer" />
          ${textField('details', words.replyText[language], language)} ${fileField(WORDS.file[language], language)}
          <button>${words.reply[language]}</button>
        </form>
        ${
          parts.refusable &&
          html`<form method="post">
            ${bound}<input type="hidden" name="verdict" value="refuse" />
            ${textField('details', words.reason[language], language, true)}
            <button class="no">${words.refuseIt[language]}</button>
          </form>`
        }`;
    default:
      throw new Error(`a link to ${link.holder.purpose} is about a duty`);
  }
}

function claimForms(link: LiveLink, { language, bound }: FormParts): Html {
  const words = ANSWER_WORDS;
  const claim = link.state.claims.find(({ id }) => link.holder.obligation === `claim:${id}`);
  return html`<form method="post">
      ${bound}<input type="hidden" name="verdict" value="agree" />
      <label for="amount">${words.agreedAmount[language]} <small>${claim?.currency ?? ''}</small></label>
      <input id="amount" name="amount" type="text" inputmode="decimal" value="${claim?.amount ?? ''}" />
      ${
        claim?.obligation != null &&
        html`<div class="part">
          <label><input type="checkbox" name="setOff" value="true" /><span>${words.setOff[language]}</span></label>
        </div>`
      }
      <button>${words.agreeIt[language]}</button>
    </form>
    <form method="post" enctype="multipart/form-data">
      ${bound}<input type="hidden" name="verdict" value="dispute" />
      ${textField('reason', words.reason[language], language)} ${fileField(WORDS.evidence[language], language)}
      <button class="no">${words.disputeIt[language]}</button>
    </form>
    <p class="soft">${WORDS.silence[language]}</p>`;
}

/** What is paid of a sum today, with its receipt: an earlier day is not for whoever pays to say. */
export function paymentForm(
  { language, bound }: Pick<FormParts, 'language' | 'bound'>,
  { unpaid, currency }: { unpaid: string; currency: string },
): Html {
  const words = ANSWER_WORDS;
  return html`<form method="post" enctype="multipart/form-data">
    ${bound}
    <p>${words.unpaid[language]} ${unpaid} ${currency}</p>
    <label for="amount">${words.amount[language]} <small>${WORDS.required[language]}</small></label>
    <input id="amount" name="amount" type="text" inputmode="decimal" value="${unpaid}" required />
    ${textLine('reference', words.reference[language], language)} ${fileField(WORDS.evidence[language], language)}
    <p class="soft">${words.paidToday[language]}</p>
    <button>${words.pay[language]}</button>
  </form>`;
}

function textField(name: string, label: string, language: Language, isSecond = false): Html {
  const id = isSecond ? `${name}-2` : name;
  return html`<label for="${id}">${label} <small>${WORDS.optional[language]}</small></label>
    <textarea id="${id}" name="${name}" rows="4" maxlength="2000"></textarea>`;
}

function textLine(name: string, label: string, language: Language): Html {
  return html`<label for="${name}">${label} <small>${WORDS.optional[language]}</small></label>
    <input id="${name}" name="${name}" type="text" maxlength="200" />`;
}

function fileField(label: string, language: Language): Html {
  return html`<label for="file">${label} <small>${WORDS.optional[language]} · ${WORDS.kinds[language]}</small></label>
    <input id="file" name="file" type="file" multiple />`;
}

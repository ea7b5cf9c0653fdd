import 'survey-core/survey-core.fontless.min.css';
import 'survey-core/i18n/simplified-chinese';
import './asked.css';
import './file-question.tsx';
import { Model, type QuestionFileModel, type QuestionMatrixModel, type QuestionRatingModel } from 'survey-core';
import type { Language } from './words.ts';

export const LOCALES: Record<Language, string> = { zh: 'zh-cn', en: 'en' };

/** Dark enough for white letters on it (WCAG AA). */
const THEME = {
  cssVariables: {
    '--sjs2-color-project-brand-600': '#0b5d66',
    '--sjs2-color-utility-surface-survey': '#f4f6f9',
    ...Object.fromEntries(
      ['page-box', 'page-content-area', 'survey-footer'].map((part) => [
        `--sjs2-layout-component-${part}-padding-horizontal`,
        '0px',
      ]),
    ),
  },
};

/**
 * All choices are seen at once, on a phone as well: they wrap, and nobody has to open a list or to scroll sideways. An
 * answer waits for its files.
 */
function showChoices(model: Model): void {
  for (const question of model.getAllQuestions()) {
    if (question.getType() === 'rating') (question as QuestionRatingModel).displayMode = 'buttons';
    if (question.getType() === 'file') (question as QuestionFileModel).waitForUpload = true;
    if (question.getType() === 'matrix') (question as QuestionMatrixModel).columnMinWidth = '44px';
  }
}

/** A questionnaire as customers see it. */
export function asked(questionnaire: object): Model {
  const made = new Model(questionnaire);
  made.applyTheme(THEME);
  made.showCompletePage = false;
  made.showTitle = false;
  made.focusFirstQuestionAutomatic = false;
  made.checkErrorsMode = 'onNextPage';
  showChoices(made);
  made.locCompleteText.setLocaleText('en', 'Send');
  return made;
}

import type { Text } from '../domain/time.ts';
import { readPresets } from '../templates/presets.ts';
import type { Language } from './output.ts';
import { language, print, printJson } from './output.ts';

const WORDS = {
  zh: {
    dimensions: '调查维度',
    questions: '题库',
    checklists: '检查清单',
    choices: '可选项',
    figures: '周期与数值',
    kinds: { score: '评分', 'yes-no': '是/否', reason: '追问原因', text: '开放题' },
    from: { text: '原文', ours: '我方建议' },
  },
  en: {
    dimensions: 'Dimensions of surveys',
    questions: 'Questions',
    checklists: 'Checklists',
    choices: 'Choices',
    figures: 'Intervals and figures',
    kinds: { score: 'score', 'yes-no': 'yes or no', reason: 'reason', text: 'text' },
    from: { text: 'the text', ours: 'our proposal' },
  },
};

function presetsText(lang: Language): string[] {
  const words = WORDS[lang];
  const presets = readPresets();
  const list = (items: readonly { title: Text }[]): string =>
    items.map(({ title }) => title[lang]).join(lang === 'zh' ? '、' : ', ');
  const entry = (id: string, title: string, content: string, clauses: readonly string[]): string =>
    `  ${id}  ${title}${content === '' ? '' : lang === 'zh' ? `：${content}` : `: ${content}`}  (${clauses.join(' ')})`;
  return [
    words.dimensions,
    ...presets.dimensions.map(({ id, title, parts, clauses }) => entry(id, title[lang], list(parts), clauses)),
    '',
    words.questions,
    ...presets.questions.map(({ id, kind, text, clauses }) =>
      entry(id, `[${words.kinds[kind]}] ${text[lang]}`, '', clauses),
    ),
    '',
    words.checklists,
    ...presets.checklists.map(({ id, title, parts, clauses }) => entry(id, title[lang], list(parts), clauses)),
    '',
    words.choices,
    ...presets.choices.map(({ id, title, options, clauses }) => entry(id, title[lang], list(options), clauses)),
    '',
    words.figures,
    ...presets.figures.map(({ id, title, value, from, clauses }) =>
      entry(id, title[lang], `${value} [${words.from[from]}]`, clauses),
    ),
  ];
}

/** `abide templates presets`: what the guidance texts offer to whoever fills a template. */
export function runTemplatesPresets({ json }: { json: boolean }): Promise<number> {
  if (json) printJson(readPresets());
  else print(...presetsText(language()));
  return Promise.resolve(0);
}

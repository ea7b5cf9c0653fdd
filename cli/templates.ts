import { newestTemplates, templateReference } from '../templates/library.ts';
import { language, print, printJson, table } from './output.ts';

/** `abide templates`: the agreement kinds that there are. */
export function runTemplates({ json }: { json: boolean }): Promise<number> {
  const templates = newestTemplates();
  if (json) {
    printJson(templates.map(({ id, version, title, source, parties }) => ({ id, version, title, source, parties })));
    return Promise.resolve(0);
  }
  const lang = language();
  const head = { zh: ['模板', '名称', '来源', '当事方'], en: ['template', 'title', 'source', 'parties'] }[lang];
  const rows = templates.map((template) => [
    templateReference(template),
    template.title[lang],
    template.source,
    Object.entries(template.parties)
      .map(([role, name]) => `${role} ${name[lang]}`)
      .join(', '),
  ]);
  print(...table(head, rows));
  return Promise.resolve(0);
}

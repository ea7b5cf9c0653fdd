import { useEffect, useMemo } from 'react';
import { Survey } from 'survey-react-ui';
import { LOCALES, asked } from '../../answer/asked.ts';
import type { Language } from '../../wire.ts';

/** A questionnaire as customers see it; what is entered leads nowhere. */
export function Preview({ json, language }: { json: object; language: Language }) {
  const model = useMemo(() => {
    const made = asked(json);
    // One may turn the pages without answering.
    made.validationEnabled = false;
    made.onCompleting.add((_sender, options) => {
      options.allow = false;
    });
    return made;
  }, [json]);
  useEffect(() => {
    model.locale = LOCALES[language];
  }, [model, language]);
  return (
    <div lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <Survey model={model} />
    </div>
  );
}

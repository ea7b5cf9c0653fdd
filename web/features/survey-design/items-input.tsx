import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../surveys/questionnaire.ts';

/** Choices of a question, or rows of a matrix, in both languages. */
export function ItemsInput({
  what,
  add,
  items,
  change,
}: {
  what: string;
  add: string;
  items: Item[];
  change: (items: Item[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState(0);
  const numbers = items.map(({ value }) => value);
  let next = items.length + fresh + 1;
  while (numbers.includes(`item-${String(next)}`)) next += 1;
  return (
    <div className="stack" style={{ gap: 6, marginTop: 8 }}>
      {items.map(({ value, title }, index) => (
        <div key={String(value)} className="items-row">
          <span className="muted">{index + 1}.</span>
          {(['zh', 'en'] as const).map((language) => (
            <Input
              key={language}
              lang={language === 'zh' ? 'zh-CN' : 'en'}
              aria-label={t(language === 'zh' ? 'surveys.choiceZh' : 'surveys.choiceEn', { what, number: index + 1 })}
              value={title[language]}
              onChange={(event) =>
                change(
                  items.map((one, at) =>
                    at === index ? { ...one, title: { ...title, [language]: event.target.value } } : one,
                  ),
                )
              }
            />
          ))}
          <Button
            type="text"
            danger
            disabled={items.length === 1}
            onClick={() => change(items.filter((_, at) => at !== index))}
            aria-label={t('surveys.removeItem', { number: index + 1 })}
          >
            ✕
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="small"
          onClick={() => {
            setFresh(fresh + 1);
            change([...items, { value: `item-${String(next)}`, title: { zh: '', en: '' } }]);
          }}
        >
          {add}
        </Button>
      </div>
    </div>
  );
}

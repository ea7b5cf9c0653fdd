import { App, Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Json } from '../surveys/questionnaire.ts';
import { type Difference, differences } from './difference.ts';

const COLOUR: Record<Difference['kind'], string> = {
  ...{ added: 'green', removed: 'red', reworded: 'blue', choices: 'blue', counting: 'gold' },
  ...{ required: 'default', condition: 'default', moved: 'default' },
};

/** What is asked otherwise than in the cycle before, and ways to begin anew from it or from our bank. */
export function Changes({
  json,
  previous,
  bank,
  take,
}: {
  json: Json;
  previous: Json | null;
  bank: Json;
  take: (json: Json) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const list = previous === null ? [] : differences(previous, json);
  const begin = (other: Json): void => {
    modal.confirm({ title: t('design.beginAnew'), content: t('design.beginAnewExplained'), onOk: () => take(other) });
  };
  return (
    <div className="stack">
      {previous === null ? (
        <p className="muted">{t('design.noPrevious')}</p>
      ) : list.length === 0 ? (
        <p className="muted">{t('design.noChange')}</p>
      ) : (
        <>
          <p className="muted small none-yet">{t('design.changesExplained', { count: list.length })}</p>
          <ul className="check-list" aria-label={t('design.changes')}>
            {list.map((one) => (
              <li key={`${one.kind} ${one.name}`}>
                <Tag color={COLOUR[one.kind]}>{t(`designChange.${one.kind}`)}</Tag> <Said change={one} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="actions">
        {previous === null ? null : <Button onClick={() => begin(previous)}>{t('design.takePrevious')}</Button>}
        <Button onClick={() => begin(bank)}>{t('design.takeBank')}</Button>
      </div>
    </div>
  );
}

function Said({ change: { kind, before, after } }: { change: Difference }): ReactNode {
  const format = useFormat();
  if (kind !== 'reworded' || !before || !after) return format.text(after ?? before ?? { zh: '', en: '' });
  // One language may be reworded and the other not: both are shown then.
  const languages = (['zh', 'en'] as const).filter((language) => before[language] !== after[language]);
  return languages.map((language) => (
    <div key={language} lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <del>{before[language]}</del> <ins>{after[language]}</ins>
    </div>
  ));
}

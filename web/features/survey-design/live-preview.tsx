import { Segmented, Skeleton } from 'antd';
import { type ReactNode, Suspense, lazy, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../wire.ts';
import type { Json } from '../surveys/questionnaire.ts';

/** SurveyJS is heavy: loaded when there is something to show. */
const Preview = lazy(async () => ({ default: (await import('../surveys/preview.tsx')).Preview }));

/** What customers will see, made by what they will see it with, in either language, as wide as a phone or a screen. */
export function LivePreview({ json }: { json: Json }): ReactNode {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<Language>(i18n.language === 'en' ? 'en' : 'zh');
  const [width, setWidth] = useState<'phone' | 'wide'>('phone');
  const shown = useDeferredValue(json);
  return (
    <div className="stack">
      <div className="toolbar">
        <Segmented<Language>
          aria-label={t('design.previewLanguage')}
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'zh', label: t('surveys.previewZh') },
            { value: 'en', label: t('surveys.previewEn') },
          ]}
        />
        <Segmented<'phone' | 'wide'>
          aria-label={t('design.previewWidth')}
          value={width}
          onChange={setWidth}
          options={[
            { value: 'phone', label: t('design.phone') },
            { value: 'wide', label: t('design.wide') },
          ]}
        />
      </div>
      <p className="muted small none-yet">{t('surveys.previewExplained')}</p>
      <div className={width === 'phone' ? 'preview phone' : 'preview'}>
        <Suspense fallback={<Skeleton active />}>
          <Preview json={shown} language={language} />
        </Suspense>
      </div>
    </div>
  );
}

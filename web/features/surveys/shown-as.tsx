import { Segmented, Skeleton } from 'antd';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** SurveyJS is heavy: loaded when somebody wants to see a preview. */
const Preview = lazy(async () => ({ default: (await import('./preview.tsx')).Preview }));

type Shown = 'plain' | 'zh' | 'en';

/** A questionnaire as a form or a list, or as customers see it in either language. */
export function ShownAs({ json, plain, children }: { json: unknown; plain: string; children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('plain');
  if (typeof json !== 'object' || json === null) return children;
  return (
    <div className="stack">
      <Segmented<Shown>
        className="choices"
        style={{ alignSelf: 'flex-start' }}
        aria-label={t('surveys.view')}
        value={shown}
        onChange={setShown}
        options={[
          { value: 'plain', label: plain },
          { value: 'zh', label: t('surveys.previewZh') },
          { value: 'en', label: t('surveys.previewEn') },
        ]}
      />
      {shown === 'plain' ? (
        children
      ) : (
        <>
          <p className="muted small">{t('surveys.previewExplained')}</p>
          <Suspense fallback={<Skeleton active />}>
            <Preview json={json} language={shown} />
          </Suspense>
        </>
      )}
    </div>
  );
}

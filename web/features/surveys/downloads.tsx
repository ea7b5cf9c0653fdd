import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api.ts';
import { useProblemText } from '../../app/problem-alert.tsx';
import { surveyPath } from './survey-queries.ts';

/** A button that downloads; it says why when it cannot. */
export function DownloadButton({ load, children }: { load: () => Promise<void>; children: ReactNode }): ReactNode {
  const { notification } = App.useApp();
  const problemText = useProblemText();
  const [isLoading, setIsLoading] = useState(false);
  const fetchIt = async (): Promise<void> => {
    setIsLoading(true);
    try {
      await load();
    } catch (error) {
      const { title, detail } = problemText(error);
      notification.error({ title, description: detail });
    } finally {
      setIsLoading(false);
    }
  };
  return (
    <Button className="file-button" size="small" loading={isLoading} onClick={() => void fetchIt()}>
      {children}
    </Button>
  );
}

const FORMATS = ['html', 'pdf', 'xlsx'] as const;

/** The generated report, or what staff are shown of it, in each format and language. */
export function ReportDownloads({
  agreementId,
  survey: { id, reference },
  of,
}: {
  agreementId: string;
  survey: { id: string; reference: string };
  of: 'report' | 'publication';
}): ReactNode {
  const { t } = useTranslation();
  const stem = reference.replace(/[^\w.-]/g, '_');
  return (
    <div className="stack" style={{ gap: 6 }}>
      {(['zh', 'en'] as const).map((language) => (
        <div key={language} className="toolbar">
          <span className="muted" style={{ minWidth: 60 }}>
            {t(language === 'zh' ? 'surveys.inChinese' : 'surveys.inEnglish')}
          </span>
          {FORMATS.map((format) => (
            <DownloadButton
              key={format}
              load={() =>
                download(
                  `${surveyPath(agreementId, id)}/${of}.${format}?language=${language}`,
                  `${of}-${stem}.${language}.${format}`,
                )
              }
            >
              {format.toUpperCase()}
            </DownloadButton>
          ))}
        </div>
      ))}
    </div>
  );
}

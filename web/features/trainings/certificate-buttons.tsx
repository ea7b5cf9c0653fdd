import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, download } from '../../api.ts';
import { DownloadButton } from '../surveys/downloads.tsx';

/** Somebody's certificate as a PDF, in either language. */
export function CertificateButtons({
  agreementId,
  training,
  trainee,
  number,
}: {
  agreementId: string;
  training: string;
  trainee: string;
  number: string;
}): ReactNode {
  const { t } = useTranslation();
  const path = `${agreementPath(agreementId)}/trainings/${encodeURIComponent(training)}/certificates/${encodeURIComponent(trainee)}`;
  return (
    <div className="toolbar">
      {(['zh', 'en'] as const).map((language) => (
        <DownloadButton
          key={language}
          load={() => download(`${path}?language=${language}`, `${number}.${language}.pdf`)}
        >
          {t(language === 'zh' ? 'trainings.pdfZh' : 'trainings.pdfEn')}
        </DownloadButton>
      ))}
    </div>
  );
}

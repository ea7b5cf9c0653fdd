import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, download } from '../../api.ts';
import { useMay } from '../../app/me.ts';
import { todayIn } from '../../app/moment.ts';
import type { Agreement } from '../../wire.ts';
import { DownloadButton } from './downloads.tsx';
import { periodsBefore } from './periods.ts';

const FORMATS = ['html', 'pdf', 'xlsx'] as const;

/** What was done in a quarter, a half-year or a year, as a report in each format; a period without anything gives a nil report. */
export function PeriodReports({ agreement }: { agreement: Agreement }): ReactNode {
  const { t, i18n } = useTranslation();
  const mayRead = useMay('record.read');
  const periods = periodsBefore(todayIn(agreement.zone));
  const [period, setPeriod] = useState(periods[0] ?? '');
  if (!mayRead) return null;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <section>
      <h2>{t('surveys.periodReports')}</h2>
      <p className="muted small">{t('surveys.periodExplained')}</p>
      <div className="toolbar">
        <Select<string>
          aria-label={t('surveys.period')}
          value={period}
          onChange={setPeriod}
          style={{ minWidth: 150 }}
          options={periods.map((value) => ({ value, label: value }))}
        />
        {FORMATS.map((format) => (
          <DownloadButton
            key={format}
            load={() =>
              download(
                `${agreementPath(agreement.id)}/reports/${period}.${format}?language=${language}`,
                `report-${period}.${language}.${format}`,
              )
            }
          >
            {format.toUpperCase()}
          </DownloadButton>
        ))}
      </div>
    </section>
  );
}

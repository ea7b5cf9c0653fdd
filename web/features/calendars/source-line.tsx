import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Notice } from './calendar.ts';

/** Where a year's days come from: the notice's number and day, and its address as it was entered. */
export function SourceLine({ notice }: { notice: Notice }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { documentNumber, issuedOn, link } = notice.source;
  return (
    <div className="break">
      {t('calendars.sourceOf', { year: notice.year, number: documentNumber, on: format.date(issuedOn) })}
      {link === '' ? null : (
        <div className="small break">
          {/^https?:\/\//.test(link) ? (
            <a href={link} target="_blank" rel="noreferrer">
              {link}
            </a>
          ) : (
            link
          )}
        </div>
      )}
    </div>
  );
}

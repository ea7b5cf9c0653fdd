import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { type DayChange, weekdayOf } from './calendar.ts';

/** Day by day what one version says otherwise than the one before. */
export function Changes({ changes }: { changes: DayChange[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const said = (date: string, mark: DayChange['before']): string => {
    if (mark) return t(`calendars.said.${mark.kind}`, { name: format.text(mark.name) });
    return t(weekdayOf(date) > 5 ? 'calendars.said.weekend' : 'calendars.said.weekday');
  };
  return (
    <Records
      label={t('calendars.changes')}
      rows={changes}
      rowKey={({ date }) => date}
      empty={t('calendars.noChanges')}
      columns={[
        {
          key: 'date',
          title: t('calendars.date'),
          heading: true,
          render: ({ date }) => `${format.date(date)} ${t(`calendars.weekdayNames.${String(weekdayOf(date))}`)}`,
        },
        { key: 'before', title: t('calendars.before'), render: ({ date, before }) => said(date, before) },
        { key: 'after', title: t('calendars.after'), render: ({ date, after }) => said(date, after) },
      ]}
    />
  );
}

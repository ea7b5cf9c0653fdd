import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FESTIVALS, type Festival } from './calendar.ts';
import type { NoticeForm } from './kept-notice.ts';

type Name = Festival | 'other';
type Holiday = NoticeForm['holidays'][number];
type MakeUp = NoticeForm['makeUp'][number];

interface RowsProps<Row> {
  rows: Row[];
  change: (rows: Row[]) => void;
  /** Of the field at this path of the notice: `holidays.2.to`. */
  faultOf: (path: string) => string | undefined;
}

/** One row a holiday: what it is, what the notice joins with it, from when to when. */
export function HolidayRows({ rows, change, faultOf }: RowsProps<Holiday>): ReactNode {
  const { t } = useTranslation();
  const names = useNames();
  const set = (id: number, to: Partial<Holiday>): void =>
    change(rows.map((row) => (row.id === id ? { ...row, ...to } : row)));
  return (
    <div className="notice-rows">
      {rows.map((row, index) => {
        const number = index + 1;
        const faults = ['from', 'to', 'title', 'name'].flatMap(
          (field) => faultOf(`holidays.${String(index)}.${field}`) ?? [],
        );
        return (
          <div key={row.id} role="group" aria-label={t('calendars.holidayRow', { number })}>
            <div className="notice-row">
              <div className="wide-cell">
                <Select<Name>
                  aria-label={t('calendars.holidayName', { number })}
                  value={row.name}
                  style={{ width: '100%' }}
                  onChange={(name) => set(row.id, { name })}
                  options={names}
                />
                {row.name === 'other' ? (
                  <Input
                    aria-label={t('calendars.otherName', { number })}
                    placeholder={t('calendars.otherNameHint')}
                    maxLength={60}
                    value={row.title}
                    onChange={(event) => set(row.id, { title: event.target.value })}
                  />
                ) : null}
              </div>
              <Select<Festival[]>
                mode="multiple"
                className="wide-cell"
                aria-label={t('calendars.alsoName', { number })}
                placeholder={t('calendars.also')}
                value={row.also}
                style={{ width: '100%' }}
                onChange={(also) => set(row.id, { also })}
                options={names.filter(({ value }) => value !== 'other' && value !== row.name)}
              />
              <Input
                type="date"
                aria-label={t('calendars.fromDay', { number })}
                aria-invalid={faultOf(`holidays.${String(index)}.from`) !== undefined}
                value={row.from}
                onChange={(event) => set(row.id, { from: event.target.value })}
              />
              <Input
                type="date"
                aria-label={t('calendars.toDay', { number })}
                aria-invalid={faultOf(`holidays.${String(index)}.to`) !== undefined}
                value={row.to}
                onChange={(event) => set(row.id, { to: event.target.value })}
              />
              <Button
                type="text"
                aria-label={t('calendars.removeHoliday', { number })}
                onClick={() => change(rows.filter(({ id }) => id !== row.id))}
              >
                {t('calendars.remove')}
              </Button>
            </div>
            <Faults faults={faults} />
          </div>
        );
      })}
      <div>
        <Button
          onClick={() => change([...rows, { id: nextId(rows), name: 'other', also: [], title: '', from: '', to: '' }])}
        >
          {t('calendars.addHoliday')}
        </Button>
      </div>
    </div>
  );
}

/** One row a weekend day on which people work. */
export function MakeUpRows({ rows, change, faultOf }: RowsProps<MakeUp>): ReactNode {
  const { t } = useTranslation();
  const names = useNames();
  const set = (id: number, to: Partial<MakeUp>): void =>
    change(rows.map((row) => (row.id === id ? { ...row, ...to } : row)));
  return (
    <div className="notice-rows">
      {rows.map((row, index) => {
        const number = index + 1;
        const fault = faultOf(`makeUp.${String(index)}.date`);
        return (
          <div key={row.id} role="group" aria-label={t('calendars.makeUpRow', { number })}>
            <div className="notice-row make-up">
              <Select<Name>
                className="wide-cell"
                aria-label={t('calendars.makeUpName', { number })}
                value={row.name}
                style={{ width: '100%' }}
                onChange={(name) => set(row.id, { name })}
                options={names}
              />
              <Input
                type="date"
                aria-label={t('calendars.makeUpDay', { number })}
                aria-invalid={fault !== undefined}
                value={row.date}
                onChange={(event) => set(row.id, { date: event.target.value })}
              />
              <Button
                type="text"
                aria-label={t('calendars.removeMakeUp', { number })}
                onClick={() => change(rows.filter(({ id }) => id !== row.id))}
              >
                {t('calendars.remove')}
              </Button>
            </div>
            <Faults faults={fault === undefined ? [] : [fault]} />
          </div>
        );
      })}
      <div>
        <Button onClick={() => change([...rows, { id: nextId(rows), name: 'national-day', date: '' }])}>
          {t('calendars.addMakeUp')}
        </Button>
      </div>
    </div>
  );
}

function Faults({ faults }: { faults: string[] }): ReactNode {
  return faults.length === 0 ? null : (
    <div role="alert" className="field-error">
      {faults.join(' ')}
    </div>
  );
}

function useNames(): { value: Name; label: string }[] {
  const { t } = useTranslation();
  return [...FESTIVALS, 'other' as const].map((value) => ({ value, label: t(`calendars.festival.${value}`) }));
}

function nextId(rows: { id: number }[]): number {
  return Math.max(0, ...rows.map(({ id }) => id)) + 1;
}

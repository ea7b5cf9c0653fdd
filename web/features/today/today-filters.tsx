import { Button, Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Asked, HORIZONS, TODAY_KINDS } from './today.ts';

/** Whom one asks for by name: role keys that every template shares, and those beside the parties. */
const WHO = ['mine', 'A', 'B', 'third', 'coordinator', 'customer'] as const;

/** What the page is narrowed to; each change is in the address at once. */
export function TodayFilters({
  asked: { kind, who, search, horizon, overdue },
  narrow,
  clear,
}: {
  asked: Asked;
  narrow: (name: string, value?: string) => void;
  clear: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const isNarrowed = [kind, who, search, horizon, overdue].some((value) => value !== '');
  return (
    <search className="toolbar" aria-label={t('today.filters')}>
      <Select<string[]>
        mode="multiple"
        maxTagCount="responsive"
        allowClear
        value={kind === '' ? [] : kind.split(',')}
        placeholder={t('today.allKinds')}
        aria-label={t('today.kind')}
        style={{ flex: '1 1 200px', maxWidth: 320 }}
        onChange={(values) => narrow('kind', values.join(','))}
        options={TODAY_KINDS.map((value) => ({ value, label: t(`todayKind.${value}`) }))}
      />
      <Select
        value={who}
        aria-label={t('today.who')}
        style={{ flex: '0 1 150px', minWidth: 120 }}
        onChange={(value: string) => narrow('who', value)}
        options={[
          { value: '', label: t('today.everybody') },
          ...WHO.map((value) => ({ value: value as string, label: t(`todayWho.${value}`) })),
          // Another seat may stand in an address that somebody passed on.
          ...(who === '' || WHO.some((one) => one === who) ? [] : [{ value: who, label: who }]),
        ]}
      />
      <Select
        value={horizon}
        aria-label={t('today.horizon')}
        style={{ flex: '0 1 140px', minWidth: 120 }}
        onChange={(value: string) => narrow('horizon', value)}
        options={HORIZONS.map((days) => ({
          value: days === 7 ? '' : String(days),
          label: t('today.days', { count: days }),
        }))}
      />
      <Input.Search
        key={search}
        allowClear
        defaultValue={search}
        placeholder={t('today.search')}
        aria-label={t('today.search')}
        onSearch={(value) => narrow('search', value.trim())}
        style={{ flex: '1 1 200px', maxWidth: 300 }}
      />
      <Checkbox
        checked={overdue === 'true'}
        onChange={({ target }) => narrow('overdue', target.checked ? 'true' : undefined)}
      >
        {t('today.overdueOnly')}
      </Checkbox>
      {isNarrowed ? (
        <Button type="link" className="inline-link" onClick={clear}>
          {t('today.showAll')}
        </Button>
      ) : null}
    </search>
  );
}

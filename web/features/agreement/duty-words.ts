import { useTranslation } from 'react-i18next';
import type { Agreement, Duty } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';

/** Whether it is handed in as a paper, or done otherwise and shown by evidence. */
export function isPaper(kind: string): boolean {
  return ['deliverable', 'analysis', 'report'].includes(kind);
}

/** How often a duty comes again, and what one waits for that has no date yet. */
export function useDutyWords(agreement: Agreement): {
  rhythm: (duty: Duty) => string;
  waitsFor: (duty: Duty) => string;
} {
  const { t } = useTranslation();
  const format = useFormat();
  const titleOf = (id: string | undefined): string => {
    const duty = agreement.duties.find((one) => one.id === id);
    return duty ? format.text(duty.title) : (id ?? '');
  };
  const followed = ({ anchor }: Duty): string | undefined =>
    typeof anchor === 'string' || 'on' in anchor ? undefined : 'obligation' in anchor ? anchor.obligation : anchor.of;

  const rhythm = (duty: Duty): string => {
    const { recurrence } = duty;
    if (!recurrence) return duty.recurs ? t('rhythm.along', { what: titleOf(followed(duty)) }) : '';
    switch (recurrence.by) {
      case 'period':
        return t(`rhythm.${recurrence.period}`);
      case 'interval':
        return t(`rhythm.${recurrence.every.unit}`, { count: recurrence.every.count });
      case 'month-day':
        return t('rhythm.monthDay', { day: recurrence.monthDay });
    }
  };
  const waitsFor = (duty: Duty): string => {
    const { anchor, offset } = duty;
    const point = ((): string => {
      if (typeof anchor === 'string') return t(anchor === 'expiry' ? 'waitsFor.expiry' : 'waitsFor.effect');
      if ('on' in anchor) return format.date(anchor.on);
      const what = titleOf(followed(duty));
      if ('obligation' in anchor) return t(anchor.at === 'due' ? 'waitsFor.due' : 'waitsFor.fulfilled', { what });
      const event = t(`eventName.${anchor.event}`, { defaultValue: anchor.event });
      return anchor.of === undefined ? event : t('waitsFor.eventOf', { what, event });
    })();
    if (offset.count === 0) return t('waitsFor.after', { point });
    const length = t(`length.${offset.unit}`, { count: Math.abs(offset.count) });
    return offset.count < 0
      ? t('waitsFor.lengthBefore', { point, length })
      : t('waitsFor.lengthAfter', { point, length });
  };
  return { rhythm, waitsFor };
}

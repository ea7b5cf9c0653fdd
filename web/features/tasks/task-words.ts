import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import type { Text } from '../../wire.ts';

/** What a task is about, as far as its words care. */
export interface TaskFacts {
  kind: string;
  about: { seat?: string; noticeKind?: string; code?: string; serves?: string; calendar?: string };
  seatTitle: Text | null;
}

/** What came up, and what helps. */
export function useTaskWords(): (task: TaskFacts) => { text: string; cure: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  return (task) => {
    const { kind, about, seatTitle } = task;
    const text = t(`taskText.${kind}`, {
      who: seatTitle ? format.text(seatTitle) : role(about.seat),
      notice: about.noticeKind ? t(`noticeKind.${about.noticeKind}`, { defaultValue: about.noticeKind }) : '',
      calendar: about.calendar ?? '',
      defaultValue: kind,
    });
    return {
      text: text + (about.code ? t('common.brackets', { inside: about.code }) : ''),
      cure: t(`taskCure.${cureOf(task)}`, { defaultValue: '' }),
    };
  };
}

/** A written notice of the contract has more at stake than another mail. */
function cureOf({ kind, about }: TaskFacts): string {
  return kind === 'notice-bounced' && about.serves !== undefined ? 'written-notice-bounced' : kind;
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Field } from '../process/act-dialog.tsx';
import type { Provided, Titled } from './training.ts';

/** What a session is planned with, for one training of the contract. */
export function useSessionFields({ topics, modes, methods }: Provided, today: string): Field[] {
  const { t } = useTranslation();
  const format = useFormat();
  const options = (list: Titled[]) => list.map(({ id, title }) => ({ value: id, label: format.text(title) }));
  return [
    {
      name: 'topics',
      label: t('trainings.topics'),
      type: 'many',
      required: true,
      initial: topics.map(({ id }) => id),
      options: options(topics),
    },
    { name: 'plannedOn', label: t('trainings.plannedOn'), type: 'date', required: true, initial: today },
    ...(modes.length === 0
      ? []
      : [{ name: 'mode', label: t('trainings.mode'), type: 'select' as const, options: options(modes) }]),
    ...(methods.length === 0
      ? []
      : [{ name: 'methods', label: t('trainings.methods'), type: 'many' as const, options: options(methods) }]),
    { name: 'trainees', label: t('trainings.trainees'), type: 'people' },
    { name: 'note', label: t('trainings.note'), type: 'area' },
  ];
}

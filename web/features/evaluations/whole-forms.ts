import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { ActForm, Field } from '../process/act-dialog.tsx';
import { type Evaluation, type WholeAct, isComputed } from './evaluation.ts';

const ACTS: readonly WholeAct[] = ['acknowledge', 'publish', 'enrol', 'gather'];

/** What may be done to all of an evaluation now, with what each act asks for. */
export function useWholeForms(evaluation: Evaluation): { act: WholeAct; form: ActForm }[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { scheme, provides, agreement, can } = evaluation;
  const isLate = provides.form === 'accountability';
  const seats: Field = {
    name: 'subject',
    label: t('evaluations.department'),
    type: 'select',
    required: true,
    options: Object.entries(agreement.seatTitles).map(([value, title]) => ({ value, label: format.text(title) })),
  };
  const people: Field = {
    name: 'people',
    label: t(isLate ? 'evaluations.responsible' : 'evaluations.evaluated'),
    type: 'people',
    required: true,
    help: t('evaluations.onePerson'),
  };
  const specifics: Record<WholeAct, Partial<ActForm>> = {
    acknowledge: {
      explained: t('evaluations.acknowledgeExplained', { version: scheme?.version ?? '' }),
      files: 'may',
      toFields: (values) => ({ ...values, version: scheme?.version }),
    },
    publish: {
      explained: t('evaluations.publishExplained', {
        who: provides.publishTo.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
      }),
    },
    enrol: {
      title: t(isLate ? 'evaluationAct.list' : 'evaluationAct.enrol'),
      explained: t(isLate ? 'evaluations.listExplained' : 'evaluations.enrolExplained'),
      fields: [
        provides.subject === 'department' ? seats : people,
        ...(isLate
          ? [
              {
                name: 'item',
                label: t('evaluations.item'),
                type: 'text' as const,
                required: true,
                help: t('evaluations.itemHelp'),
              },
              {
                name: 'lateMinutes',
                label: t('evaluations.lateMinutes'),
                type: 'integer' as const,
                required: true,
                max: 10_000_000,
              },
            ]
          : []),
      ],
      toFields: ({ people: chosen, ...values }) => ({
        ...values,
        ...(Array.isArray(chosen) ? { subject: chosen.at(-1) } : {}),
      }),
    },
    gather: { explained: t('evaluations.gatherExplained') },
  };
  const hasFigures = (scheme?.indicators ?? []).some(isComputed);
  return ACTS.filter((act) => can.includes(act) && (act !== 'gather' || hasFigures)).map((act) => ({
    act,
    form: {
      path: `/evaluations/${encodeURIComponent(evaluation.id)}/${act}`,
      title: t(`evaluationAct.${act}`),
      capacities: evaluation.as[act] ?? [],
      fields: [],
      ...specifics[act],
    },
  }));
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { ActForm, Field } from '../process/act-dialog.tsx';
import { type Evaluated, type Evaluation, MONEY, SUBJECT_ACTS, type SubjectAct, figure } from './evaluation.ts';
import { useNamed } from './words.ts';

/** What may be done about one of those who are evaluated. */
export interface SubjectForms {
  /** In the order in which they bring it on. */
  general: { act: SubjectAct; form: ActForm }[];
  /** On one indicator: score it, leave it out, correct it. */
  of: (indicator: string) => ActForm[];
  /** On one consequence, where it waits for the reader. */
  decision: (consequence: string) => ActForm | undefined;
}

export function useSubjectForms(evaluation: Evaluation, one: Evaluated): SubjectForms {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const who = named(one);
  const form = (act: SubjectAct, specifics: Partial<ActForm>): ActForm => {
    const { toFields = (values: Record<string, unknown>) => values, ...rest } = specifics;
    return {
      path: `/evaluations/${encodeURIComponent(evaluation.id)}/${act}`,
      title: t(`evaluationAct.${act}`),
      capacities: one.as[act] ?? [],
      fields: [],
      ...rest,
      toFields: (values) => ({ ...toFields(values), subject: one.subject }),
    };
  };
  const reason: Field = { name: 'reason', label: t('evaluations.reason'), type: 'area', required: true, max: 20_000 };
  const indicators = evaluation.scheme?.indicators ?? [];
  const verdict = (options: string[], words: (value: string) => string): Field => ({
    name: 'verdict',
    label: t('evaluations.decision'),
    type: 'select',
    required: true,
    options: options.map((value) => ({ value, label: words(value) })),
  });
  const kinds = evaluation.consequenceKinds;
  const general: Partial<Record<SubjectAct, Partial<ActForm>>> = {
    'self-assess': {
      explained: t('evaluations.selfExplained'),
      fields: [{ name: 'text', label: t('evaluations.selfAssessment'), type: 'area', required: true, max: 20_000 }],
    },
    explain: {
      explained: t('evaluations.explainExplained'),
      fields: [{ name: 'text', label: t('evaluations.explanation'), type: 'area', required: true, max: 20_000 }],
    },
    'judge-targets': {
      explained: t('evaluations.targetsExplained'),
      fields: [
        {
          name: 'met',
          label: t('evaluations.targetsMet'),
          type: 'many',
          options: one.targets.map(({ number, title }) => ({ value: String(number), label: format.text(title) })),
        },
        { name: 'record', label: t('evaluations.record'), type: 'area' },
      ],
      files: 'may',
      toFields: ({ met, ...values }) => {
        const numbers = (Array.isArray(met) ? (met as string[]) : []).map(Number);
        const missed = one.targets.map(({ number }) => number).filter((number) => !numbers.includes(number));
        return { ...values, met: JSON.stringify(numbers), missed: JSON.stringify(missed) };
      },
    },
    'third-party': {
      explained: t('evaluations.thirdExplained'),
      fields: [
        {
          name: 'passed',
          label: t('evaluations.thirdVerdict'),
          type: 'select',
          required: true,
          options: ['true', 'false'].map((value) => ({
            value,
            label: t(value === 'true' ? 'evaluations.passed' : 'evaluations.failed'),
          })),
        },
      ],
      files: 'must',
    },
    conclude: { explained: t('evaluations.concludeExplained', { who }) },
    object: {
      explained: t('evaluations.objectExplained', {
        by: one.objectionsUntil ? format.due(one.objectionsUntil.dueAt, one.objectionsUntil.localDate) : '',
      }),
      fields: [
        {
          name: 'indicator',
          label: t('evaluations.indicator'),
          type: 'select',
          options: one.scores.map(({ indicator }) => ({ value: indicator.id, label: format.text(indicator.title) })),
          help: t('evaluations.objectHelp'),
        },
        reason,
      ],
      files: 'may',
    },
    answer: {
      explained: t('evaluations.answerExplained'),
      fields: [
        ...(one.objections.filter((each) => each.verdict === null).length > 1
          ? [
              {
                name: 'objection',
                label: t('evaluations.objection'),
                type: 'select' as const,
                required: true,
                options: one.objections
                  .filter((each) => each.verdict === null)
                  .map(({ id, indicator }) => ({
                    value: id,
                    label: indicator ? format.text(indicator.title) : t('evaluations.wholeResult'),
                  })),
              },
            ]
          : []),
        verdict(['uphold', 'reject'], (value) => t(`evaluationVerdict.${value}`)),
        reason,
      ],
    },
    confirm: {
      explained: t('evaluations.confirmExplained', { who, total: one.total === null ? '' : figure(one.total) }),
      fields: [{ name: 'note', label: t('evaluations.note'), type: 'area' }],
    },
    propose: {
      explained: t('evaluations.proposeExplained'),
      fields: [
        {
          name: 'consequence',
          label: t('evaluations.consequence'),
          type: 'select',
          required: true,
          options: kinds.map((value) => ({ value, label: t(`consequenceKind.${value}`) })),
        },
        ...(evaluation.currency && kinds.some((kind) => MONEY.includes(kind))
          ? [
              {
                name: 'amount',
                label: t('evaluations.amountIn', { currency: evaluation.currency }),
                type: 'decimal' as const,
                when: ({ consequence }: Record<string, unknown>) => MONEY.some((kind) => kind === consequence),
              },
            ]
          : []),
        { ...reason, max: 2_000 },
      ],
    },
  };
  return {
    general: SUBJECT_ACTS.filter((act) => one.can.includes(act)).map((act) => ({
      act,
      form: form(act, general[act] ?? {}),
    })),
    of: (id) => {
      const rule = indicators.find((each) => each.id === id);
      if (!rule) return [];
      const title = format.text(rule.title);
      const named = (act: SubjectAct): Pick<ActForm, 'title' | 'button'> => ({
        title: t('evaluations.actOn', { act: t(`evaluationAct.${act}`), what: title }),
        button: t(`evaluationAct.${act}`),
      });
      const value: Field = {
        name: 'value',
        label: t('evaluations.value'),
        type: 'decimal',
        required: true,
        help: t('evaluations.valueHelp', { from: figure(rule.scale.min), to: figure(rule.scale.max) }),
      };
      const evidence: Field[] =
        rule.evidence.length === 0
          ? []
          : [
              {
                name: 'evidence',
                label: t('evaluations.evidence'),
                type: 'many',
                options: rule.evidence.map((kind) => ({ value: kind.id, label: format.text(kind.title) })),
                help: t('evaluations.evidenceHelp'),
              },
            ];
      const present = one.scores.find(({ indicator }) => indicator.id === id);
      const own: [SubjectAct, Partial<ActForm>][] = [
        [
          'score',
          {
            ...named('score'),
            fields: [
              { ...value, initial: present && !present.gathered ? figure(present.value) : null },
              ...evidence,
              {
                name: 'record',
                label: t('evaluations.record'),
                type: 'area',
                max: 20_000,
                help: t('evaluations.recordHelp'),
              },
            ],
            files: 'may',
            toFields: ({ evidence: kinds, ...values }) => ({
              ...values,
              indicator: id,
              ...(kinds === undefined ? {} : { evidence: JSON.stringify(kinds) }),
            }),
          },
        ],
        [
          'leave-out',
          {
            ...named('leave-out'),
            explained: t('evaluations.leaveOutExplained'),
            fields: [{ ...reason, max: 2_000 }],
            toFields: (values) => ({ ...values, indicator: id }),
          },
        ],
        [
          'correct',
          {
            ...named('correct'),
            explained: t('evaluations.correctExplained'),
            fields: [{ ...value, initial: present ? figure(present.value) : null }, reason],
            files: 'may',
            toFields: (values) => ({ ...values, indicator: id }),
          },
        ],
      ];
      return own.filter(([act]) => one.on[act]?.includes(id)).map(([act, specifics]) => form(act, specifics));
    },
    decision: (id) => {
      const waiting = one.consequences.find((each) => each.id === id && each.verdict === null);
      if (!waiting || !one.can.includes('decide')) return undefined;
      const isMoney = MONEY.includes(waiting.kind) && evaluation.currency !== null;
      return form('decide', {
        title: t('evaluations.actOn', { act: t('evaluationAct.decide'), what: t(`consequenceKind.${waiting.kind}`) }),
        button: t('evaluationAct.decide'),
        explained: t('evaluations.decideExplained'),
        fields: [
          verdict(['approve', 'decline'], (value) => t(`evaluationVerdict.${value}`)),
          ...(isMoney
            ? [
                {
                  name: 'amount',
                  label: t('evaluations.amountIn', { currency: evaluation.currency ?? '' }),
                  type: 'decimal' as const,
                  initial: waiting.amount,
                  required: waiting.kind === 'payment',
                  when: ({ verdict: said }: Record<string, unknown>) => said === 'approve',
                },
              ]
            : []),
          reason,
        ],
        files: 'may',
        toFields: (values) => ({ ...values, consequence: id }),
      });
    },
  };
}

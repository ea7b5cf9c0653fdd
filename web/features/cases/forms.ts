import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { useCases } from './case.ts';
import type { ActForm, Field } from '../process/act-dialog.tsx';
import { CASE_PRIORITIES, CASE_SEVERITIES, type Case, type CaseAct, PAUSE_REASONS } from './case.ts';

/** What each act of a case asks for. */
export function useCaseForms(agreement: Agreement, one: Case): Partial<Record<CaseAct, ActForm>> {
  const { t } = useTranslation();
  const format = useFormat();
  const others = useCases(agreement, {}).data?.items ?? [];
  const form = (act: CaseAct, specifics: Omit<ActForm, 'path' | 'title' | 'capacities'>): ActForm => ({
    path: `/cases/${encodeURIComponent(one.id)}/${act}`,
    title: t(`caseAct.${act}`),
    capacities: one.as[act] ?? [],
    ...specifics,
  });
  const note: Field = { name: 'note', label: t('cases.note'), type: 'area' };
  const details = (label: string): Field => ({ name: 'details', label, type: 'area', required: true, max: 20_000 });
  const reason: Field = { name: 'reason', label: t('cases.reason'), type: 'area', required: true };
  const seats = one.seats
    .filter(({ seat }) => seat !== one.handler.seat)
    .map(({ seat, title }) => ({ value: seat, label: format.text(title) }));
  const mailed = t(one.contact?.email ? 'cases.goesByMail' : 'cases.noMail');
  const known = new Map([...one.related.proposed, ...others].map((other) => [other.id, other]));
  known.delete(one.id);
  const missing = (['content', 'process', 'result'] as const).filter((name) => !one.record[name].there);
  return {
    respond: form('respond', { explained: mailed, fields: [details(t('cases.response'))] }),
    note: form('note', { fields: [{ ...note, required: true }] }),
    record: form('record', {
      explained: t('cases.recordExplained'),
      fields: (['content', 'process', 'result'] as const).map((name) => ({
        name,
        label: t(`caseRecord.${name}`),
        type: 'area' as const,
        max: 20_000,
        ...(missing.includes(name) ? {} : { help: t('cases.recordedAlready') }),
      })),
      files: 'may',
    }),
    assign: form('assign', {
      fields: [
        {
          name: 'to',
          label: t('cases.assignee'),
          type: 'select',
          required: true,
          options: [...seats, { value: 'person', label: t('cases.somebody') }],
        },
        {
          name: 'note',
          label: t('cases.assigneeName'),
          type: 'text',
          required: true,
          when: (values) => values.to === 'person',
        },
        {
          name: 'qualified',
          label: t('cases.qualified'),
          type: 'flag',
          initial: false,
          help: t('cases.qualifiedHelp'),
        },
      ],
    }),
    forward: form('forward', {
      fields: [
        {
          name: 'to',
          label: t('cases.forwardTo'),
          type: 'select',
          required: true,
          options: [...seats, { value: 'department', label: t('cases.otherDepartment') }],
        },
        {
          name: 'note',
          label: t('cases.note'),
          type: 'area',
          help: t('cases.forwardHelp'),
        },
      ],
    }),
    plan: form('plan', { explained: mailed, fields: [details(t('cases.plan'))] }),
    confirm: form('confirm', {
      explained: t('cases.enteredForCustomer'),
      fields: [
        {
          name: 'verdict',
          label: t('cases.planVerdict'),
          type: 'select',
          required: true,
          options: [
            { value: 'confirm', label: t('cases.planConfirmed') },
            { value: 'change', label: t('cases.planChange') },
          ],
        },
        note,
      ],
    }),
    execute: form('execute', { fields: [note], files: 'may' }),
    report: form('report', { fields: [note] }),
    'confirm-report': form('confirm-report', { fields: [note] }),
    'agree-solution': form('agree-solution', { explained: t('cases.agreeExplained'), fields: [note] }),
    decide: form('decide', {
      fields: [
        {
          name: 'specialSurvey',
          label: t('cases.specialSurvey'),
          type: 'select',
          required: true,
          options: (['held', 'declined'] as const).map((value) => ({ value, label: t(`caseSurvey.${value}`) })),
        },
        { ...reason, required: false, help: t('cases.declineReason') },
      ],
    }),
    progress: form('progress', { explained: mailed, fields: [details(t('cases.progress'))] }),
    resolve: form('resolve', {
      explained: mailed,
      fields: [
        details(t('cases.result')),
        { name: 'told', label: t('cases.toldAlready'), type: 'flag', initial: !one.contact?.email },
      ],
      files: 'may',
    }),
    'tell-result': form('tell-result', { explained: t('cases.tellExplained'), fields: [note] }),
    judge: form('judge', {
      explained: t('cases.enteredForCustomer'),
      fields: [
        {
          name: 'satisfied',
          label: t('cases.opinion'),
          type: 'select',
          required: true,
          options: [
            { value: 'true', label: t('cases.satisfied') },
            { value: 'false', label: t('cases.dissatisfied') },
          ],
        },
        ...(one.steps.includes('accept') ? [{ name: 'score', label: t('cases.score'), type: 'decimal' as const }] : []),
        note,
      ],
      toFields: ({ satisfied, ...said }) => ({ ...said, satisfied: satisfied === 'true' }),
    }),
    pause: form('pause', {
      explained: t('cases.pauseExplained'),
      fields: [
        {
          name: 'why',
          label: t('cases.why'),
          type: 'select',
          required: true,
          options: PAUSE_REASONS.map((value) => ({ value, label: t(`pauseReason.${value}`) })),
        },
        { ...reason, label: t('cases.pauseWords') },
      ],
      files: 'may',
    }),
    resume: form('resume', { fields: [note] }),
    contest: form('contest', {
      fields: [
        {
          name: 'corrected',
          label: t('cases.contestHow'),
          type: 'select',
          required: true,
          options: [
            { value: 'true', label: t('cases.contestCorrected') },
            { value: 'false', label: t('cases.contestRight') },
          ],
        },
        { ...note, required: true },
      ],
      files: 'may',
    }),
    classify: form('classify', {
      explained: t('cases.classifyExplained'),
      fields: [
        {
          name: 'severity',
          label: t('cases.severity'),
          type: 'select',
          required: true,
          initial: one.severity,
          options: CASE_SEVERITIES.map((value) => ({ value, label: t(`caseSeverity.${value}`) })),
        },
        {
          name: 'priority',
          label: t('cases.priority'),
          type: 'select',
          required: true,
          initial: one.priority,
          options: CASE_PRIORITIES.map((value) => ({ value, label: t(`casePriority.${value}`) })),
        },
        ...(one.categories.length === 0
          ? []
          : [
              {
                name: 'category',
                label: t('cases.category'),
                type: 'select' as const,
                initial: one.category?.id ?? null,
                options: one.categories.map(({ id, title }) => ({ value: id, label: format.text(title) })),
              },
            ]),
        note,
      ],
    }),
    improve: form('improve', {
      explained: t('cases.improveExplained'),
      fields: [
        { name: 'title', label: t('cases.cause'), type: 'text', required: true },
        { name: 'details', label: t('cases.details'), type: 'area', max: 20_000 },
        ...(one.dimensions.length === 0
          ? []
          : [
              {
                name: 'dimension',
                label: t('cases.dimension'),
                type: 'select' as const,
                options: one.dimensions.map(({ id, title }) => ({ value: id, label: format.text(title) })),
              },
            ]),
      ],
    }),
    ...(known.size === 0
      ? {}
      : {
          link: form('link', {
            explained: t('cases.linkCaseExplained'),
            fields: [
              {
                name: 'relation',
                label: t('cases.relation'),
                type: 'select',
                required: true,
                options: (['repeat', 'duplicate'] as const).map((value) => ({
                  value,
                  label: t(`caseRelation.${value}`),
                })),
              },
              {
                name: 'of',
                label: t('cases.otherCase'),
                type: 'select',
                required: true,
                options: [...known.values()].map(({ id, topic, reference }) => ({
                  value: id,
                  label: `${topic ?? ''} ${reference}`.trim(),
                })),
              },
            ],
          }),
        }),
    reopen: form('reopen', { fields: [reason] }),
    close: form('close', {
      fields: [
        ...(one.status === 'awaiting-opinion' || one.steps.includes('opinion') || one.steps.includes('accept')
          ? [{ name: 'opinionNotGiven', label: t('cases.opinionNotGiven'), type: 'flag' as const, initial: false }]
          : []),
        note,
      ],
    }),
  };
}

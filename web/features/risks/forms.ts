import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { ActForm, Field, Values } from '../process/act-dialog.tsx';
import {
  LOWERED,
  RISK_ACTS,
  RISK_INDICATORS,
  RISK_OPERATORS,
  type Risk,
  type RiskAct,
  type RiskRules,
  type Seat,
} from './risk.ts';

type Specifics = Omit<ActForm, 'path' | 'title' | 'capacities'>;

/** What is asked for of a rating, a threshold, an emergency plan, a measure: the same wherever it is asked. */
function useFields(rules: RiskRules, seats: readonly Seat[]) {
  const { t } = useTranslation();
  const format = useFormat();
  const marks = Array.from({ length: rules.scale.max }, (_, index) => {
    const value = String(index + 1);
    return { value, label: t(`riskMark.${value}`, { value }) };
  });
  const owners = seats.map(({ seat, title }) => ({ value: seat, label: format.text(title) }));
  const mark = (name: string, label: string, initial?: number): Field => {
    return {
      name,
      label,
      type: 'select',
      required: true,
      options: marks,
      ...(initial ? { initial: String(initial) } : {}),
    };
  };
  const isWatched = ({ indicator }: Values): boolean => typeof indicator === 'string' && indicator !== '';
  return {
    rating: (now?: { probability: number; impact: number }): Field[] => [
      mark('probability', t('risks.probability'), now?.probability),
      mark('impact', t('risks.impact'), now?.impact),
    ],
    threshold: (): Field[] =>
      rules.warning
        ? [
            {
              name: 'indicator',
              label: t('risks.indicator'),
              type: 'select',
              options: RISK_INDICATORS.map((value) => ({ value, label: t(`riskIndicator.${value}`) })),
              help: t('risks.indicatorHelp'),
            },
            {
              name: 'operator',
              label: t('risks.operator'),
              type: 'select',
              required: true,
              initial: 'at-least',
              options: RISK_OPERATORS.map((value) => ({ value, label: t(`riskOperator.${value}`) })),
              when: isWatched,
            },
            { name: 'value', label: t('risks.thresholdValue'), type: 'decimal', required: true, when: isWatched },
            {
              name: 'windowDays',
              label: t('risks.windowDays'),
              type: 'integer',
              required: true,
              initial: 7,
              when: ({ indicator }) => indicator === 'case-spike',
            },
          ]
        : [],
    departments: (initial: string[] = []): Field[] =>
      rules.warning
        ? [{ name: 'departments', label: t('risks.departments'), type: 'many', options: owners, initial }]
        : [],
    emergency: (help: string): Field[] =>
      rules.emergency
        ? [
            { name: 'steps', label: t('risks.steps'), type: 'points', help },
            {
              name: 'stepSeat',
              label: t('risks.stepSeat'),
              type: 'select',
              options: owners,
              initial: rules.keeper.seat,
            },
            { name: 'listed', label: t('risks.listed'), type: 'many', options: owners, initial: [] },
          ]
        : [],
    owner: (initial: string): Field => {
      return { name: 'owner', label: t('risks.owner'), type: 'select', required: true, options: owners, initial };
    },
    measure: (initial: string, when?: Field['when']): Field[] => {
      const shown = when ? { when } : {};
      return [
        { name: 'what', label: t('risks.what'), type: 'area', required: true, ...shown },
        {
          name: 'lowers',
          label: t('risks.lowers'),
          type: 'select',
          required: rules.residual,
          options: LOWERED.map((value) => ({ value, label: t(`riskLowers.${value}`) })),
          ...shown,
        },
        ...(['residualProbability', 'residualImpact'] as const).map((name): Field => ({
          name,
          label: t(`risks.${name}`),
          type: 'select',
          required: rules.residual,
          options: marks,
          ...shown,
        })),
        { name: 'owner', label: t('risks.owner'), type: 'select', required: true, options: owners, initial, ...shown },
        { name: 'dueOn', label: t('risks.dueOn'), type: 'date', help: t('risks.dueOnHelp'), ...shown },
      ];
    },
  };
}

/** What the API wants of the fields above. */
export function ratingOf({ probability, impact }: Values): { probability: number; impact: number } {
  return { probability: Number(probability), impact: Number(impact) };
}

export function thresholdOf({ indicator, operator, value, windowDays }: Values): { threshold?: object } {
  if (typeof indicator !== 'string') return {};
  return {
    threshold: { indicator, operator, value: String(value), ...(windowDays ? { windowDays: Number(windowDays) } : {}) },
  };
}

export function emergencyOf({ steps, stepSeat, listed }: Values): { emergency?: object } {
  const said = Array.isArray(steps) ? steps.filter((one) => one.trim() !== '') : [];
  if (said.length === 0) return {};
  return { emergency: { steps: said.map((what) => ({ what, seat: stepSeat })), listed: listed ?? [] } };
}

export function measureOf({
  what,
  lowers,
  residualProbability,
  residualImpact,
  owner,
  dueOn,
}: Values): Record<string, unknown> {
  return {
    what,
    owner,
    ...(lowers ? { lowers } : {}),
    ...(residualProbability && residualImpact
      ? { residual: { probability: Number(residualProbability), impact: Number(residualImpact) } }
      : {}),
    ...(dueOn ? { dueOn } : {}),
  };
}

/** What is asked for to put a risk on the register. */
export function useRegisterForm(rules: RiskRules, seats: readonly Seat[], capacities: ActForm['capacities']): ActForm {
  const { t } = useTranslation();
  const ask = useFields(rules, seats);
  const planned = rules.planLevel === null ? '' : t('risks.planNeeded', { level: t(`riskLevel.${rules.planLevel}`) });
  return {
    path: '/risks',
    title: t('risks.register'),
    capacities,
    fields: [
      { name: 'title', label: t('risks.name'), type: 'text', required: true, max: 200 },
      { name: 'details', label: t('risks.details'), type: 'area', max: 20_000 },
      ...ask.rating(),
      ask.owner(rules.keeper.seat),
      ...ask.departments(),
      ...ask.threshold(),
      ...ask.emergency(planned),
    ],
    toFields: (said) => ({
      title: said['title'],
      ...(said['details'] ? { details: said['details'] } : {}),
      ...ratingOf(said),
      owner: said['owner'],
      ...(said['departments'] ? { departments: said['departments'] } : {}),
      ...thresholdOf(said),
      ...emergencyOf(said),
    }),
  };
}

/** What each act about a risk asks for. */
export function useRiskForms(risk: Risk): Partial<Record<RiskAct, ActForm>> {
  const { t } = useTranslation();
  const format = useFormat();
  const rules = risk.rules ?? NO_RULES;
  const ask = useFields(rules, risk.seats);
  const reason: Field = { name: 'reason', label: t('risks.reason'), type: 'area', max: 2_000 };
  const note: Field = { name: 'note', label: t('risks.note'), type: 'area', max: 2_000 };
  const named = (plans: Risk['plans']): Field => ({
    name: 'measure',
    label: t('risks.measure'),
    type: 'select',
    required: true,
    options: plans.map(({ measure, what }) => ({ value: measure, label: what ?? measure })),
    ...(plans.length === 1 && plans[0] ? { initial: plans[0].measure } : {}),
  });
  const isAdjust = ({ verdict }: Values): boolean => verdict === 'adjust';
  const isRerated = ({ verdict }: Values): boolean => verdict === 're-rated';
  const undone = (risk.occurrence?.steps ?? []).filter(({ doneAt }) => doneAt === null);
  const planHelp = t('risks.planKept');
  const specifics: Record<RiskAct, Specifics> = {
    acknowledge: { explained: t('risks.acknowledgeExplained'), fields: [note] },
    step: {
      fields: [
        {
          name: 'step',
          label: t('risks.step'),
          type: 'select',
          required: true,
          options: undone.map(({ step, what, seat }) => ({
            value: step,
            label: `${what ?? step}（${format.text(seat.title)}）`,
          })),
          ...(undone[0] ? { initial: undone[0].step } : {}),
        },
        note,
      ],
    },
    'stand-down': { explained: t('risks.standDownExplained'), fields: [note] },
    mitigate: { fields: ask.measure(risk.owner.seat), toFields: measureOf },
    complete: { fields: [named(risk.plans.filter(({ status }) => status !== 'done'))], files: 'may' },
    review: {
      explained: t('risks.reviewExplained'),
      fields: [
        {
          name: 'verdict',
          label: t('risks.verdict'),
          type: 'select',
          required: true,
          initial: 'confirmed',
          options: ['confirmed', 're-rated'].map((value) => ({ value, label: t(`riskReview.${value}`) })),
        },
        ...[...ask.rating(risk), ...ask.emergency(planHelp)].map((field): Field => ({ ...field, when: isRerated })),
        reason,
      ],
      toFields: (said) => ({
        verdict: said['verdict'],
        ...(isRerated(said) ? { rating: ratingOf(said), ...emergencyOf(said) } : {}),
        ...(said['reason'] ? { reason: said['reason'] } : {}),
      }),
    },
    assess: {
      fields: [
        named(risk.plans),
        {
          name: 'verdict',
          label: t('risks.verdict'),
          type: 'select',
          required: true,
          initial: 'effective',
          options: ['effective', 'adjust'].map((value) => ({ value, label: t(`riskAssessment.${value}`) })),
        },
        ...ask.measure(risk.owner.seat, isAdjust),
        reason,
      ],
      toFields: (said) => ({
        measure: said['measure'],
        verdict: said['verdict'],
        ...(isAdjust(said) ? { adjusted: measureOf(said) } : {}),
        ...(said['reason'] ? { reason: said['reason'] } : {}),
      }),
    },
    rate: {
      fields: [...ask.rating(risk), ...ask.emergency(planHelp), reason],
      toFields: (said) => ({
        ...ratingOf(said),
        ...emergencyOf(said),
        ...(said['reason'] ? { reason: said['reason'] } : {}),
      }),
    },
    observe: {
      explained: t('risks.observeExplained'),
      fields: [{ name: 'value', label: t('risks.value'), type: 'decimal', required: true }, reason],
      toFields: ({ value, ...said }) => ({ ...said, value: String(value) }),
    },
    equip: {
      fields: [
        ...ask.threshold(),
        ...ask.departments(risk.departments.map(({ seat }) => seat)),
        ...ask.emergency(planHelp),
      ],
      toFields: (said) => ({
        ...thresholdOf(said),
        ...(said['departments'] ? { departments: said['departments'] } : {}),
        ...emergencyOf(said),
      }),
    },
    occur: {
      explained: t(risk.emergency ? 'risks.occurExplained' : 'risks.occurBare'),
      fields: [{ name: 'details', label: t('risks.details'), type: 'area', max: 2_000 }],
      danger: true,
    },
    close: { fields: [{ ...reason, required: true }] },
  };
  return Object.fromEntries(
    RISK_ACTS.filter((act) => risk.can.includes(act)).map((act) => [
      act,
      {
        path: `/risks/${encodeURIComponent(risk.id)}/${act}`,
        title: t(`riskAct.${act}`),
        capacities: risk.as[act] ?? [],
        ...specifics[act],
      },
    ]),
  );
}

/** Of a risk whose agreement lost its register with an amendment: it is read, and asks for nothing. */
const NO_RULES: RiskRules = {
  clauses: [],
  keeper: { seat: '', title: { zh: '', en: '' } },
  scale: { max: 5, mediumFrom: 5, highFrom: 12 },
  planLevel: null,
  responseDays: null,
  measures: false,
  residual: false,
  review: false,
  measureReview: false,
  warning: false,
  ackHours: null,
  emergency: false,
};

import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { ActDialog, type ActForm, type Field } from '../process/act-dialog.tsx';
import { type Act, type Improvement, OVER, useBoard } from './improvement.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { useFindingName, useSeverities } from './words.ts';

interface Props {
  agreement: Agreement;
  improvement: Improvement;
  done: (answer: ActAnswer, what: string) => void;
}

/** What brings it on, before what ends it otherwise; what is classified may be classified anew. */
const ORDER: readonly Act[] = [
  'investigate',
  'plan',
  'approve',
  'complete',
  'verify',
  'answer-customers',
  'customer-verdict',
  'publish',
  'close',
  'classify',
  'check',
  'reject',
  'merge',
  'dismiss',
];
const ENDING: readonly Act[] = ['dismiss', 'reject'];

/** Buttons for what the reader may do now, and the dialog of the one that was pressed. */
export function Acts({ agreement, improvement, done }: Props): ReactNode {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  const isProven = improvement.status === 'effective';
  const possible = ORDER.filter((one) => improvement.can.includes(one)).sort(
    // What has been proven may be verified once more; it is not what comes next.
    (one, other) => Number(isProven && one === 'verify') - Number(isProven && other === 'verify'),
  );
  const close = (): void => setAct(null);
  if (possible.length === 0) return null;
  return (
    <div className="actions">
      {possible.map((one, index) => (
        <Button
          key={one}
          type={index === 0 ? 'primary' : 'default'}
          danger={ENDING.includes(one)}
          onClick={() => setAct(one)}
        >
          {t(`improvementAct.${one}`)}
        </Button>
      ))}
      {act === 'plan' ? (
        <PlanDialog agreement={agreement} improvement={improvement} close={close} done={done} />
      ) : act ? (
        <OtherAct key={act} act={act} agreement={agreement} improvement={improvement} close={close} done={done} />
      ) : null}
    </div>
  );
}

function OtherAct({ act, agreement, improvement, close, done }: Props & { act: Act; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const specifics = useSpecifics(agreement, improvement)[act];
  const form: ActForm = {
    path: `/improvements/${encodeURIComponent(improvement.id)}/${act}`,
    title: t(`improvementAct.${act}`),
    capacities: improvement.as[act] ?? [],
    fields: [],
    danger: ENDING.includes(act),
    ...specifics,
  };
  return <ActDialog agreementId={agreement.id} form={form} close={close} done={done} />;
}

type Specifics = Partial<Record<Act, Partial<ActForm>>>;

/** What each act asks for. */
function useSpecifics(agreement: Agreement, improvement: Improvement): Specifics {
  const { t } = useTranslation();
  const format = useFormat();
  const severities = useSeverities();
  const name = useFindingName();
  const board = useBoard(agreement).data;
  const { provides, finding, plan } = improvement;
  const note: Field = { name: 'note', label: t('improvements.note'), type: 'area' };
  const others = (board?.items ?? []).filter(({ id, status }) => id !== improvement.id && !OVER.includes(status));
  const open = (plan?.measures ?? []).filter(({ completedAt }) => completedAt === null);
  const waiting = finding.raisedBy.filter(({ answered }) => !answered);
  const answered = finding.raisedBy.filter((one) => one.answered);
  const customers = (list: typeof waiting) =>
    list.map(({ customerId, name: called }) => ({ value: customerId, label: called ?? customerId }));
  const version = plan?.version;
  const verdict = (options: string[], words: (value: string) => string): Field => ({
    name: 'verdict',
    label: t('improvements.verdict'),
    type: 'select',
    required: true,
    options: options.map((value) => ({ value, label: words(value) })),
  });
  return {
    classify: {
      explained: t('improvements.rule'),
      fields: [
        ...(provides.categories.length === 0
          ? []
          : [
              {
                name: 'category',
                label: t('improvements.category'),
                type: 'select' as const,
                required: true,
                initial: improvement.category,
                options: provides.categories.map((value) => ({ value, label: value })),
              },
            ]),
        {
          name: 'severity',
          label: t('improvements.severity'),
          type: 'select',
          required: true,
          initial: String(finding.severity),
          options: severities.map(({ value, label }) => ({ value: String(value), label })),
          help: t('improvements.severityHelp', { frequency: finding.frequency, weight: finding.customerWeight }),
        },
        {
          name: 'department',
          label: t('improvements.department'),
          type: 'select',
          required: true,
          initial: improvement.department?.seat ?? provides.planner.seat,
          options: provides.departments.map(({ seat, title }) => ({ value: seat, label: format.text(title) })),
        },
        note,
      ],
      toFields: ({ severity, ...said }) => ({ ...said, severity: Number(severity) }),
    },
    merge: {
      explained: t('improvements.mergeExplained'),
      fields: [
        {
          name: 'into',
          label: t('improvements.mergeInto'),
          type: 'select',
          required: true,
          options: others.map((one) => ({ value: one.id, label: name(one) })),
          ...(others.length === 0 ? { help: t('improvements.noOthers') } : {}),
        },
        { name: 'reason', label: t('improvements.reason'), type: 'area' },
      ],
    },
    dismiss: {
      explained: t('improvements.dismissExplained'),
      fields: [{ name: 'reason', label: t('improvements.reason'), type: 'area', required: true }],
    },
    investigate: {
      explained: t('improvements.investigateExplained'),
      fields: [{ name: 'cause', label: t('improvements.cause'), type: 'area', max: 20_000, required: true }],
      files: 'may',
    },
    approve: {
      explained: t('improvements.approveExplained', { version: version ?? 1 }),
      toFields: () => ({ version }),
    },
    reject: {
      fields: [{ name: 'points', label: t('improvements.points'), type: 'points', required: true }],
      toFields: (said) => ({ ...said, version }),
    },
    complete: {
      fields: [
        {
          name: 'measure',
          label: t('improvements.measure'),
          type: 'select',
          required: true,
          initial: open.length === 1 ? (open[0]?.id ?? null) : null,
          options: open.map(({ id, what }) => ({ value: id, label: what ?? id })),
        },
        note,
      ],
      files: 'may',
    },
    check: {
      explained: t('improvements.checkExplained'),
      fields: [verdict(['on-track', 'behind'], (value) => t(`checkVerdict.${value}`)), note],
      files: 'may',
    },
    verify: {
      explained: t('improvements.verifyExplained'),
      fields: [verdict(['effective', 'ineffective'], (value) => t(`effectVerdict.${value}`)), note],
      files: 'must',
    },
    'answer-customers': {
      explained: t(finding.raisedBy.length === 0 ? 'improvements.nobodyKnown' : 'improvements.answerExplained'),
      fields: [
        ...(waiting.length === 0
          ? []
          : [
              {
                name: 'customers',
                label: t('improvements.toWhom'),
                type: 'many' as const,
                required: true,
                initial: waiting.map(({ customerId }) => customerId),
                options: customers(waiting),
              },
            ]),
        {
          name: 'text',
          label: t(finding.raisedBy.length === 0 ? 'improvements.whyNobody' : 'improvements.answerText'),
          type: 'area',
          max: 20_000,
          required: true,
        },
        ...(waiting.length === 0
          ? []
          : [
              {
                name: 'mail',
                label: t('improvements.answerByMail'),
                type: 'flag' as const,
                initial: true,
                help: t('improvements.answerByMailHelp'),
              },
            ]),
      ],
    },
    'customer-verdict': {
      fields: [
        {
          name: 'customer',
          label: t('improvements.customer'),
          type: 'select',
          required: true,
          initial: answered.length === 1 ? (answered[0]?.customerId ?? null) : null,
          options: customers(answered),
        },
        {
          name: 'satisfied',
          label: t('improvements.verdict'),
          type: 'select',
          required: true,
          options: ['true', 'false'].map((value) => ({ value, label: t(`customerVerdict.${value}`) })),
        },
        note,
      ],
      toFields: ({ satisfied, ...said }) => ({ ...said, satisfied: satisfied === 'true' }),
    },
    publish: {
      explained: t('improvements.publishExplained'),
      fields: [{ name: 'text', label: t('improvements.publication'), type: 'area', max: 20_000 }],
      files: 'may',
    },
    close: { fields: [note] },
  };
}

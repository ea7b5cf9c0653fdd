import { Button, Form, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { seatOptions } from '../life/options.ts';
import { ActDialog, type Field } from '../process/act-dialog.tsx';
import type { Improvement } from './improvement.ts';
import { scoreText } from './score.ts';
import { useMeasureKind } from './words.ts';

interface Entry {
  kind: string;
  what: string;
  expected: string;
  owner: string;
  dueOn: string;
}

/** The plan: cause, goal, and measures with an owner and a date each; what waits for approval is there to be changed. */
export function PlanDialog({
  agreement,
  improvement,
  close,
  done,
}: {
  agreement: Agreement;
  improvement: Improvement;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, provides, finding, dimension, department } = improvement;
  const kinds = [...new Set([...provides.measureTypes, 'other'])];
  const fresh: Entry = {
    kind: kinds[0] ?? 'other',
    what: '',
    expected: '',
    owner: department?.seat ?? provides.planner.seat,
    dueOn: '',
  };
  const [measures, setMeasures] = useState<Entry[]>(() =>
    plan === null
      ? [fresh]
      : plan.measures.map(({ kind, what, expected, owner, due }) => {
          return { kind, what: what ?? '', expected: expected ?? '', owner: owner.seat, dueOn: due.localDate };
        }),
  );
  const dimensions = [
    ...new Map([...(dimension ? [dimension] : []), ...provides.dimensions].map((one) => [one.id, one])).values(),
  ];
  const fields: Field[] = [
    {
      name: 'cause',
      label: t('improvements.cause'),
      type: 'area',
      max: 20_000,
      required: provides.cause && improvement.cause?.foundAt == null,
      initial: plan?.cause ?? improvement.cause?.text ?? null,
      ...(provides.cause ? { help: t('improvements.causeHelp') } : {}),
    },
    ...(dimensions.length === 0
      ? []
      : [
          {
            name: 'goalDimension',
            label: t('improvements.goalDimension'),
            type: 'select' as const,
            options: dimensions.map(({ id, title }) => ({ value: id, label: format.text(title) })),
            initial: plan ? (plan.goal?.dimension.id ?? null) : (dimension?.id ?? null),
            help: t('improvements.goalHelp'),
          },
          {
            name: 'goalAtLeast',
            label: t('improvements.goalAtLeast'),
            type: 'decimal' as const,
            required: true,
            initial: plan?.goal?.atLeast ?? null,
            when: ({ goalDimension }: Record<string, unknown>) => Boolean(goalDimension),
            ...(finding.measured === null
              ? {}
              : { help: t('improvements.measuredNow', { value: scoreText(finding.measured) }) }),
          },
        ]),
    { name: 'note', label: t('improvements.note'), type: 'area', initial: plan?.note ?? null },
  ];
  return (
    <ActDialog
      agreementId={agreement.id}
      close={close}
      done={done}
      form={{
        path: `/improvements/${encodeURIComponent(improvement.id)}/plan`,
        title: t('improvementAct.plan'),
        capacities: improvement.as.plan ?? [],
        fields,
        files: 'may',
        toFields: ({ goalDimension, goalAtLeast, ...said }) => ({
          ...said,
          goal: goalDimension ? JSON.stringify({ dimension: goalDimension, atLeast: goalAtLeast }) : undefined,
          measures: JSON.stringify(
            measures.map(({ expected, what, ...one }) => ({
              ...one,
              what: what.trim(),
              ...(expected.trim() === '' ? {} : { expected: expected.trim() }),
            })),
          ),
        }),
        extra: {
          isComplete: measures.length > 0 && measures.every(isWhole),
          node: (checked) => (
            <MeasuresField
              agreement={agreement}
              kinds={kinds}
              measures={measures}
              change={setMeasures}
              add={() => setMeasures([...measures, fresh])}
              checked={checked}
            />
          ),
        },
      }}
    />
  );
}

const isWhole = ({ what, owner, dueOn }: Entry): boolean => what.trim() !== '' && owner !== '' && dueOn !== '';

function MeasuresField({
  agreement,
  kinds,
  measures,
  change,
  add,
  checked,
}: {
  agreement: Agreement;
  kinds: string[];
  measures: Entry[];
  change: (measures: Entry[]) => void;
  add: () => void;
  checked: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const kindName = useMeasureKind(agreement);
  const owners = seatOptions(agreement, role);
  return (
    <Form.Item label={t('improvements.measures')} required>
      <div className="rows">
        {measures.map((measure, index) => {
          const set = (part: Partial<Entry>): void =>
            change(measures.map((one, at) => (at === index ? { ...one, ...part } : one)));
          const status = (isThere: boolean) => (checked && !isThere ? ('error' as const) : ('' as const));
          const id = (name: string): string => `measure-${String(index)}-${name}`;
          return (
            // The order is what numbers them.
            <fieldset key={index} className="row">
              <legend>
                {t('improvements.measureNumber', { number: index + 1 })}{' '}
                {measures.length > 1 ? (
                  <Button
                    type="link"
                    size="small"
                    className="inline-link"
                    onClick={() => change(measures.filter((_, at) => at !== index))}
                  >
                    {t('file.remove')}
                  </Button>
                ) : null}
              </legend>
              <label htmlFor={id('what')}>{t('improvements.what')}</label>
              <Input.TextArea
                id={id('what')}
                autoSize={{ minRows: 1, maxRows: 6 }}
                maxLength={2_000}
                status={status(measure.what.trim() !== '')}
                value={measure.what}
                onChange={(event) => set({ what: event.target.value })}
              />
              <div className="row-cells">
                <div className="cell">
                  <label htmlFor={id('owner')}>{t('improvements.owner')}</label>
                  <Select<string>
                    id={id('owner')}
                    style={{ width: '100%' }}
                    status={status(measure.owner !== '')}
                    value={measure.owner}
                    onChange={(owner) => set({ owner })}
                    showSearch={{ optionFilterProp: 'label' }}
                    options={owners}
                  />
                </div>
                <div className="cell">
                  <label htmlFor={id('due')}>{t('improvements.dueOn')}</label>
                  <Input
                    id={id('due')}
                    type="date"
                    status={status(measure.dueOn !== '')}
                    value={measure.dueOn}
                    onChange={(event) => set({ dueOn: event.target.value })}
                  />
                </div>
                <div className="cell">
                  <label htmlFor={id('kind')}>{t('improvements.kind')}</label>
                  <Select<string>
                    id={id('kind')}
                    style={{ width: '100%' }}
                    value={measure.kind}
                    onChange={(kind) => set({ kind })}
                    options={kinds.map((value) => ({ value, label: kindName(value) }))}
                  />
                </div>
              </div>
              <label htmlFor={id('expected')}>{t('improvements.expected')}</label>
              <Input
                id={id('expected')}
                maxLength={2_000}
                value={measure.expected}
                onChange={(event) => set({ expected: event.target.value })}
              />
            </fieldset>
          );
        })}
        {checked && !measures.every(isWhole) ? (
          <div className="late small">{t('improvements.measuresHelp')}</div>
        ) : null}
        <div>
          <Button size="small" onClick={add}>
            {t('improvements.addMeasure')}
          </Button>
        </div>
      </div>
    </Form.Item>
  );
}

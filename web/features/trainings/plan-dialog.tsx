import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { PeopleSelect } from '../directory/people-select.tsx';
import { CapacityChoice } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';
import { proposedDay } from '../visits/proposed-day.ts';
import type { Provided, Titled } from './training.ts';

interface Row {
  topics: string[];
  plannedOn: string;
  mode: string | null;
  methods: string[];
}

/** A session for each topic that must be taught, spread over what is left of the year. */
function proposed({ topics, modes, methods }: Provided, year: number, today: string): Row[] {
  return topics.map(({ id }, index) => ({
    topics: [id],
    plannedOn: proposedDay(year, today, index, topics.length),
    mode: modes[0]?.id ?? null,
    methods: methods.slice(0, 1).map((one) => one.id),
  }));
}

/** The plan of a year: its sessions, each with its topics and day; every topic of the contract stands in one of them. */
export function PlanDialog({
  agreement,
  provided,
  capacities,
  close,
}: {
  agreement: Agreement;
  provided: Provided;
  capacities: Capacity[];
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const today = todayIn(agreement.zone);
  const thisYear = Number(today.slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [capacity, setCapacity] = useState(0);
  const [trainees, setTrainees] = useState<string[]>([]);
  const [rows, setRows] = useState<Row[]>(() => proposed(provided, thisYear, today));
  const [checked, setChecked] = useState(false);
  const options = (list: Titled[]) => list.map(({ id, title }) => ({ value: id, label: format.text(title) }));
  const set = (at: number, change: Partial<Row>): void =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const isIncomplete =
    rows.length === 0 || rows.some(({ topics, plannedOn }) => topics.length === 0 || plannedOn === '');
  const plan = useMutation({
    mutationFn: () => {
      const { as = '', onBehalfOf = null } = capacities[capacity] ?? {};
      const body = {
        as,
        ...(onBehalfOf === null ? {} : { onBehalfOf }),
        year,
        rows: rows.map(({ mode, ...row }) => ({
          ...row,
          ...(mode === null ? {} : { mode }),
          training: provided.training.id,
          trainees,
        })),
      };
      return intent(body, (key) =>
        request<object>(`${agreementPath(agreement.id)}/training-plans`, { method: 'POST', key, body }),
      );
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
      void message.success(t('trainings.planPublished', { year }));
      close();
    },
  });
  return (
    <Modal
      open
      title={t('trainings.planYear')}
      okText={t('trainings.publish')}
      onOk={() => {
        setChecked(true);
        if (!isIncomplete) plan.mutate();
      }}
      onCancel={close}
      confirmLoading={plan.isPending}
      mask={{ closable: false }}
      width="min(760px, 100%)"
    >
      <Form layout="vertical" component="div">
        <p className="muted">{t('trainings.planExplained')}</p>
        <CapacityChoice capacities={capacities} chosen={capacity} choose={setCapacity} />
        <div className="pair">
          <Form.Item label={t('trainings.year')} htmlFor="plan-year">
            <Select<number>
              id="plan-year"
              value={year}
              onChange={(chosen) => {
                setYear(chosen);
                setRows(proposed(provided, chosen, today));
              }}
              options={[thisYear, thisYear + 1].map((value) => ({
                value,
                label: t('trainings.ofYear', { year: value }),
              }))}
            />
          </Form.Item>
          <Form.Item label={t('trainings.traineesOfAll')} htmlFor="plan-trainees">
            <PeopleSelect id="plan-trainees" value={trainees} onChange={setTrainees} />
          </Form.Item>
        </div>
        {rows.map((row, index) => (
          <fieldset key={index} className="row">
            <legend>{t('trainings.session', { number: index + 1 })}</legend>
            <div className="pair">
              <Form.Item
                label={t('trainings.topics')}
                htmlFor={`plan-topics-${String(index)}`}
                required
                validateStatus={checked && row.topics.length === 0 ? 'error' : ''}
                help={checked && row.topics.length === 0 ? t('process.required') : undefined}
              >
                <Select<string[]>
                  id={`plan-topics-${String(index)}`}
                  mode="multiple"
                  value={row.topics}
                  onChange={(topics) => set(index, { topics })}
                  options={options(provided.topics)}
                />
              </Form.Item>
              <Form.Item label={t('trainings.plannedOn')} htmlFor={`plan-day-${String(index)}`} required>
                <Input
                  id={`plan-day-${String(index)}`}
                  type="date"
                  value={row.plannedOn}
                  onChange={(event) => set(index, { plannedOn: event.target.value })}
                />
              </Form.Item>
              {provided.modes.length > 0 ? (
                <Form.Item label={t('trainings.mode')} htmlFor={`plan-mode-${String(index)}`}>
                  <Select<string>
                    id={`plan-mode-${String(index)}`}
                    allowClear
                    value={row.mode}
                    onChange={(mode?: string) => set(index, { mode: mode ?? null })}
                    options={options(provided.modes)}
                  />
                </Form.Item>
              ) : null}
              {provided.methods.length > 0 ? (
                <Form.Item label={t('trainings.methods')} htmlFor={`plan-methods-${String(index)}`}>
                  <Select<string[]>
                    id={`plan-methods-${String(index)}`}
                    mode="multiple"
                    value={row.methods}
                    onChange={(methods) => set(index, { methods })}
                    options={options(provided.methods)}
                  />
                </Form.Item>
              ) : null}
            </div>
            {rows.length > 1 ? (
              <Button size="small" danger onClick={() => setRows(rows.filter((_, at) => at !== index))}>
                {t('trainings.removeSession')}
              </Button>
            ) : null}
          </fieldset>
        ))}
        <Button
          onClick={() => setRows([...rows, { topics: [], plannedOn: today, mode: null, methods: [] }])}
          style={{ marginTop: 8 }}
        >
          {t('trainings.addSession')}
        </Button>
      </Form>
      <ProblemAlert error={plan.error} />
    </Modal>
  );
}

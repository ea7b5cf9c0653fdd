import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { type Departure, type Handover, PERSONS, type Person, seatKey } from './directory.ts';
import { PersonSelect } from './person-select.tsx';
import { Duties, StandIns } from './seats-held.tsx';

/** They leave: shows every duty, asks whose it shall be, and then says whose it is. */
export function DepartureDialog({ person, close }: { person: Person; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const [on, setOn] = useState(() => new Date().toLocaleDateString('sv-SE'));
  const [successors, setSuccessors] = useState<Record<string, string>>({});
  const path = `/persons/${person.id}/departure`;
  const plan = useQuery({
    queryKey: [...PERSONS, person.id, 'departure'],
    queryFn: ({ signal }) => request<Departure>(path, { signal }),
  });
  const order = { on, successors };
  const save = useMutation({
    mutationFn: () => intent(order, (key) => request<Departure>(path, { method: 'POST', key, body: order })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: PERSONS }),
  });
  const missing = (plan.data?.needsSuccessor ?? []).filter((one) => !successors[seatKey(one)]);
  return (
    <Modal
      open
      width={720}
      title={t('directory.departureOf', { name: person.name })}
      okText={t(save.data ? 'directory.close' : 'directory.recordDeparture')}
      okButtonProps={{ danger: !save.data, disabled: !save.data && (!plan.data || missing.length > 0) }}
      onOk={() => (save.data ? close() : save.mutate())}
      onCancel={close}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <ProblemAlert error={plan.error} />
      {plan.isPending ? <Skeleton active /> : null}
      {save.data ? <Outcome departure={save.data} /> : null}
      {plan.data && !save.data ? (
        <Form layout="vertical" component="div">
          <Alert type="warning" showIcon title={t('directory.departureExplained')} />
          <Form.Item label={t('directory.lastDay')} htmlFor="departure-on" required style={{ marginTop: 16 }}>
            <Input id="departure-on" type="date" value={on} onChange={(event) => setOn(event.target.value)} />
          </Form.Item>
          {plan.data.handovers.length === 0 ? <p>{t('directory.noSeats')}</p> : null}
          {plan.data.handovers.map((one) => (
            <Successor
              key={`${seatKey(one)}/${one.act}`}
              handover={one}
              person={person}
              isNeeded={plan.data.needsSuccessor.some((other) => seatKey(other) === seatKey(one))}
              value={successors[seatKey(one)]}
              onChange={(id) => {
                const { [seatKey(one)]: _before, ...others } = successors;
                setSuccessors(id === undefined ? others : { ...others, [seatKey(one)]: id });
              }}
            />
          ))}
          {plan.data.deputies.length > 0 ? (
            <Form.Item label={t('directory.deputiesEnding')}>
              <StandIns rows={plan.data.deputies} label={t('directory.deputiesEnding')} empty="" />
            </Form.Item>
          ) : null}
        </Form>
      ) : null}
      <ProblemAlert error={save.error} />
    </Modal>
  );
}

function Successor({
  handover,
  person,
  isNeeded,
  value,
  onChange,
}: {
  handover: Handover;
  person: Person;
  isNeeded: boolean;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const label = `${format.text(handover.title)} · ${format.text(handover.seatTitle)}`;
  if (handover.act === 'recall') {
    return <p>{t('directory.willRecall', { what: label, who: handover.owner?.name ?? '' })}</p>;
  }
  const id = `successor-${seatKey(handover)}`;
  return (
    <Form.Item label={label} htmlFor={id} required={isNeeded} extra={isNeeded ? null : t('directory.elseVacant')}>
      <PersonSelect id={id} value={value} onChange={onChange} without={person.id} />
      <Duties duties={handover.duties} />
    </Form.Item>
  );
}

function Outcome({ departure }: { departure: Departure }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="stack">
      <Alert
        type={departure.status === 'pending' ? 'info' : 'success'}
        showIcon
        title={t(departure.status === 'pending' ? 'directory.departurePending' : 'directory.departureDone')}
      />
      <ul className="plain-list">
        {departure.handovers.map((one) => (
          <li key={`${seatKey(one)}/${one.act}`}>
            <strong>
              {format.text(one.title)} · {format.text(one.seatTitle)}
            </strong>
            {t('common.colon')}
            {one.code ? t(`rejection.${one.code}`) : (one.owner?.name ?? t(`handover.${one.act}`))}{' '}
            <span className="muted small">{t(`commandState.${one.status}`)}</span>
            {one.duties.length > 0 ? <Duties duties={one.duties} /> : null}
          </li>
        ))}
      </ul>
      {departure.standIns.length > 0 ? (
        <StandIns rows={departure.standIns} label={t('directory.leftToArrange')} empty="" />
      ) : null}
    </div>
  );
}

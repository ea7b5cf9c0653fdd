import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { type Absence, PERSONS, type Person, personPath, seatKey } from './directory.ts';
import { PersonSelect } from './person-select.tsx';

/** A deputy in all agreements, or in those that are ticked. */
export function AbsenceDialog({ person, id, close }: { person: Person; id: string; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const intent = useIntent();
  const all = person.seats.map(({ agreementId }) => agreementId);
  const [deputy, setDeputy] = useState<string>();
  const [days, setDays] = useState({ from: '', until: '' });
  const [agreements, setAgreements] = useState(all);
  const order = { deputy, ...days, agreements };
  const save = useMutation({
    mutationFn: () =>
      intent(order, (key) => request<Absence>(`${personPath(id)}/absences`, { method: 'POST', key, body: order })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: PERSONS }),
  });
  const isComplete = deputy !== undefined && days.from !== '' && days.until >= days.from && agreements.length > 0;
  return (
    <Modal
      open
      title={t('directory.nameDeputy')}
      okText={t(save.data ? 'directory.close' : 'directory.nameDeputy')}
      okButtonProps={{ disabled: !save.data && !isComplete }}
      onOk={() => (save.data ? close() : save.mutate())}
      onCancel={close}
      confirmLoading={save.isPending}
    >
      {save.data ? (
        <AbsenceOutcome absence={save.data} />
      ) : (
        <Form layout="vertical" component="div">
          <p className="muted">{t('directory.deputyExplained')}</p>
          <Form.Item label={t('directory.deputy')} htmlFor="absence-deputy" required>
            <PersonSelect id="absence-deputy" value={deputy} onChange={setDeputy} without={person.id} />
          </Form.Item>
          <div className="toolbar">
            <Form.Item label={t('directory.from')} htmlFor="absence-from" required>
              <Input
                id="absence-from"
                type="date"
                value={days.from}
                onChange={(event) => setDays({ ...days, from: event.target.value })}
              />
            </Form.Item>
            <Form.Item label={t('directory.until')} htmlFor="absence-until" required>
              <Input
                id="absence-until"
                type="date"
                min={days.from}
                value={days.until}
                onChange={(event) => setDays({ ...days, until: event.target.value })}
              />
            </Form.Item>
          </div>
          <Form.Item label={t('directory.inAgreements')}>
            <Checkbox.Group
              value={agreements}
              onChange={setAgreements}
              style={{ display: 'flex', flexDirection: 'column', gap: 4 }}
              options={person.seats.map((one) => ({
                value: one.agreementId,
                label: `${format.text(one.title)} · ${format.text(one.seatTitle)} · ${one.parties.join(t('common.listSeparator'))}`,
              }))}
            />
          </Form.Item>
        </Form>
      )}
      <ProblemAlert error={save.error} />
    </Modal>
  );
}

function AbsenceOutcome({ absence }: { absence: Absence }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const isRefused = absence.items.some(({ status }) => status === 'refused');
  return (
    <div className="stack">
      <Alert
        type={isRefused ? 'warning' : 'success'}
        showIcon
        title={t(
          isRefused
            ? 'directory.deputyPartly'
            : absence.status === 'pending'
              ? 'directory.deputyPending'
              : 'directory.deputyNamed',
        )}
      />
      <ul className="plain-list">
        {absence.items.map((item) => (
          <li key={seatKey({ agreementId: item.agreementId, seat: item.seatTitle.en })}>
            {format.text(item.title)} · {format.text(item.seatTitle)}
            {t('common.colon')}
            {item.code ? t(`rejection.${item.code}`) : t(`commandState.${item.status}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

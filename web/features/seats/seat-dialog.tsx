import { Alert, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { useAct } from '../agreement/act.ts';
import { NOBODY, PersonEntryFields, personGiven } from './person-entry.tsx';
import { type Seat, seatPath } from './seats.ts';

export type SeatAct = 'replace' | 'delegate' | 'recall' | 'vacate';

const PATHS = { replace: '/replacement', delegate: '/delegations', recall: '/recall', vacate: '/vacancy' } as const;

/** Says who fills a seat from now on, or who stands in from when to when; or that nobody does any more. */
export function SeatDialog({
  agreement,
  seat,
  act: kind,
  as,
  close,
  done,
}: {
  agreement: Agreement;
  seat: Seat;
  act: SeatAct;
  /** As whom the reader acts. */
  as: string;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const today = todayIn(agreement.zone);
  const [entry, setEntry] = useState(NOBODY);
  const [days, setDays] = useState({ from: today, until: '' });
  const [obligations, setObligations] = useState<string[]>([]);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t(`act.${kind}`));
    close();
  });
  const person = personGiven(entry);
  const areDaysGood = days.from !== '' && days.until >= days.from && days.until >= today;
  const isComplete = kind === 'replace' ? person : kind === 'delegate' ? person && areDaysGood : true;
  const fields = {
    as,
    ...(kind === 'replace' ? { by: person } : {}),
    ...(kind === 'delegate' ? { to: person, ...days, obligations } : {}),
  };
  const duties = agreement.duties.filter(({ responsible }) => [seat.seat, seat.party].includes(responsible));
  return (
    <Modal
      open
      title={`${t(`act.${kind}`)}${t('common.colon')}${format.text(seat.title)}`}
      okText={t(`act.${kind}`)}
      okButtonProps={{ disabled: !isComplete, danger: kind === 'vacate' }}
      onOk={() => act.mutate({ path: `${seatPath(seat.seat)}${PATHS[kind]}`, fields })}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">{t(`seatAct.${kind}`)}</p>
      {kind === 'vacate' && seat.duties.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('seats.dutiesWait', { count: seat.duties.length })}
          description={seat.duties.map(({ title }) => format.text(title)).join(t('common.listSeparator'))}
        />
      ) : null}
      <Form layout="vertical" component="div">
        {kind === 'replace' || kind === 'delegate' ? (
          <PersonEntryFields
            id="seat-person"
            label={t(kind === 'replace' ? 'seats.successor' : 'seats.deputy')}
            entry={entry}
            change={setEntry}
            without={seat.person?.id}
          />
        ) : null}
        {kind === 'delegate' ? (
          <>
            <div className="toolbar">
              <Form.Item label={t('seats.from')} htmlFor="delegation-from" required>
                <Input
                  id="delegation-from"
                  type="date"
                  min={today}
                  value={days.from}
                  onChange={(event) => setDays({ ...days, from: event.target.value })}
                />
              </Form.Item>
              <Form.Item label={t('seats.until')} htmlFor="delegation-until" required>
                <Input
                  id="delegation-until"
                  type="date"
                  min={days.from}
                  value={days.until}
                  onChange={(event) => setDays({ ...days, until: event.target.value })}
                />
              </Form.Item>
            </div>
            <Form.Item label={t('seats.scope')} htmlFor="delegation-scope">
              <Select<string[]>
                id="delegation-scope"
                mode="multiple"
                value={obligations}
                onChange={setObligations}
                placeholder={t('seats.allDuties')}
                options={duties.map(({ id, title }) => ({ value: id, label: format.text(title) }))}
              />
            </Form.Item>
          </>
        ) : null}
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}

import { Checkbox, Form, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { useAct } from '../agreement/act.ts';
import { FileChoice } from '../agreement/file-choice.tsx';
import { OrganisationSelect } from '../directory/organisation-select.tsx';
import { PersonSelect } from '../directory/person-select.tsx';

const WHOLE = 'agreement';

/** The coordinator chooses what is to be read, and by whom. */
export function CirculateDialog({
  agreement,
  close,
  done,
}: {
  agreement: Agreement;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const titled = useTitled();
  const [what, setWhat] = useState(WHOLE);
  const [seats, setSeats] = useState<string[]>([]);
  const [people, setPeople] = useState<(string | undefined)[]>([undefined]);
  const [organisationId, setOrganisation] = useState<string>();
  const [files, setFiles] = useState<File[]>([]);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.circulate'));
    close();
  });
  const readers = [
    ...seats.map((seat) => ({ seat })),
    ...people.flatMap((personId) => (personId === undefined ? [] : [{ personId }])),
    ...(organisationId === undefined ? [] : [{ organisationId }]),
  ];
  const matters = agreement.obligations
    .filter(({ dueAt }) => dueAt !== null)
    .map(({ id, occurrence, title }) => ({
      value: occurrence === undefined ? id : `${id}#${occurrence}`,
      label: titled(title, occurrence),
    }));
  const choosePerson = (index: number, id: string | undefined): void => {
    const chosen = people.map((one, at) => (at === index ? id : one)).filter((one) => one !== undefined);
    setPeople([...chosen, undefined]); // always room for one more
  };
  return (
    <Modal
      open
      title={t('readings.circulate')}
      okText={t('readings.circulate')}
      okButtonProps={{ disabled: readers.length === 0 }}
      onOk={() =>
        act.mutate({
          path: '/readings',
          fields: { as: 'coordinator', what, readers: files.length > 0 ? JSON.stringify(readers) : readers },
          files: { field: 'file', files },
        })
      }
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">{t('readings.explained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('readings.what')} htmlFor="reading-what" required>
          <Select<string>
            id="reading-what"
            value={what}
            onChange={setWhat}
            showSearch={{ optionFilterProp: 'label' }}
            options={[{ value: WHOLE, label: t('readings.whole') }, ...matters]}
          />
        </Form.Item>
        <Form.Item label={t('readings.files')} help={t('readings.filesHelp')}>
          <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
        </Form.Item>
        <Form.Item label={t('readings.seats')}>
          <Checkbox.Group
            value={seats}
            onChange={setSeats}
            options={agreement.seats
              .filter(({ seat }) => seat !== 'coordinator')
              .map(({ seat, name }) => ({ value: seat, label: `${role(seat)} ${name}` }))}
          />
        </Form.Item>
        <Form.Item label={t('readings.people')}>
          {people.map((id, index) => (
            <PersonSelect
              key={index}
              id={`reading-person-${index}`}
              value={id}
              onChange={(chosen) => choosePerson(index, chosen)}
            />
          ))}
        </Form.Item>
        <Form.Item label={t('readings.organisation')} htmlFor="reading-organisation">
          <OrganisationSelect id="reading-organisation" value={organisationId} onChange={setOrganisation} />
        </Form.Item>
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}

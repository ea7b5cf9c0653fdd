import { Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonSelect } from '../directory/person-select.tsx';

/** Who is meant, as it stands in a form. */
interface PersonEntry {
  how: 'chosen' | 'new';
  personId?: string | undefined;
  name: string;
  email: string;
  language: 'zh' | 'en';
}

export const NOBODY: PersonEntry = { how: 'chosen', name: '', email: '', language: 'zh' };

/** As the API takes it; undefined while something is missing. */
export function personGiven({ how, personId, name, email, language }: PersonEntry): object | undefined {
  if (how === 'chosen') return personId === undefined ? undefined : { personId };
  return name.trim() === '' || !/^\S+@\S+\.\S+$/.test(email) ? undefined : { name, email, language };
}

/** Somebody of the directory, or a name and an address. */
export function PersonEntryFields({
  id,
  label,
  entry,
  change,
  without,
}: {
  id: string;
  label: string;
  entry: PersonEntry;
  change: (entry: PersonEntry) => void;
  /** Who cannot be chosen. */
  without?: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item label={label} required>
        <Radio.Group
          value={entry.how}
          onChange={(event) => change({ ...entry, how: event.target.value as PersonEntry['how'] })}
          options={[
            { value: 'chosen', label: t('seats.fromDirectory') },
            { value: 'new', label: t('seats.somebodyNew') },
          ]}
        />
      </Form.Item>
      {entry.how === 'chosen' ? (
        <Form.Item label={t('seats.person')} htmlFor={id}>
          <PersonSelect
            id={id}
            value={entry.personId}
            onChange={(personId) => change({ ...entry, personId })}
            {...(without === undefined ? {} : { without })}
          />
        </Form.Item>
      ) : (
        <>
          <Form.Item label={t('people.name')} htmlFor={`${id}-name`}>
            <Input
              id={`${id}-name`}
              value={entry.name}
              onChange={(event) => change({ ...entry, name: event.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('people.email')} htmlFor={`${id}-email`}>
            <Input
              id={`${id}-email`}
              type="email"
              value={entry.email}
              onChange={(event) => change({ ...entry, email: event.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('people.language')}>
            <Radio.Group
              value={entry.language}
              onChange={(event) => change({ ...entry, language: event.target.value as 'zh' | 'en' })}
              options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
            />
          </Form.Item>
        </>
      )}
    </>
  );
}

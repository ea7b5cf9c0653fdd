import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../wire.ts';
import { DirectoryPick } from './directory-pick.tsx';
import type { PartyEntry } from './start-form.ts';

/** One side, somebody in a seat, or the coordinator: taken over from the directory, or typed. */
export function PartyFields({
  path,
  title,
  hint,
  organisation,
  optional = false,
  entry,
  change,
  problem,
}: {
  path: string;
  title: string;
  hint: ReactNode;
  /** A side is an organisation, a coordinator is a person. */
  organisation: boolean;
  /** May stay empty. */
  optional?: boolean;
  entry: PartyEntry;
  change: (entry: PartyEntry) => void;
  problem: (path: string) => string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const field = (name: 'name' | 'email' | 'contact', label: string, required = !optional): ReactNode => {
    const found = problem(`${path}.${name}`);
    const id = `${path}.${name}`;
    return (
      <Form.Item label={label} required={required} htmlFor={id} validateStatus={found ? 'error' : ''} help={found}>
        <Input
          id={id}
          type={name === 'email' ? 'email' : 'text'}
          autoComplete="off"
          aria-invalid={found !== undefined}
          value={entry[name]}
          onChange={(event) => change({ ...entry, [name]: event.target.value })}
        />
      </Form.Item>
    );
  };
  return (
    <fieldset className="party">
      <legend>
        <h2>{title}</h2>
      </legend>
      <div className="muted small" style={{ margin: '0 0 10px' }}>
        {hint}
      </div>
      <div style={{ marginBottom: 12 }}>
        <DirectoryPick
          id={`${path}.directory`}
          pick={({ name, email, language, organisation: home }) =>
            change(
              organisation
                ? { name: home.name, email, language, contact: name }
                : { name, email, language, contact: '' },
            )
          }
        />
      </div>
      <div className="trio">
        {field('name', organisation ? t('start.organisation') : t('people.name'))}
        {organisation ? field('contact', t('wizard.contact'), false) : null}
        {field('email', t('people.email'))}
        <Form.Item label={t('start.mailLanguage')} htmlFor={`${path}.language`}>
          <Select<Language>
            id={`${path}.language`}
            value={entry.language}
            onChange={(language) => change({ ...entry, language })}
            options={[
              { value: 'zh', label: t('language.zh') },
              { value: 'en', label: t('language.en') },
            ]}
          />
        </Form.Item>
      </div>
    </fieldset>
  );
}

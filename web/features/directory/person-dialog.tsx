import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { request } from '../../api.ts';
import type { Language } from '../../wire.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { PERSONS, type Person } from './directory.ts';
import { OrganisationSelect } from './organisation-select.tsx';

const ZONES = Intl.supportedValuesOf('timeZone');

/** Adds somebody, or changes who is there. */
export function PersonDialog({ person, close }: { person?: Person; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const intent = useIntent();
  const [fields, setFields] = useState({
    organisationId: person?.organisation.id,
    name: person?.name ?? '',
    email: person?.email ?? '',
    language: person?.language ?? ('zh' as Language),
    zone: person?.zone ?? 'Asia/Shanghai',
  });
  const set = (change: Partial<typeof fields>): void => setFields((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () =>
      intent(fields, (key) =>
        request<Person>(person ? `/persons/${person.id}` : '/persons', {
          method: person ? 'PATCH' : 'POST',
          key,
          body: { ...fields, name: fields.name.trim(), email: fields.email.trim() },
        }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: PERSONS });
      close();
      if (!person) await navigate(`/persons/${id}`);
    },
  });
  const isComplete = fields.organisationId !== undefined && fields.name.trim() !== '' && fields.email.trim() !== '';
  return (
    <Modal
      open
      title={t(person ? 'directory.editPerson' : 'directory.addPerson')}
      okText={t('directory.save')}
      okButtonProps={{ disabled: !isComplete }}
      onOk={() => save.mutate()}
      onCancel={close}
      confirmLoading={save.isPending}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('directory.organisation')} htmlFor="person-organisation" required>
          <OrganisationSelect
            id="person-organisation"
            value={fields.organisationId}
            shown={person?.organisation.path}
            onChange={(organisationId) => set({ organisationId })}
          />
        </Form.Item>
        <Form.Item label={t('directory.name')} htmlFor="person-name" required>
          <Input id="person-name" value={fields.name} onChange={(event) => set({ name: event.target.value })} />
        </Form.Item>
        <Form.Item label={t('directory.email')} htmlFor="person-email" required>
          <Input
            id="person-email"
            type="email"
            value={fields.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('directory.language')} htmlFor="person-language">
          <Select<Language>
            id="person-language"
            value={fields.language}
            onChange={(language) => set({ language })}
            options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('directory.zone')} htmlFor="person-zone">
          <Select<string>
            id="person-zone"
            showSearch
            value={fields.zone}
            onChange={(zone) => set({ zone })}
            options={ZONES.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
      </Form>
      <ProblemAlert error={save.error} />
    </Modal>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberAccessKey } from '../api.ts';

/** Asks for the API key where the installation wants one, then reads again. */
export function AccessKeyForm(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  return (
    <form
      className="toolbar"
      style={{ marginTop: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        rememberAccessKey(key.trim());
        void queries.resetQueries();
      }}
    >
      <Input.Password
        aria-label={t('access.key')}
        placeholder={t('access.key')}
        autoComplete="off"
        value={key}
        onChange={(event) => setKey(event.target.value)}
        style={{ maxWidth: 280 }}
      />
      <Button htmlType="submit" type="primary" disabled={key.trim() === ''}>
        {t('access.use')}
      </Button>
    </form>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { useMe } from '../../app/me.ts';

/** Who has signed in, and the way out; nothing for a stranger. */
export function AccountMenu(): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const intent = useIntent();
  const signOut = useMutation({
    mutationFn: () => intent('sign-out', (key) => request('/session', { method: 'DELETE', key })),
    // The page is loaded anew, so that nothing of what was read stays in its memory.
    onSuccess: () => window.location.assign('/sign-in'),
  });
  if (!me) return null;
  const items = [
    { key: 'mine', label: <Link to="/account">{t('accounts.mine')}</Link> },
    ...(me.personId === null ? [] : [{ key: 'person', label: <Link to="/me/person">{t('directory.me')}</Link> }]),
    { key: 'privacy', label: <Link to="/privacy">{t('privacy.rules')}</Link> },
    { key: 'out', label: t('accounts.signOut'), onClick: () => signOut.mutate() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" title={me.email} loading={signOut.isPending}>
        {me.name} ▾
      </Button>
    </Dropdown>
  );
}

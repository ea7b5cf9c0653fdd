import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Destination } from './navigation.ts';

/** The pages of administration that the reader may open; nothing where there are none. */
export function AdministrationMenu({ pages }: { pages: readonly Destination[] }): ReactNode {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  if (pages.length === 0) return null;
  const here = pages.filter(({ to }) => pathname.startsWith(to)).map(({ to }) => to);
  const items = pages.map(({ to, label }) => ({ key: to, label: <Link to={to}>{t(label)}</Link> }));
  return (
    <Dropdown menu={{ items, selectedKeys: here }} trigger={['click']}>
      <Button type={here.length > 0 ? 'primary' : 'text'} ghost={here.length > 0}>
        {t('common.administration')} ▾
      </Button>
    </Dropdown>
  );
}

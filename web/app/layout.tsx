import { App as AntApp, ConfigProvider, Segmented, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useNavigation } from 'react-router';
import type { Language } from '../wire.ts';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { AdministrationMenu } from './administration-menu.tsx';
import { switchLanguage } from './i18n.ts';
import { useMe } from './me.ts';
import { ADMINISTRATION, type Destination, EVERY_DAY } from './navigation.ts';

/**
 * The light shades are given, because those derived from so dark a colour are grey; red, because Ant Design's own
 * stays below a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3).
 */
const THEME = {
  token: {
    colorPrimary: '#0b5d66',
    colorPrimaryHover: '#0e7d89',
    colorPrimaryBg: '#e2efef',
    colorPrimaryBgHover: '#d3e6e7',
    colorPrimaryBorder: '#9cc5c8',
    colorPrimaryBorderHover: '#5fa3a9',
    controlOutline: 'rgba(11, 93, 102, 0.14)',
    controlItemBgActive: '#e2efef',
    colorInfo: '#0b5d66',
    colorInfoBg: '#eaf4f4',
    colorInfoBorder: '#b5d5d7',
    colorLink: '#0b5d66',
    colorLinkHover: '#0e7d89',
    colorError: '#c4232b',
    colorErrorHover: '#d9363e',
    colorTextPlaceholder: '#6b7576',
    colorTextDescription: '#5d6b6d',
    borderRadius: 6,
    fontSize: 14,
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
};

/** Header, the page, and Ant Design in the reader's language. */
export function Layout(): ReactNode {
  const { t, i18n } = useTranslation();
  const navigation = useNavigation();
  const me = useMe();
  const isAllowed = ({ permission }: Destination): boolean => permission in (me?.permissions ?? {});
  return (
    <ConfigProvider locale={i18n.language === 'en' ? enUS : zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
      <AntApp>
        <a className="skip-link" href="#content">
          {t('common.skip')}
        </a>
        <header className="top">
          <div className="top-inner">
            <Link to="/" className="brand">
              <img src="/abide.svg" alt="" width={26} height={26} />
              <span>Abide</span>
              <small>{t('common.tagline')}</small>
            </Link>
            <nav aria-label={t('common.navigation')}>
              {EVERY_DAY.filter(isAllowed).map(({ to, label }) => (
                <NavLink key={to} to={to} end={to === '/'}>
                  {t(label)}
                </NavLink>
              ))}
              <AdministrationMenu pages={ADMINISTRATION.filter(isAllowed)} />
            </nav>
            <AccountMenu />
            <Segmented<Language>
              size="small"
              aria-label={t('common.language')}
              value={i18n.language === 'en' ? 'en' : 'zh'}
              onChange={(language) => void switchLanguage(language)}
              options={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </div>
        </header>
        <main id="content" tabIndex={-1}>
          {navigation.state === 'loading' ? <Spin className="route-spin" /> : null}
          <Outlet />
        </main>
      </AntApp>
    </ConfigProvider>
  );
}

import { App as AntApp, ConfigProvider, Segmented, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useNavigation } from 'react-router';
import type { Language } from '../wire.ts';
import { switchLanguage } from './i18n.ts';

/** The light shades are given, because those derived from so dark a colour are grey. */
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
    borderRadius: 6,
    fontSize: 14,
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
};

/** Header, the page, and Ant Design in the reader's language. */
export function Layout(): ReactNode {
  const { t, i18n } = useTranslation();
  const navigation = useNavigation();
  return (
    <ConfigProvider locale={i18n.language === 'en' ? enUS : zhCN} theme={THEME}>
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
              <NavLink to="/" end>
                {t('agreements.title')}
              </NavLink>
              <NavLink to="/start">{t('start.title')}</NavLink>
              <NavLink to="/audit">{t('audit.title')}</NavLink>
            </nav>
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

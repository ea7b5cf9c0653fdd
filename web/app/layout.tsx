import { App as AntApp, Button, ConfigProvider, Drawer, Grid, Segmented, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import type { Language } from '../wire.ts';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { DemoWalk } from '../features/demo/walk.tsx';
import { switchLanguage } from './i18n.ts';
import { useMe } from './me.ts';
import { useNavigationFold } from './navigation-fold.ts';
import { NavigationList } from './navigation-list.tsx';
import { navigationFor } from './navigation.ts';

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

/** Header, navigation, the page, and Ant Design in the reader's language. */
export function Layout(): ReactNode {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider locale={i18n.language === 'en' ? enUS : zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
      <AntApp>
        <Shell />
      </AntApp>
    </ConfigProvider>
  );
}

/** The navigation stands beside the page where there is room and can be folded away; else it is a drawer. */
function Shell(): ReactNode {
  const { t, i18n } = useTranslation();
  const isLoading = useNavigation().state === 'loading';
  const groups = navigationFor(useMe()?.permissions ?? {});
  const isWide = Grid.useBreakpoint().xl === true;
  const [isFolded, fold] = useNavigationFold();
  const { pathname } = useLocation();
  const [drawerOn, setDrawerOn] = useState<string | null>(null);
  // Whoever follows a link out of the drawer has left the page that it was opened on.
  const isDrawerOpen = !isWide && drawerOn === pathname;
  const main = useFocusOnNewPage(pathname);
  const isShown = isWide ? !isFolded : isDrawerOpen;
  return (
    <>
      <a className="skip-link" href="#content">
        {t('common.skip')}
      </a>
      <header className="top">
        {groups.length > 0 ? (
          <Button
            type="text"
            className="navigation-switch"
            aria-label={t(isShown ? 'navigation.hide' : 'navigation.show')}
            aria-expanded={isShown}
            onClick={() => (isWide ? fold(!isFolded) : setDrawerOn(pathname))}
          >
            <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              <path d="M2 4.5h14M2 9h14M2 13.5h14" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
            </svg>
          </Button>
        ) : null}
        <Link to="/" className="brand">
          <img src="/abide.svg" alt="" width={26} height={26} />
          <span>Abide</span>
          <small>{t('common.tagline')}</small>
        </Link>
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
      </header>
      <div className="shell">
        {isWide && !isFolded && groups.length > 0 ? (
          <div className="side">
            <NavigationList groups={groups} label={t('common.navigation')} />
          </div>
        ) : null}
        <Drawer
          open={isDrawerOpen}
          placement="left"
          size={264}
          title={t('common.navigation')}
          onClose={() => setDrawerOn(null)}
          classNames={{ body: 'drawer-navigation' }}
          destroyOnHidden
        >
          <NavigationList groups={groups} label={t('common.navigation')} />
        </Drawer>
        <main id="content" tabIndex={-1} ref={main}>
          {isLoading ? <Spin className="route-spin" /> : null}
          <Outlet />
        </main>
      </div>
      <DemoWalk />
      <ScrollRestoration />
    </>
  );
}

/** Puts the focus on the page once another one is shown, so that the keyboard and a screen reader go on there. */
function useFocusOnNewPage(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const focused = document.activeElement;
    // A field that the page itself has put the focus on keeps it.
    if (!main.current?.contains(focused)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

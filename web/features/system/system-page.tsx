import { Alert, Button, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useFactText } from './fact-text.ts';
import { type State, type System, type SystemPart, useSystem } from './system.ts';
import './system.css';

const ALERT: Record<State, 'success' | 'warning' | 'error'> = { ok: 'success', warning: 'warning', bad: 'error' };
const COLOUR: Record<State, string> = { ok: 'green', warning: 'orange', bad: 'red' };

/** Pages on which a part can be mended, for those who may open them. */
const MENDED_AT: Record<string, { to: string; permission: string }> = {
  mail: { to: '/mail', permission: 'mail.read' },
  webhooks: { to: '/webhooks', permission: 'webhooks.read' },
  administrators: { to: '/accounts', permission: 'accounts.read' },
};

/** Whether everything works, in words; what does not, with its cure. */
export function SystemPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('system.title'));
  const system = useSystem();
  const { data } = system;
  return (
    <div className="page">
      <h1>{t('system.title')}</h1>
      <ProblemAlert error={system.error} retry={() => void system.refetch()} />
      {system.isPending ? <Skeleton active /> : null}
      {data ? (
        <>
          <Summary system={data} isFetching={system.isFetching} again={() => void system.refetch()} />
          {data.parts.map((part) => (
            <Part key={part.part} part={part} temporalUiUrl={data.temporalUiUrl} />
          ))}
        </>
      ) : null}
    </div>
  );
}

function Summary({ system, isFetching, again }: { system: System; isFetching: boolean; again: () => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, parts, at } = system;
  const problems = parts.flatMap((part) => part.problems);
  return (
    <Alert
      type={ALERT[state]}
      showIcon
      role="status"
      title={<strong>{t(`systemState.${state}`)}</strong>}
      description={
        <>
          {problems.length === 0 ? t('system.allWell') : t('system.problems', { count: problems.length })}
          <div className="muted small">{t('system.lookedAt', { at: format.here(at) })}</div>
        </>
      }
      action={
        <Button size="small" loading={isFetching} onClick={again}>
          {t('system.again')}
        </Button>
      }
    />
  );
}

function Part({ part, temporalUiUrl }: { part: SystemPart; temporalUiUrl: string | null }): ReactNode {
  const { t } = useTranslation();
  const factText = useFactText();
  const mended = MENDED_AT[part.part];
  const mayMend = useMay(mended?.permission ?? 'self');
  const heading = `system-${part.part}`;
  return (
    <section className="panel stack system-part" aria-labelledby={heading}>
      <div className="heading">
        <h2 id={heading} className="grow">
          {t(`systemPart.${part.part}`)}
        </h2>
        <Tag className="system-tag" color={COLOUR[part.state]}>
          {t(`partState.${part.state}`)}
        </Tag>
      </div>
      <p className="muted">{t(`systemPartWhat.${part.part}`)}</p>
      {part.problems.map(({ problem, severity, values, named }) => {
        const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, factText(name, value)]));
        return (
          <Alert
            key={problem}
            type={severity === 'bad' ? 'error' : 'warning'}
            showIcon
            title={t(`systemProblem.${problem}`, said)}
            description={
              <>
                <div>{t(`systemCure.${problem}`, said)}</div>
                {named.length > 0 ? (
                  <ul className="plain-list small">
                    {named.map((name) => (
                      <li key={name} className="mono break">
                        {name}
                      </li>
                    ))}
                  </ul>
                ) : null}
              </>
            }
          />
        );
      })}
      <Facts
        facts={Object.entries(part.facts)
          .filter(([name, value]) => value !== null && name !== 'ui')
          .map(([name, value]) => [t(`systemFact.${name}`), factText(name, value)])}
      />
      {part.part === 'engine' ? (
        temporalUiUrl === null ? (
          <p className="muted small">{t('system.noTemporalUi')}</p>
        ) : (
          <a href={temporalUiUrl} target="_blank" rel="noreferrer">
            {t('system.temporalUi')}
          </a>
        )
      ) : null}
      {mended && mayMend && part.problems.length > 0 ? <Link to={mended.to}>{t('system.mendHere')}</Link> : null}
    </section>
  );
}

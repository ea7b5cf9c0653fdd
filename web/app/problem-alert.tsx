import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api.ts';
import type { Problem } from '../wire.ts';

/** A problem of the API as people read it; without an answer at all, what to do about that. */
export function useProblemText(): (error: unknown) => Problem {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof ApiProblem) {
      if (error.problem.status === 0) {
        return { ...error.problem, title: t('problem.unreachable'), detail: t('problem.unreachableCure') };
      }
      if (error.code.startsWith('http-')) {
        return { ...error.problem, title: t('problem.broken'), detail: t('problem.brokenCure') };
      }
      return error.problem;
    }
    return {
      type: 'urn:abide:page',
      title: t('problem.page'),
      detail: error instanceof Error ? error.message : String(error),
      status: 0,
    };
  };
}

/** Shows why something failed. Errors that stand at a field of the form are left to the form by `shownElsewhere`. */
export function ProblemAlert({
  error,
  retry,
  shownElsewhere,
}: {
  error: unknown;
  retry?: () => void;
  shownElsewhere?: (path: string) => boolean;
}): ReactNode {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (!error) return null;
  const problem = problemText(error);
  const isStranger = problem.type === 'urn:abide:unauthorized';
  const errors = (problem.errors ?? []).filter(({ path }) => !shownElsewhere?.(path));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={problem.title}
      description={
        problem.detail || errors.length > 0 || isStranger ? (
          <>
            {problem.detail && problem.detail !== problem.title ? <div>{problem.detail}</div> : null}
            {errors.length > 0 ? (
              <ul className="plain-list">
                {errors.map(({ path, message, cure }) => (
                  <li key={`${path} ${message}`}>
                    {path ? <code>{path}</code> : null} {message}
                    {cure ? t('common.then') + cure : ''}
                  </li>
                ))}
              </ul>
            ) : null}
            {isStranger ? <a href="/sign-in">{t('accounts.signIn')}</a> : null}
          </>
        ) : undefined
      }
      action={
        retry ? (
          <Button size="small" onClick={retry}>
            {t('common.retry')}
          </Button>
        ) : undefined
      }
    />
  );
}

import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMe } from '../../app/me.ts';
import { walkSteps } from './steps.ts';
import './walk.css';

const PLACE = 'abide.demo-walk';

/** Where the reader is on the first walk, as this browser was left: the stop, and whether it is folded away. */
interface Place {
  stop: number;
  isFolded: boolean;
}

function placeLeft(): Place {
  const [stop, folded] = (window.localStorage.getItem(PLACE) ?? '').split(' ');
  return { stop: Number.parseInt(stop ?? '', 10) || 0, isFolded: folded === 'folded' };
}

/** The first walk through the pages of a demo, in a corner of every page; nothing elsewhere. */
export function DemoWalk(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const [place, setPlace] = useState(placeLeft);
  const steps = me ? walkSteps(me) : [];
  const stop = Math.min(place.stop, steps.length - 1);
  const step = steps[stop];
  if (!step) return null;

  const move = (next: Place): void => {
    setPlace(next);
    window.localStorage.setItem(PLACE, `${String(next.stop)} ${next.isFolded ? 'folded' : 'open'}`);
  };
  const goTo = (next: number): void => {
    move({ stop: next, isFolded: false });
    const target = steps[next];
    if (target && !target.isOutside) void navigate(target.to);
  };
  if (place.isFolded) {
    return (
      <Button className="demo-walk-unfold" type="primary" onClick={() => move({ stop, isFolded: false })}>
        {t('demo.unfold')}
      </Button>
    );
  }
  const isLast = stop === steps.length - 1;
  return (
    <aside className="demo-walk" aria-label={t('demo.walk')}>
      <div className="heading">
        <span className="grow muted small">{t('demo.step', { number: stop + 1, count: steps.length })}</span>
        <Button size="small" type="text" aria-label={t('demo.fold')} onClick={() => move({ stop, isFolded: true })}>
          ×
        </Button>
      </div>
      <div aria-live="polite">
        <strong>{t(`walkTitle.${step.id}`)}</strong>
        <p>{t(`walkText.${step.id}`)}</p>
      </div>
      <div className="actions">
        <Button size="small" disabled={stop === 0} onClick={() => goTo(stop - 1)}>
          {t('demo.back')}
        </Button>
        {step.isOutside ? (
          <Button size="small" href={step.to} target="_blank" rel="noopener">
            {t('demo.go')}
          </Button>
        ) : (
          <Button size="small" onClick={() => void navigate(step.to)}>
            {t('demo.go')}
          </Button>
        )}
        <Button size="small" type="primary" onClick={() => goTo(isLast ? 0 : stop + 1)}>
          {t(isLast ? 'demo.again' : 'demo.next')}
        </Button>
      </div>
    </aside>
  );
}

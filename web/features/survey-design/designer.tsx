import { Alert, Button, Grid, Segmented, Tabs } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useNavigate } from 'react-router';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { ActModal } from '../surveys/act-modal.tsx';
import { OVERALL, weighedOf } from '../surveys/numbers.ts';
import { type Json, linesOf } from '../surveys/questionnaire.ts';
import type { Survey } from '../surveys/survey.ts';
import { Changes } from './changes.tsx';
import { CheckList } from './check-list.tsx';
import { checksOf } from './checks.ts';
import { type Design, forgetDesign, keptDesign, useDesign } from './kept-draft.ts';
import { LivePreview } from './live-preview.tsx';
import { type Looking, Outline } from './outline.tsx';
import { SettingsPart } from './settings.tsx';
import './design.css';

interface Props {
  agreement: Agreement;
  survey: Survey;
  /** The version so far, else what is proposed. */
  begin: Design;
  /** What our bank proposes. */
  bank: Json;
  /** What the cycle before asked; null: there was none. */
  previous: Json | null;
}

/** Goes on from what was left undone on this device, where it goes on from the version that stands. */
export function Designer(props: Props): ReactNode {
  const { survey } = props;
  const base = survey.questionnaire?.sha256 ?? null;
  // What stood as the page was opened is what is designed on, whoever hands in another version meanwhile.
  const [opened] = useState(() => ({ begin: props.begin, base, kept: keptDesign(survey.id) }));
  const { kept } = opened;
  const [choice, setChoice] = useState<'kept' | 'given' | null>(
    kept === null ? 'given' : kept.base === opened.base ? 'kept' : null,
  );
  if (choice === null && kept) return <Choose choose={setChoice} savedAt={kept.savedAt} />;
  return <Desk {...props} begin={opened.begin} base={opened.base} kept={choice === 'kept' ? kept : null} />;
}

/** Somebody handed in another version since: which one is to go on is asked, and neither is thrown away unasked. */
function Choose({ choose, savedAt }: { choose: (one: 'kept' | 'given') => void; savedAt: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('design.twoVersions')}
      description={t('design.twoVersionsExplained', { at: format.here(savedAt) })}
      action={
        <div className="actions">
          <Button type="primary" onClick={() => choose('kept')}>
            {t('design.takeKept')}
          </Button>
          <Button onClick={() => choose('given')}>{t('design.takeGiven')}</Button>
        </div>
      }
    />
  );
}

function Desk({
  agreement,
  survey,
  begin,
  bank,
  previous,
  base,
  kept,
}: Props & { base: string | null; kept: Design | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const isWide = Grid.useBreakpoint().xl ?? false;
  const commands = usePendingCommands(agreement.id);
  const { design, change, undo, redo, isDirty, keptAt } = useDesign(survey.id, base, begin, kept);
  const [side, setSide] = useState<'edit' | 'preview'>('edit');
  const [sending, setSending] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState<Looking['adding']>(null);
  const { json, weights } = design;
  const { provides } = survey;
  const lines = linesOf(json);
  const titleOf = (id: string): string => {
    const known = provides.dimensions.find((one) => one.id === id);
    return known ? format.text(known.title) : id === OVERALL ? t('surveys.overall') : id;
  };
  const asked = [...new Set(lines.filter(({ role }) => role === 'score').flatMap((line) => dimensionsOf(line)))];
  const weighed = weighedOf(
    asked.map((id) => ({ id, title: titleOf(id) })),
    weights ?? {},
  );
  const checks = checksOf(json, { provides, weights: weights === null ? null : { given: weights, weighed } });
  const errors = checks.filter(({ level }) => level === 'error').length;

  // Handed in is what the server has: until then it is kept, whatever becomes of the request.
  const version = survey.questionnaire?.version ?? 0;
  const sentAt = useRef<number | null>(null);
  useEffect(() => {
    if (sentAt.current === null || version <= sentAt.current) return;
    forgetDesign(survey.id);
    void navigate(`/agreements/${agreement.id}/surveys/${survey.id}`);
  }, [version, survey.id, agreement.id, navigate]);
  const isLosable = isDirty && keptAt === null && sentAt.current === null;
  const blocker = useBlocker(isLosable);
  useEffect(() => {
    if (!isLosable) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isLosable]);

  const set = (next: Json): void => change({ ...design, json: next });
  const goTo = (name: string): void => {
    setSide('edit');
    setFocused(name);
  };
  const editor = (
    <div className="stack">
      <SettingsPart
        json={json}
        set={set}
        provides={provides}
        weights={weights}
        weighed={weighed}
        setWeights={(next) => change({ ...design, weights: next })}
      />
      <Outline
        json={json}
        set={set}
        provides={provides}
        titleOf={titleOf}
        asked={asked}
        checks={checks}
        focused={focused}
        attended={() => setFocused(null)}
        looking={{ open, setOpen, adding, setAdding }}
      />
    </div>
  );
  const beside = (
    <Tabs
      items={[
        { key: 'preview', label: t('design.preview'), children: <LivePreview json={json} /> },
        {
          key: 'checks',
          label: t('design.checks', { count: checks.length }),
          children: <CheckList checks={checks} lines={lines} goTo={goTo} />,
        },
        {
          key: 'changes',
          label: t('design.changes'),
          children: (
            <Changes json={json} previous={previous} bank={bank} take={(other) => change({ ...design, json: other })} />
          ),
        },
      ]}
    />
  );
  return (
    <>
      <div className="design-bar panel">
        <div className="grow">
          <div>{format.text(survey.title)}</div>
          <div className="muted small" role="status">
            {base === null ? t('design.first') : t('design.version', { version })}
            {' · '}
            {!isDirty
              ? t('design.unchanged')
              : keptAt === null
                ? t('design.notKept')
                : t('design.kept', { at: format.here(keptAt) })}
          </div>
        </div>
        <div className="actions">
          <Button onClick={() => undo?.()} disabled={undo === null}>
            {t('design.undo')}
          </Button>
          <Button onClick={() => redo?.()} disabled={redo === null}>
            {t('design.redo')}
          </Button>
          <Button type="primary" onClick={() => setSending(true)}>
            {t('design.handIn')}
          </Button>
        </div>
      </div>
      {kept ? <Alert type="info" showIcon closable title={t('design.restored')} /> : null}
      {blocker.state === 'blocked' ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t('design.leaving')}
          action={
            <div className="actions">
              <Button type="primary" onClick={() => blocker.reset()}>
                {t('design.stay')}
              </Button>
              <Button danger onClick={() => blocker.proceed()}>
                {t('design.leave')}
              </Button>
            </div>
          }
        />
      ) : null}
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      {isWide ? (
        <div className="design-columns">
          <section className="panel" aria-label={t('design.editor')}>
            {editor}
          </section>
          <section className="panel design-beside" aria-label={t('design.beside')}>
            {beside}
          </section>
        </div>
      ) : (
        <section className="panel stack">
          <Segmented<'edit' | 'preview'>
            aria-label={t('surveys.view')}
            value={side}
            onChange={setSide}
            block
            options={[
              { value: 'edit', label: t('design.editor') },
              { value: 'preview', label: t('design.beside') },
            ]}
          />
          {side === 'edit' ? editor : beside}
        </section>
      )}
      {sending ? (
        <ActModal
          agreementId={agreement.id}
          survey={survey}
          act="design"
          close={() => setSending(false)}
          done={(answer, what) => {
            sentAt.current = version;
            commands.done(answer, what);
          }}
          fields={() => {
            if (errors > 0) return null;
            const own = weights && Object.fromEntries(weighed.map(({ id }) => [id, weights[id]]));
            return { questionnaire: json, ...(own ? { weights: own } : {}) };
          }}
        >
          {errors > 0 ? (
            <Alert type="error" showIcon role="alert" title={t('design.hasErrors', { count: errors })} />
          ) : (
            <p>{t('design.handInExplained', { count: lines.length })}</p>
          )}
          <CheckList
            checks={checks}
            lines={lines}
            goTo={(name) => {
              setSending(false);
              goTo(name);
            }}
          />
        </ActModal>
      ) : null}
    </>
  );
}

/** What a scored question counts for: itself, or each of its rows. */
function dimensionsOf({ dimension, rows }: ReturnType<typeof linesOf>[number]): string[] {
  const own = rows.length === 0 ? [dimension] : rows.map((row) => row.dimension ?? dimension);
  return own.flatMap((one) => one ?? []);
}

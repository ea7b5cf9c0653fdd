import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { ActDialog } from '../process/act-dialog.tsx';
import { ActButtons } from '../process/process-page.tsx';
import { CASE_ACTS, type Case, type CaseAct } from './case.ts';
import { useCaseForms } from './forms.ts';

/** What may be done about a case now, the next thing first, each with its dialog. */
export function CaseActs({
  agreement,
  one,
  done,
}: {
  agreement: Agreement;
  one: Case;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [act, setAct] = useState<CaseAct | null>(null);
  const forms = useCaseForms(agreement, one);
  const form = act === null ? undefined : forms[act];
  return (
    <>
      <ActButtons
        acts={CASE_ACTS.filter((name) => one.can.includes(name) && forms[name] !== undefined)}
        label={(name) => t(`caseAct.${name}`)}
        isGrave={(name) => forms[name]?.danger === true}
        open={setAct}
      />
      {form ? (
        <ActDialog key={act} agreementId={agreement.id} form={form} close={() => setAct(null)} done={done} />
      ) : null}
    </>
  );
}

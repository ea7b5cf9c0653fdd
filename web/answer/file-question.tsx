import { type ChangeEvent, createContext, useContext, useEffect, useRef, useState } from 'react';
import type { Model, QuestionFileModel } from 'survey-core';
import { ReactQuestionFactory } from 'survey-react-ui';
import { FILE_WORDS } from './file-words.ts';
import { type Attached, Refused } from './api.ts';

/** How files are attached; without one, as in a preview, nothing can be. */
export interface Attaching {
  attach(question: string, file: File): Promise<Attached>;
  remove(id: string): Promise<void>;
  anonymous: boolean;
}

export const FilesAttached = createContext<Attaching | null>(null);

/** What the product takes of one question, and bytes of one file. */
const MOST_FILES = 10;
const MOST_BYTES = 10 * 1024 * 1024;
const KINDS = '.pdf,.docx,.xlsx,.png,.jpg,.jpeg,.txt,.csv';

/** A question for files: a plain file field, and below it what is attached, each with a button to take it back. */
function FileQuestion({ question }: { question: QuestionFileModel }) {
  const attaching = useContext(FilesAttached);
  const model = question.survey as Model;
  const words = FILE_WORDS[model.locale.startsWith('zh') ? 'zh' : 'en'];
  const field = useRef<HTMLInputElement>(null);
  /** The button that was pressed goes with its file: the field is next. */
  const returning = useRef(false);
  const [, setCount] = useState(0);
  const [said, setSaid] = useState('');
  const [faults, setFaults] = useState<string[]>([]);

  useEffect(() => {
    const changed = (): void => setCount((count) => count + 1);
    model.onValueChanged.add(changed);
    model.onLocaleChangedEvent.add(changed);
    return () => {
      model.onValueChanged.remove(changed);
      model.onLocaleChangedEvent.remove(changed);
    };
  }, [model]);

  useEffect(() => {
    if (!returning.current) return;
    returning.current = false;
    field.current?.focus();
  });

  const files = filesOf(question);
  const most = question.allowMultiple ? Math.min(question.maxFiles, MOST_FILES) : 1;
  const mostBytes = question.maxSize > 0 ? Math.min(question.maxSize, MOST_BYTES) : MOST_BYTES;
  const isFull = files.length >= most;

  const attach = async (chosen: File[]): Promise<void> => {
    if (!attaching) return;
    const wrong: string[] = [];
    question.isUploading = true; // the answer waits for it
    for (const file of chosen) {
      if (filesOf(question).length >= most) wrong.push(words.tooMany(most));
      else if (file.size > mostBytes) wrong.push(words.tooLarge(file.name, sizeText(mostBytes)));
      else {
        setSaid(words.attaching(file.name));
        try {
          const attached = await attaching.attach(question.name, file);
          question.value = [...filesOf(question), attached];
          setSaid(words.attached(attached.name));
        } catch (error) {
          setSaid('');
          wrong.push(words.fault(file.name, whyOf(error) || words.failed));
        }
      }
    }
    question.isUploading = false;
    setFaults([...new Set(wrong)]);
  };

  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const list = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = ''; // the same file may be chosen again
    setFaults([]);
    void attach(list);
  };

  const remove = ({ id, name }: Attached): void => {
    setFaults([]);
    attaching?.remove(id).then(
      () => {
        const left = filesOf(question).filter((one) => one.id !== id);
        question.value = left.length > 0 ? left : undefined;
        setSaid(words.removed(name));
        returning.current = true;
      },
      () => setFaults([words.notRemoved(name)]),
    );
  };

  const hint = `${question.inputId}-hint`;
  const choose = `${question.inputId}-choose`;
  const alert = `${question.inputId}-fault`;
  return (
    <div className="files">
      <p id={hint} className="files-hint">
        {words.limits(most, sizeText(mostBytes), question.acceptedTypes)}
        {attaching?.anonymous ? <strong>{words.anonymous}</strong> : null}
      </p>
      <input
        ref={field}
        id={question.inputId}
        type="file"
        accept={question.acceptedTypes || KINDS}
        multiple={most > 1}
        disabled={attaching === null || isFull}
        aria-labelledby={`${question.ariaTitleId} ${choose}`}
        aria-describedby={faults.length > 0 ? `${hint} ${alert}` : hint}
        aria-invalid={question.errors.length > 0 || faults.length > 0}
        onChange={chosen}
      />
      <label id={choose} htmlFor={question.inputId}>
        {words.choose}
      </label>
      {attaching === null ? <p className="files-hint">{words.preview}</p> : null}
      {files.length > 0 ? (
        <ul>
          {files.map((file) => (
            <li key={file.id}>
              <span>
                {file.name} <span className="files-size">{sizeText(file.size)}</span>
              </span>
              <button type="button" aria-label={words.removeOf(file.name)} onClick={() => remove(file)}>
                {words.remove}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {faults.length > 0 ? (
        <div id={alert} role="alert" className="files-fault">
          {faults.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
      ) : null}
      <p className="files-said" role="status">
        {said}
      </p>
    </div>
  );
}

function filesOf(question: QuestionFileModel): Attached[] {
  const value = question.value as unknown;
  return Array.isArray(value) ? (value as Attached[]) : [];
}

/** What the API says is wrong; '' where it said nothing. */
function whyOf(error: unknown): string {
  if (!(error instanceof Refused)) return '';
  const [first] = error.errors;
  return first ? `${first.message} (${first.cure})` : error.title;
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  const units: [number, string] = bytes < 1024 * 1024 ? [1024, 'kB'] : [1024 * 1024, 'MB'];
  return `${String(Number((bytes / units[0]).toFixed(1)))} ${units[1]}`;
}

// SurveyJS hands over the whole properties, whatever its types say.
ReactQuestionFactory.Instance.registerQuestion('file', (properties: unknown) => (
  <FileQuestion question={(properties as { question: QuestionFileModel }).question} />
));

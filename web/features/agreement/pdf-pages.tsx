import { Alert, Button, Skeleton } from 'antd';
import { GlobalWorkerOptions, type PDFDocumentProxy, getDocument } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

GlobalWorkerOptions.workerSrc = worker;

/** So many pages are drawn at a time. */
const PAGES = 10;

/** The pages of a PDF, drawn on canvases: no viewer of the browser's, and nothing in the file runs. */
export function PdfPages({ bytes, name }: { bytes: ArrayBuffer; name: string }): ReactNode {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [count, setCount] = useState(PAGES);
  useEffect(() => {
    // What is handed over belongs to the worker from then on.
    const task = getDocument({
      data: bytes.slice(0),
      isEvalSupported: false,
      enableXfa: false,
      disableAutoFetch: true,
    });
    task.promise.then(setPdf, (error: unknown) => {
      if (!task.destroyed) setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => void task.destroy();
  }, [bytes]);
  if (problem !== null) {
    return <Alert type="warning" showIcon title={t('documents.unreadable')} description={problem} />;
  }
  if (pdf === null) return <Skeleton active />;
  return (
    <div className="pdf-pages">
      {Array.from({ length: Math.min(count, pdf.numPages) }, (_, index) => (
        <PdfPage key={index} pdf={pdf} number={index + 1} name={name} />
      ))}
      {count < pdf.numPages ? (
        <Button onClick={() => setCount(count + PAGES)}>
          {t('documents.morePages', { shown: count, all: pdf.numPages })}
        </Button>
      ) : null}
    </div>
  );
}

function PdfPage({ pdf, number, name }: { pdf: PDFDocumentProxy; number: number; name: string }): ReactNode {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    let isOver = false;
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const context = canvas.current?.getContext('2d');
      if (isOver || !canvas.current || !context) return;
      const base = page.getViewport({ scale: 1 });
      const width = (canvas.current.parentElement?.clientWidth ?? base.width) * Math.min(window.devicePixelRatio, 2);
      const viewport = page.getViewport({ scale: width / base.width });
      canvas.current.width = viewport.width;
      canvas.current.height = viewport.height;
      await page.render({ canvasContext: context, viewport }).promise;
      const { items } = await page.getTextContent();
      if (!isOver) setText(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    };
    void draw();
    return () => {
      isOver = true;
    };
  }, [pdf, number]);
  const label = t('documents.page', { name, number, all: pdf.numPages });
  return (
    <figure className="pdf-page">
      <canvas ref={canvas} role="img" aria-label={label} />
      {/* What stands on the page, for those who hear it. */}
      <figcaption className="unseen">{text}</figcaption>
    </figure>
  );
}

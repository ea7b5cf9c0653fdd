const KINDS = 'PDF、DOCX、XLSX、PNG、JPEG、TXT、CSV';

/** What a question for files says. */
export const FILE_WORDS = {
  zh: {
    limits: (most: number, size: string, kinds: string) =>
      `${most > 1 ? `至多 ${String(most)} 个文件` : '一个文件'}，每个不超过 ${size}；格式：${kinds || KINDS}。`,
    anonymous: '文件名不予保留，但文件内容（如姓名、签名、照片信息）可能透露您的身份。',
    choose: '选择文件',
    preview: '预览中不能上传。',
    attaching: (name: string) => `正在上传 ${name}…`,
    attached: (name: string) => `已上传：${name}`,
    removed: (name: string) => `已移除：${name}`,
    remove: '移除',
    removeOf: (name: string) => `移除 ${name}`,
    fault: (name: string, why: string) => `${name}：${why}`,
    failed: '未能上传，请检查网络后再试。',
    notRemoved: (name: string) => `未能移除 ${name}，请检查网络后再试。`,
    tooMany: (most: number) => `至多 ${String(most)} 个文件，其余未上传。`,
    tooLarge: (name: string, size: string) => `${name} 超过 ${size}，未上传。`,
  },
  en: {
    limits: (most: number, size: string, kinds: string) =>
      `${most > 1 ? `Up to ${String(most)} files` : 'One file'}, ${size} each at most: ${kinds || KINDS.replaceAll('、', ', ')}.`,
    anonymous: ' Its name is not kept, but what is in it (a name, a signature, data of a photo) may tell who you are.',
    choose: 'Choose a file',
    preview: 'A preview takes no files.',
    attaching: (name: string) => `Sending ${name}…`,
    attached: (name: string) => `Attached: ${name}`,
    removed: (name: string) => `Removed: ${name}`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    fault: (name: string, why: string) => `${name}: ${why}`,
    failed: 'It could not be sent. Check your connection and try again.',
    notRemoved: (name: string) => `${name} could not be removed. Check your connection and try again.`,
    tooMany: (most: number) => `${String(most)} files are the most; the others were not sent.`,
    tooLarge: (name: string, size: string) => `${name} is larger than ${size} and was not sent.`,
  },
} as const;

import type { ReactNode } from 'react'

/** Drawn at 24 × 24 in the text's colour; the words beside them say the same, so they are hidden from screen readers. */
export function Icon({ children, name }: { children: ReactNode; name: string }) {
  return (
    <svg data-dfd-icon={name} viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const AttachIcon = () => <Icon name="attach"><path d="m20 11.5-8.2 8.2a5.4 5.4 0 0 1-7.6-7.6l8.4-8.4a3.6 3.6 0 0 1 5.1 5.1l-8.4 8.4a1.8 1.8 0 0 1-2.6-2.6l7.7-7.6" /></Icon>
export const UploadIcon = () => <Icon name="upload"><path d="M12 15.5V4.5m0 0L7.8 8.7M12 4.5l4.2 4.2M4.5 15v2.5a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V15" /></Icon>
export const RemoveIcon = () => <Icon name="remove"><path d="m6.5 6.5 11 11m0-11-11 11" /></Icon>
export const RetryIcon = () => <Icon name="retry"><path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4l2.3 2.2m0-4.6v4.6h-4.6" /></Icon>
export const PreviousIcon = () => <Icon name="previous"><path d="m14.5 5.5-6.5 6.5 6.5 6.5" /></Icon>
export const NextIcon = () => <Icon name="next"><path d="m9.5 5.5 6.5 6.5-6.5 6.5" /></Icon>
export const MoreIcon = () => <Icon name="more"><path d="m6.5 9.5 5.5 5.5 5.5-5.5" /></Icon>
export const GripIcon = () => <Icon name="grip"><path strokeWidth="2.5" d="M9 6v.01M9 12v.01M9 18v.01M15 6v.01M15 12v.01M15 18v.01" /></Icon>
export const DoneIcon = () => <Icon name="done"><path d="m5.5 12.5 4.2 4.2 8.8-9.4" /></Icon>
export const RefusedIcon = () => <Icon name="refused"><circle cx="12" cy="12" r="8.5" /><path d="m6.2 6.2 11.6 11.6" /></Icon>
export const ProblemIcon = () => <Icon name="problem"><circle cx="12" cy="12" r="8.5" /><path d="M12 7.8v4.9m0 3.4v.1" /></Icon>

const SHEET = <path d="M13.5 3.5h-6a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-10l-5-5Zm0 0v3a2 2 0 0 0 2 2h3" />

/** By what is in it, for files without a picture of their own. */
export const TYPE_ICONS = {
  image: () => <Icon name="image"><rect x="3.5" y="4.5" width="17" height="15" rx="2.5" /><circle cx="8.8" cy="9.6" r="1.5" /><path d="m4 17 4.6-4.2 3.2 2.8 4-4.1 4.5 4.2" /></Icon>,
  audio: () => <Icon name="audio"><path d="M5 10v4m3.5-7v10M12 4.5v15m3.5-11.5v8M19 10.5v3" /></Icon>,
  video: () => <Icon name="video"><rect x="3.5" y="5" width="17" height="14" rx="2.5" /><path d="m10.2 9.2 4.6 2.8-4.6 2.8V9.2Z" /></Icon>,
  text: () => <Icon name="text">{SHEET}<path d="M9 12.5h6m-6 3.5h4" /></Icon>,
  table: () => <Icon name="table">{SHEET}<path d="M8.8 12.3h6.4v4.9H8.8v-4.9Zm0 2.4h6.4m-3.2-2.4v4.9" /></Icon>,
  code: () => <Icon name="code">{SHEET}<path d="m10.4 12.2-2 2.1 2 2.1m3.2-4.2 2 2.1-2 2.1" /></Icon>,
  archive: () => <Icon name="archive">{SHEET}<path d="M9.5 4v1.5m0 2V9m0 2v1.5m0 2.3v1.4" /></Icon>,
  folder: () => <Icon name="folder"><path d="M3.5 7.5v9a2 2 0 0 0 2 2h13a2 2 0 0 0 2-2V9.3a2 2 0 0 0-2-2h-6.3l-2-2.1H5.5a2 2 0 0 0-2 2.3Z" /></Icon>,
  link: () => <Icon name="link"><path d="M10.2 13.8a3.8 3.8 0 0 0 5.4 0l2.8-2.8A3.8 3.8 0 0 0 13 5.6l-1.2 1.2m2 3.4a3.8 3.8 0 0 0-5.4 0L5.6 13a3.8 3.8 0 0 0 5.4 5.4l1.2-1.2" /></Icon>,
  file: () => <Icon name="file">{SHEET}</Icon>,
}

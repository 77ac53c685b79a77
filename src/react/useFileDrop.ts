'use client'
import { useCallback, useEffect, useId, useMemo, useRef, type ComponentPropsWithRef, type KeyboardEvent, type RefObject } from 'react'
import { acceptAttribute, type HostRules, type Rules } from '../core/rules.js'
import type { Uploader } from '../core/uploader.js'
import { useEngine, type EngineProps } from './engine/useEngine.js'
import { useLatest } from './engine/useLatest.js'
import { useRules } from './engine/useRules.js'
import { useValue } from './engine/useSnapshot.js'
import { focusInput } from './focus.js'
import type { DragVerdict } from './gestures/dragVerdict.js'
import { pastedLink } from './gestures/linkIn.js'
import { offerFiles } from './gestures/offerFiles.js'
import { takePasted } from './gestures/takePasted.js'
import { isComposing, isEmptyTextBox, isTextBox } from './gestures/textBox.js'
import { useDropping, type DropTarget } from './gestures/useDropping.js'
import { itemProps, type ElementProps, type ItemPropGetters } from './itemProps.js'
import { mergeProps } from './mergeProps.js'
import type { MessageOverrides } from './messages/messages.js'
import { useWording, type Wording } from './messages/useWording.js'
import { useLater, withLater } from './parts/useLater.js'
import type { DraftNotice } from '../draft/keepDraft.js'
import { useDraft, type DraftProp } from './useDraft.js'
import { useHandVerbs, type HandVerbs } from './useHandVerbs.js'
import { useLeaveGuard } from './useLeaveGuard.js'

/** Options of {@link useFileDrop}, and so of `<FileDrop.Root>` and `<DifyFileDrop>`. */
export interface FileDropOptions extends EngineProps {
  /** `zone`: a labelled drop zone with a list. `composer`: wraps a chat input. @default 'zone' */
  layout?: 'zone' | 'composer' | undefined
  /** Nothing can be added; what is on its way goes on. @default false */
  disabled?: boolean | undefined
  /** Nothing can be added, removed or retried. @default false */
  readOnly?: boolean | undefined
  /** Take drops. @default true */
  drop?: boolean | undefined
  /** Take files from the clipboard while the focus is inside. @default true */
  paste?: boolean | undefined
  /** Offer the picker. @default true */
  browse?: boolean | undefined
  /** Walk dropped folders. @default true for the zone, false for the composer */
  directory?: boolean | undefined
  /**
   * Where the app takes links (`remote_url`): offer a form for one, and take an address that is pasted beside a text box.
   * Dify follows them when the message comes; `onUploaded` does not hear of them, `take()` has them. @default false
   */
  links?: boolean | undefined
  /** Files to find in a dropped folder, at most. @default 10000 */
  maxWalk?: number | undefined
  /** Ask a phone for its camera at once. @default false */
  capture?: false | 'user' | 'environment' | undefined
  /** Where files may be dropped. An element has to be there when this one mounts. @default 'self' */
  dropTarget?: DropTarget | undefined
  /** A message needs at least one file. @default what the rules say */
  required?: boolean | undefined
  /** Backspace in an empty text box removes the last file. @default true for the composer */
  removeOnBackspace?: boolean | undefined
  /**
   * Keeps files through a reload, a crash or navigation, until they are sent: whose and of which conversation (`scope`), and
   * which composer (`key`). Call `clearDrafts` of `dify-file-drop/draft` when somebody logs out. @default nothing is kept
   */
  draft?: DraftProp | undefined
  /** Have the browser ask before the page is left while files move. @default false */
  warnBeforeLeaving?: boolean | undefined
  /** An imported locale, or single sentences to say otherwise. @default English */
  messages?: MessageOverrides | undefined
  /** BCP 47 tag for numbers, sizes and times. @default the language of the messages */
  locale?: string | undefined
}

/** What {@link useFileDrop} returns. Getters take the host's props for that element and merge them. */
export interface FileDropState extends Wording, HandVerbs, ItemPropGetters {
  /** The engine: entries, verbs, subscriptions. */
  uploader: Uploader
  /** What is accepted now. */
  rules: Rules
  layout: 'zone' | 'composer'
  /** Something can be added. */
  isOpen: boolean
  /** Nothing can be added; uploads go on. */
  isDisabled: boolean
  /** Nothing can be added or removed. */
  isReadOnly: boolean
  canBrowse: boolean
  canDrop: boolean
  canPaste: boolean
  /** Links are wanted, and the app takes them. */
  canLink: boolean
  dropTarget: DropTarget
  /** Folders are taken. */
  directory: boolean
  maxWalk: number
  capture: false | 'user' | 'environment'
  /** What the files being dragged over the target are worth, or null while there are none. */
  dragging: DragVerdict | null
  /** Id of the element that says what is accepted: put it there. */
  hintId: string
  rootRef: RefObject<HTMLElement | null>
  triggerRef: RefObject<HTMLButtonElement | null>
  /** What could not be done about the draft, or null where none is kept. */
  draftNotices: readonly DraftNotice[] | null
  /** Opens the picker; only from within a user's gesture, as browsers demand. */
  open: () => void
  /** For the element around everything: it takes drops and pastes. */
  getRootProps: (props?: ElementProps<'div'>) => ComponentPropsWithRef<'div'>
  /** For the one `input type=file`, which may be hidden. */
  getInputProps: (props?: ElementProps<'input'>) => ComponentPropsWithRef<'input'>
  /** For the button that opens the picker. */
  getTriggerProps: (props?: ElementProps<'button'>) => ComponentPropsWithRef<'button'>
  /** For the visible place to drop on, a labelled group. */
  getZoneProps: (props?: ElementProps<'div'>) => ComponentPropsWithRef<'div'>
  /** For the list of entries. */
  getListProps: (props?: ElementProps<'ul'>) => ComponentPropsWithRef<'ul'>
}

/**
 * The surface without a look: gestures, rules, names and states, as props for the host's own elements. Entries are read
 * with `useEntryIds(uploader)` and `useEntry(id, uploader)`.
 */
export function useFileDrop(options: FileDropOptions): FileDropState {
  const { layout = 'zone', disabled = false, readOnly = false, dropTarget = 'self', required, capture = false } = options
  const isComposer = layout === 'composer'
  const uploader = useEngine(useRequired(options, required))
  const rules = useRules(uploader)
  const { legacyImageOnly } = rules
  useEffect(() => {
    if (legacyImageOnly) withLater((later) => later.warnOfLegacyImages())
  }, [legacyImageOnly])
  const notices = useDraft(uploader, options.draft)
  const draftNotices = options.draft === undefined ? null : notices
  const rootRef = useRef<HTMLElement>(null)
  useEffect(() => {
    // A picker that was closed is nothing to the page; a dialog around would take it for its own cancel.
    const root = rootRef.current
    const keep = (event: Event): void => {
      if ((event.target as Element).matches('input[data-dfd-part]')) event.stopPropagation()
    }
    root?.addEventListener('cancel', keep)
    return () => root?.removeEventListener('cancel', keep)
  }, [])
  useLeaveGuard(uploader, options.warnBeforeLeaving ?? false)
  const hasFailed = useValue(uploader, hasFailures)
  const wording = useWording(options.messages, options.locale, useLater(hasFailed)?.en)
  const { messages } = wording
  const triggerRef = useRef<HTMLButtonElement>(null)
  const inputRef = useRef<HTMLInputElement>(null)
  const id = useId()

  const isOpen = !disabled && !readOnly
  const canBrowse = options.browse ?? true
  const canDrop = options.drop ?? true
  const canPaste = options.paste ?? true
  const canLink = options.links === true && rules.enabled.value && rules.methods.value.includes('remote_url')
  const directory = options.directory ?? !isComposer
  const maxWalk = options.maxWalk ?? 10_000
  const { dragging, handlers } = useDropping(uploader, rootRef, {
    isOn: isOpen && canDrop,
    target: dropTarget,
    directory,
    maxWalk,
  })
  const removesOnBackspace = (options.removeOnBackspace ?? isComposer) && !readOnly

  const open = useCallback(() => inputRef.current?.click(), [])
  const verbs = useHandVerbs(uploader, rootRef, triggerRef)
  const { removeEntry, retryEntry, moveEntry } = verbs
  const latest = useLatest({ isOpen, canLink, canPaste, canBrowse, removesOnBackspace })

  return useMemo<FileDropState>(() => {
    const hintId = `${id}hint`

    function onPaste(event: React.ClipboardEvent<HTMLElement>): void {
      if (!latest.current.isOpen || !latest.current.canPaste || event.isDefaultPrevented()) return
      const files = takePasted(event.clipboardData, new Date())
      const url = files.length === 0 && latest.current.canLink && !isTextBox(event.target) ? pastedLink(event.clipboardData) : null
      if (files.length === 0 && url === null) return
      event.preventDefault()
      uploader.add(url === null ? files : { url })
    }

    function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
      if (event.key !== 'Backspace' || event.repeat || event.isDefaultPrevented() || isComposing(event) || !latest.current.removesOnBackspace) return
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !isEmptyTextBox(event.target)) return
      const last = uploader.ids.at(-1)
      if (last === undefined) return
      event.preventDefault()
      removeEntry(last)
    }

    return {
      ...wording, ...verbs, uploader, rules, layout, isOpen, isDisabled: disabled, isReadOnly: readOnly, canBrowse, canDrop, canPaste, canLink, dropTarget, directory, maxWalk, capture, dragging,
      hintId, rootRef, triggerRef, draftNotices, open,

      getRootProps: (props = {}) => mergeProps({
        ref: rootRef,
        'data-dfd-part': 'root',
        'data-layout': layout,
        'data-dragging': dragging ?? undefined,
        'data-disabled': disabled ? '' : undefined,
        'data-readonly': readOnly ? '' : undefined,
        onPaste, onKeyDown, ...handlers,
      }, props),

      getInputProps: (props = {}) => mergeProps({
        ref: inputRef,
        'data-dfd-part': 'input',
        type: 'file',
        'aria-label': messages.input,
        tabIndex: -1,
        accept: acceptAttribute(rules),
        multiple: rules.maxFiles.value !== 1,
        capture: capture === false ? undefined : capture,
        disabled: !isOpen,
        onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => {
          const files = Array.from(currentTarget.files ?? [])
          // So that a file which is removed can be picked again: no change, no event.
          currentTarget.value = ''
          if (files.length === 0) return
          uploader.add(files.map(offerFiles()))
          if (isComposer) focusInput(rootRef.current)
        },
        onClick: (event: React.MouseEvent) => event.stopPropagation(),
      }, props),

      getTriggerProps: (props = {}) => mergeProps({
        ref: triggerRef,
        'data-dfd-part': 'trigger',
        type: 'button',
        'aria-label': messages.trigger,
        'aria-describedby': hintId,
        disabled: !isOpen,
        onClick: open,
      }, props),

      getZoneProps: (props = {}) => mergeProps({
        'data-dfd-part': 'zone',
        role: 'group',
        'aria-label': messages.zone,
        'data-dragging': dragging ?? undefined,
        'data-disabled': isOpen ? undefined : '',
        // For pointers only: the whole area is a larger target for the button in it, which is there for everybody.
        onClick: (event: React.MouseEvent<HTMLElement>) => {
          if (!latest.current.isOpen || !latest.current.canBrowse) return
          if ((event.target as Element).closest('button, a, input, label, select, textarea, [role="button"], [data-dfd-part="link"]') !== null) return
          triggerRef.current?.focus({ preventScroll: true })
          open()
        },
      }, props),

      getListProps: (props = {}) => mergeProps({ 'data-dfd-part': 'list', role: 'list', 'aria-label': messages.list }, props),

      ...itemProps({ ...wording, isReadOnly: readOnly, errorIds: `${id}error`, removeEntry, retryEntry, moveEntry }),
    }
    // `handlers` are new each time and only change what they do with what is listed here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wording, verbs, uploader, rules, draftNotices, layout, disabled, readOnly, isOpen, canBrowse, canDrop, canPaste, canLink, dropTarget, directory, maxWalk, dragging, id, capture, open])
}

const hasFailures = ({ tally }: Uploader): boolean => tally.failed + tally.refused > 0

/** The prop `required` is a rule like the others, and says nothing of them: an engine of the host's keeps its own. */
function useRequired(options: FileDropOptions, required: boolean | undefined): FileDropOptions {
  const rules = options.rules ?? options.uploader?.options.rules
  return useMemo(() => {
    if (required === undefined) return options
    const merged: HostRules = { ...rules, required }
    return { ...options, rules: merged }
  }, [options, rules, required])
}

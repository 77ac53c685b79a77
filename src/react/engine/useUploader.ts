'use client'
import { useContext } from 'react'
import type { Uploader } from '../../core/uploader.js'
import { FileDropContext } from '../fileDropContext.js'

/**
 * The engine: the one given, else that of the surface around.
 *
 * @throws where there is neither.
 */
export function useUploader(uploader?: Uploader): Uploader {
  const around = useContext(FileDropContext)
  const found = uploader ?? around?.uploader
  if (found === undefined) {
    throw new Error(
      'There is no uploader here, so there is nothing to show. Render this inside <DifyFileDrop> or <FileDrop.Root>, or pass it an uploader made by createUploader().',
    )
  }
  return found
}

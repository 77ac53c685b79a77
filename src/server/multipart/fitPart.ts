import { fitName } from '../../dify/fileName.js'
import { sizeCategoryOf, type SizeCategory } from '../../dify/kinds.js'
import { extensionOfMime, repairMime } from '../../dify/mime.js'

/** A file's name and type as they go to Dify, whatever a client calls it, and the category whose size limit applies. */
export function fitPart(filename: string, type: string): { name: string; mime: string; category: SizeCategory } {
  const extension = extensionOfMime(type)
  const name = fitName(filename, extension === null ? 'file' : `file.${extension}`)
  return { name, mime: repairMime(name, type), category: sizeCategoryOf(name) }
}

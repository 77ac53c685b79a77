/** Whether a drag is one of files. Text, links and elements of the page are none of our business. */
export function carriesFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer !== null && Array.from(transfer.types).includes('Files')
}

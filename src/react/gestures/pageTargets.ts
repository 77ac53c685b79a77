/** Of several surfaces that take drops anywhere on the page, the one mounted last does. */
export function claimPage(owner: object): () => void {
  owners.push(owner)
  return () => {
    const at = owners.lastIndexOf(owner)
    if (at >= 0) owners.splice(at, 1)
  }
}

/** Whether a drop on the page is this owner's. An open modal dialog keeps drops to what is in it. */
export function ownsPage(owner: object, root: Element | null): boolean {
  if (owners.at(-1) !== owner) return false
  const dialogs = document.querySelectorAll('dialog:modal')
  const top = dialogs[dialogs.length - 1]
  return top === undefined || (root !== null && top.contains(root))
}

const owners: object[] = []

// How a changeset reads in CHANGELOG.md: its own words and nothing else.
export default {
  getReleaseLine: (changeset) => `- ${changeset.summary.trim().replaceAll('\n', '\n  ')}`,
  getDependencyReleaseLine: () => '',
}

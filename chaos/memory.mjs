export async function memory() { return { title: 'Memory', checks: [], facts: {} } }

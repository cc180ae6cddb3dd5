// Tells in one line what a node of the utility workflow has just done.

/** What to say of the first item that a node gave out. */
const STORIES = {
	'Sample Questions and Answers': (_json, count) => `${count} questions and answers`,
	'Generate Training Data': ({ report }) =>
		report && `${report.examples} examples from ${report.tickets} tickets`,
	'Get Solved Tickets': (_json, count) => `${count} tickets`,
	'Process Ticket': (_json, count) => `${count} pairs, and tickets left out`,
	'Write Report': ({ report }) =>
		report &&
		`${report.examples} examples; left out: ${Object.entries(report.leftOut)
			.map(([reason, number]) => `${reason} ${number}`)
			.join(', ')}`,
	'Build JSONL File': ({ examples }) => `${examples} examples`,
	'Validate JSONL File': ({ examples, tokens, cost, epochs }) =>
		[
			`${examples} examples are fine`,
			tokens && `${tokens.total} tokens`,
			cost && `about ${cost.amount.toFixed(2)} ${cost.currency} for ${epochs} epochs at OpenAI`,
		]
			.filter(Boolean)
			.join(', '),
	'Upload File': ({ id, filename }) => [filename, id].filter(Boolean).join(', '),
	'Create Job': ({ id, model }) => `${id} on ${model}`,
	'Get Job': ({ status }) => status,
	'Ask the New Model': ({ output }) => output,
};

/** @param run - one run of the node, as n8n stores it */
export function describeNodeRun(name, run) {
	if (run.error) return `  ✗ ${name}: ${run.error.message}`;
	const items = run.data?.main?.find((output) => output?.length > 0) ?? [];
	const story = items.length > 0 ? STORIES[name]?.(items[0].json, items.length) : undefined;
	return `  ✓ ${name}${story ? `: ${story}` : ''}`;
}

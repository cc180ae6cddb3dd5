// workflows/samples/alderbrook-training.json is the one source of the sample data. This writes it into the node of the
// utility workflow that holds it, so that an import of the workflow alone works. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const SAMPLES = join(root, 'workflows', 'samples', 'alderbrook-training.json');
const WORKFLOW = join(root, 'workflows', 'utility-fine-tune-openai-model.json');
const NODE = 'Sample Questions and Answers';

const text = readFileSync(WORKFLOW, 'utf8');
const workflow = JSON.parse(text);
workflow.nodes.find(({ name }) => name === NODE).parameters.jsCode = sampleCode();
const synced = `${JSON.stringify(workflow, null, 2)}\n`;

if (!process.argv.includes('--check')) {
	writeFileSync(WORKFLOW, synced);
} else if (synced !== text) {
	console.error(
		`${WORKFLOW} does not hold the sample data of ${SAMPLES}. Run: node scripts/sync-samples.mjs`,
	);
	process.exitCode = 1;
}

function sampleCode() {
	const rows = JSON.parse(readFileSync(SAMPLES, 'utf8')).map(
		({ category, question, answer }) => `  ${JSON.stringify({ category, question, answer })},`,
	);
	return [
		'// Replace this node with your own source: any node that gives items with a question and an answer will do.',
		'// Alderbrook and everybody in it are made up.',
		'return [',
		...rows,
		'].map((json) => ({ json }));',
		'',
	].join('\n');
}

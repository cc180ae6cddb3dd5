import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const FOLDER = join(ROOT, 'workflows');

interface Node {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
}

interface Workflow {
	id?: string;
	name: string;
	nodes: Node[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	pinData: object;
}

interface Sample {
	id: string;
	category: string;
	question: string;
	answer: string;
}

const readJson = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T;
/** The folder also holds the manifest of a Slack app. */
const files = readdirSync(FOLDER).filter(
	(file) => file.endsWith('.json') && !file.endsWith('-manifest.json'),
);

const workflows = files.map((file) => readJson<Workflow>(FOLDER, file));

/** The names that n8n proposes, by which an imported workflow finds its credentials. */
const ACCOUNTS: Record<string, string> = {
	jiraTicketsApi: 'Jira Tickets account',
	notionApi: 'Notion account',
	openAiFineTuningApi: 'OpenAI Fine-Tuning account',
	salesforceCasesOAuth2Api: 'Salesforce Cases account',
	serviceNowTicketsApi: 'ServiceNow Tickets account',
	slackQuestionsApi: 'Slack Questions account',
	smtp: 'SMTP account',
	zendeskTicketsOAuth2Api: 'Zendesk Tickets account',
};
/** A second credential of a type, which a user names so: a move has an old and a new provider. */
const SECOND_ACCOUNTS: Record<string, string> = {
	openAiFineTuningApi: 'OpenAI Fine-Tuning account (new provider)',
};
/** Those that a user picks in the place of the one for Jira. */
const CALLED_BY_CHOICE = /^generate-training-data-/;

function calls({ nodes }: Workflow) {
	return nodes
		.filter(({ type }) => type.endsWith('.executeWorkflow'))
		.map(({ parameters }) => parameters.workflowId as { value: string; cachedResultName: string });
}

describe('sample data', () => {
	const samples = readJson<Sample[]>(FOLDER, 'samples', 'alderbrook-training.json');
	const heldOut = readJson<Array<{ question: string; answeredBy: string; expectedAnswer: string }>>(
		FOLDER,
		'samples',
		'alderbrook-held-out.json',
	);

	test('is at least 60 different pairs, with the two questions that everybody asks', () => {
		const questions = new Set(samples.map(({ question }) => question));
		expect(questions.size).toBeGreaterThanOrEqual(60);
		expect(questions.size).toBe(samples.length);
		expect(questions).toContain(
			'In the Q3 Workplace Environment Survey, what did employees rate as the lowest performing area?',
		);
		expect(questions).toContain(
			'What was the main complaint in the 2025 Onboarding Experience Survey?',
		);
	});

	test('has 12 held-out questions, none of which is trained on, each with its trained answer', () => {
		expect(heldOut).toHaveLength(12);
		for (const { question, answeredBy, expectedAnswer } of heldOut) {
			expect(samples.map((sample) => sample.question)).not.toContain(question);
			expect(samples.find(({ id }) => id === answeredBy)?.answer).toBe(expectedAnswer);
		}
	});

	test('is what the utility workflow holds', () => {
		const check = () =>
			execFileSync(process.execPath, [join(ROOT, 'scripts', 'sync-samples.mjs'), '--check'], {
				stdio: 'pipe',
			});
		expect(check).not.toThrow();
		const { nodes } = readJson<Workflow>(FOLDER, 'utility-fine-tune-openai-model.json');
		const { jsCode } = nodes.find(({ name }) => name === 'Sample Questions and Answers')
			?.parameters as { jsCode: string };
		for (const { question, answer } of samples) {
			expect(jsCode).toContain(JSON.stringify(question));
			expect(jsCode).toContain(JSON.stringify(answer));
		}
	});
});

describe.each(files)('%s', (file) => {
	const workflow = readJson<Workflow>(FOLDER, file);

	test('carries nothing of the machine it was made on', () => {
		expect(workflow.pinData).toEqual({});
		for (const { credentials } of workflow.nodes)
			for (const [type, { id, name }] of Object.entries(credentials ?? {})) {
				const isSecond = name === SECOND_ACCOUNTS[type];
				const expected = isSecond ? SECOND_ACCOUNTS[type] : ACCOUNTS[type];
				expect({ type, id, name }).toEqual({ type, id: null, name: expected });
			}
		expect(JSON.stringify(workflow)).not.toMatch(/localhost|127\.0\.0\.1|\bsk-|\/Users\/|\/home\//);
	});

	test('has an id of its own only if others call it by that, and calls workflows that are here', () => {
		const called = workflows.flatMap(calls).map(({ value }) => value);
		expect(called.includes(workflow.id ?? '')).toBe(
			workflow.id !== undefined && !CALLED_BY_CHOICE.test(file),
		);
		for (const { value, cachedResultName } of calls(workflow)) {
			const target = workflows.find(({ id }) => id === value);
			expect(target?.name).toBe(cachedResultName);
		}
	});

	test('connects nodes that exist, and each node but triggers, sub-nodes and notes is reached', () => {
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const reached = Object.values(workflow.connections).flatMap((byType) =>
			Object.values(byType)
				.flat(2)
				.map(({ node }) => node),
		);
		for (const name of [...Object.keys(workflow.connections), ...reached])
			expect(names).toContain(name);
		const supplies = (name: string) =>
			Object.keys(workflow.connections[name] ?? {}).some((type) => type.startsWith('ai_'));
		const unreached = workflow.nodes.filter(
			({ name, type }) =>
				!reached.includes(name) && !supplies(name) && !/trigger$|stickyNote$/i.test(type),
		);
		expect(unreached.map(({ name }) => name)).toEqual([]);
	});
});

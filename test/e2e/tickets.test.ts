import {
	assertSucceeded,
	type Execution,
	followExecution,
	outputOf,
	type SavedWorkflow,
	ticketCredentials,
} from '../../sandbox/n8n';
import { startTicketSystems, type TicketSystems } from '../../sandbox/tickets';
import { PEOPLE, TICKETS } from '../../sandbox/tickets/samples';

import { changeJob, newestTrainingText, sandboxState } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

jest.setTimeout(240_000);

const FILES = [
	'process-ticket.json',
	'generate-training-data.json',
	'generate-training-data-zendesk.json',
	'generate-training-data-servicenow.json',
	'generate-training-data-salesforce.json',
	'fine-tune-itsm-support-data.json',
	'feedback-to-preferences.json',
];
const CALLED = /^(process-ticket|generate-training-data)/;
const TRIGGER = 'Start Here';

let stage: Stage;
let systems: TicketSystems;
const workflows = new Map<string, SavedWorkflow>();

beforeAll(async () => {
	systems = await startTicketSystems();
	stage = await openStage('tickets');
	for (const credential of ticketCredentials(systems.addresses)) {
		await stage.rest.putCredential(credential);
	}
	for (const file of FILES) {
		const saved = await stage.rest.createWorkflow(exportedWorkflow(file));
		workflows.set(file, saved);
		// What others call must be published.
		if (CALLED.test(file)) await stage.rest.publish(saved);
	}
});

afterAll(async () => {
	await stage?.close();
	await systems?.close();
});

async function run(file: string): Promise<Execution> {
	const execution = await stage.rest.runWorkflow(workflows.get(file)!.id, TRIGGER);
	return await followExecution(stage.rest, execution, { timeoutMs: 120_000 });
}

interface Report {
	tickets: number;
	pairs: number;
	examples: number;
	leftOut: Record<string, number>;
}

/** The beginning of each note that requesters must not see, as it would stand in JSON. */
const INTERNAL_NOTES = TICKETS.flatMap(({ messages }) => messages)
	.filter((message) => !message.public)
	.map(({ body }) => JSON.stringify(body.slice(0, 60)).slice(1, -1));

/** Values that are in the sample tickets and must not be in any training file. */
const SECRETS = [
	/\b4111[ -]?1111[ -]?1111[ -]?1111\b/,
	/[\w.+-]+@alderbrook\.example/,
	/\bsk-[A-Za-z0-9]{16,}/,
	/\bDE\d{2}[ ]?\d{4}[ ]?\d{4}/,
];

describe('from tickets to a model and a mail, with the workflows as exported', () => {
	test('Jira: extract, mask, build, upload, train, tell', async () => {
		const execution = await run('fine-tune-itsm-support-data.json');
		assertSucceeded(execution);
		const { report } = outputOf(execution, 'Generate Training Data')[0].json as { report: Report };
		expect(report.examples).toBeGreaterThanOrEqual(30);
		expect(report.tickets).toBeGreaterThan(report.examples);
		expect(Object.keys(report.leftOut)).toEqual(
			expect.arrayContaining(['no_agent_answer', 'internal_note']),
		);
		const [mail] = systems.mailbox.messages.splice(0);
		expect(mail.subject).toMatch(/^Your model is ready: ft:gpt-4\.1-mini/);
		expect(mail.text).toContain(`${report.examples} examples from ${report.tickets} tickets`);
		expect(mail.text).toMatch(/- near duplicates: \d/);
		expect(mail.text).not.toMatch(/undefined|null|NaN|\[object/);
	});

	test('the training file holds no secret of a ticket, no internal note and no example twice', async () => {
		const content = await newestTrainingText(stage.server);
		for (const secret of SECRETS) expect(content).not.toMatch(secret);
		for (const { name, email } of Object.values(PEOPLE)) {
			expect(content).not.toContain(name);
			expect(content).not.toContain(email);
		}
		expect(INTERNAL_NOTES.length).toBeGreaterThan(3);
		for (const note of INTERNAL_NOTES) expect(content).not.toContain(note);
		const lines = content.trim().split('\n');
		expect(new Set(lines).size).toBe(lines.length);
		expect(lines.every((line) => JSON.parse(line).messages.length === 3)).toBe(true);
	});

	test('a job that fails is told by mail too', async () => {
		stage.server.changeSettings({ speed: 1 });
		const id = await stage.rest.runWorkflow(
			workflows.get('fine-tune-itsm-support-data.json')!.id,
			TRIGGER,
		);
		const job = await untilJob('validating_files');
		await changeJob(stage.server, job, {
			status: 'failed',
			error: { code: 'server_error', message: 'The GPU is on strike.', param: null },
		});
		assertSucceeded(await followExecution(stage.rest, id, { timeoutMs: 120_000 }));
		stage.server.changeSettings({ speed: 2_000 });
		const [mail] = systems.mailbox.messages.splice(0);
		expect(mail.subject).toMatch(/ftjob-\S+ ended as "failed"/);
		expect(mail.text).toContain('The GPU is on strike.');
	});

	test('too few tickets start nothing, and the mail says so', async () => {
		const tickets = systems.jira.tickets.splice(0);
		const before = (await sandboxState(stage.server)).jobs.length;
		try {
			assertSucceeded(await run('fine-tune-itsm-support-data.json'));
		} finally {
			systems.jira.tickets.push(...tickets);
		}
		expect(systems.mailbox.messages.splice(0)[0].subject).toMatch(/^Too few examples/);
		expect((await sandboxState(stage.server)).jobs).toHaveLength(before);
	});
});

describe('the same tickets from other systems', () => {
	test.each(['zendesk', 'servicenow', 'salesforce'])('%s', async (system) => {
		const execution = await run(`generate-training-data-${system}.json`);
		assertSucceeded(execution);
		const [{ json, binary }] = outputOf(execution, 'Write Report');
		const { report } = json as unknown as { report: Report };
		expect(report.examples).toBeGreaterThanOrEqual(30);
		expect(report.pairs).toBeGreaterThanOrEqual(report.examples);
		expect((binary as { data: { fileName: string } }).data.fileName).toBe(
			'help-desk-training.jsonl',
		);
	});
});

describe('when a system misbehaves', () => {
	test('rate limits and short outages are waited for', async () => {
		systems.jira.addFault({ path: '/search/jql', status: 429, headers: { 'retry-after': '1' } });
		systems.jira.addFault({ path: '/search/jql', status: 503 });
		const execution = await run('generate-training-data.json');
		assertSucceeded(execution);
	});

	test('a token that has died is told from an empty project', async () => {
		const credential = ticketCredentials(systems.addresses)[0];
		await stage.rest.putCredential({
			...credential,
			data: { ...credential.data, apiToken: 'expired-token-of-last-year' },
		});
		const { status, resultData } = await run('generate-training-data.json');
		await stage.rest.putCredential(credential);
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(
			/^Jira did not accept the e-mail address and API token/,
		);
		expect(JSON.stringify(resultData)).not.toContain('expired-token-of-last-year');
	});
});

describe('feedback', () => {
	test('rated answers become a file of preference pairs', async () => {
		const execution = await run('feedback-to-preferences.json');
		assertSucceeded(execution);
		expect(outputOf(execution, 'Validate JSONL File')[0].json).toMatchObject({
			valid: true,
			format: 'dpo',
			examples: 12,
		});
		expect(outputOf(execution, 'Lacks One of the Two').map(({ json }) => json.lacks)).toEqual([
			'a bad answer',
		]);
	});
});

async function untilJob(status: string): Promise<string> {
	for (let tries = 0; tries < 300; tries++) {
		const job = (await sandboxState(stage.server)).jobs.find((one) => one.status === status);
		if (job) return job.id;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`No job is ${status}.`);
}

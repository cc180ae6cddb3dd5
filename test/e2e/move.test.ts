import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { startMailbox, type Mailbox } from '../../sandbox/mail';
import {
	assertSucceeded,
	CREDENTIAL_TYPE,
	type Execution,
	followExecution,
	outputOf,
} from '../../sandbox/n8n';
import {
	type Json,
	LAB_KEY,
	type Lab,
	type ProviderStandIn,
	startProvider,
} from '../../sandbox/providers/lab';
import { nebius } from '../../sandbox/providers/nebius';

import { AGENT, openSlackStage, pathOfTable, Q3, type SlackStage } from './slackStage';
import { ROOT, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

jest.setTimeout(240_000);

const TRIGGER = 'Start Here';
const SCREENSHOTS = process.env.SCREENSHOTS;

let slack: SlackStage;
let stage: Stage;
let mailbox: Mailbox;
let provider: ProviderStandIn;
let oldModel: string;
let move: string;
let ask: string;

beforeAll(async () => {
	mailbox = await startMailbox();
	provider = await startProvider(nebius, { course: ['queued', 'succeeded'] });
	slack = await openSlackStage('move');
	stage = slack.stage;
	await stage.rest.putCredential({
		name: 'SMTP account',
		type: 'smtp',
		data: { host: '127.0.0.1', port: mailbox.smtpPort, secure: false, disableStartTls: true },
	});
	const newAccount = await stage.rest.putCredential({
		name: 'OpenAI Fine-Tuning account (new provider)',
		type: CREDENTIAL_TYPE,
		data: { provider: 'nebius', baseUrl: `${provider.url}/v1`, apiKey: LAB_KEY },
	});
	await pickNewProvider(newAccount);
	const made = await stage.run(exportedWorkflow('utility-fine-tune-openai-model.json'), TRIGGER);
	assertSucceeded(made);
	oldModel = String(outputOf(made, 'Write Message')[0].json.model);
	move = (await stage.rest.createWorkflow(exportedWorkflow('move-to-another-provider.json'))).id;
	ask = (await stage.rest.createWorkflow(exportedWorkflow('ask-current-model.json'))).id;
});

afterAll(async () => {
	await slack?.close();
	await provider?.close();
	await mailbox?.close();
});

async function run(workflow: string): Promise<Execution> {
	const execution = await stage.rest.runWorkflow(workflow, TRIGGER);
	return await followExecution(stage.rest, execution, { timeoutMs: 90_000 });
}

/** Who answers a question of the chat workflow now. */
async function currentModel(): Promise<unknown> {
	const asked = await run(ask);
	assertSucceeded(asked);
	return outputOf(asked, 'Answer')[0].json.model;
}

/** What the note in the Slack workflow asks for before a move. */
async function pickNewProvider(account: { id: string; name: string }): Promise<void> {
	const workflow = exportedWorkflow(AGENT);
	const node = workflow.nodes.find(({ name }) => name === 'Ask New Provider')!;
	node.credentials = { [CREDENTIAL_TYPE]: account };
	await stage.rest.publish(await stage.rest.updateWorkflow(workflow.id!, workflow));
}

/** Who answers a colleague in Slack now. */
async function modelInSlack(): Promise<unknown> {
	const answer = await slack.answerTo(slack.desk.say({ text: Q3 }));
	return (answer.metadata as { event_payload: Json }).event_payload.model;
}

describe('a move from OpenAI to Nebius, as exported', () => {
	let report: string;
	let newModel: string;

	test('leaves the old model in place while the new one behaves differently', async () => {
		expect(await currentModel()).toBe(oldModel);
		expect(await modelInSlack()).toBe(oldModel);
		assertSucceeded(await run(move));
		const [mail] = mailbox.messages.splice(0);
		expect(mail.subject).toBe('Not moved: support differs too much');
		expect(mail.text).toContain('in 0 of 12 questions (0 %)');
		expect(mail.attachments).toEqual(['move-to-another-provider-report.html']);
		expect(mail.text).not.toMatch(/undefined|null|NaN|\[object/);
		expect(await currentModel()).toBe(oldModel);
	});

	test('switches the model once the new one gives the same answers', async () => {
		teach(provider.lab);
		const moved = await run(move);
		assertSucceeded(moved);
		const [mail] = mailbox.messages.splice(0);
		expect(mail.subject).toMatch(/^Moved: support now answers with .*-LoRa:support-/);
		expect(mail.text).toContain('in 11 of 12 questions (91.7 %)');
		newModel = String(outputOf(moved, 'New Model')[0].json.model);
		expect(await currentModel()).toBe(newModel);
		report = await reportOf(moved);
	});

	test('trained the new model on the examples that are not in the golden set', async () => {
		const [upload] = [...provider.lab.files.values()].slice(-1);
		const lines = upload.content.toString('utf8').trim().split('\n');
		expect(lines.length).toBeGreaterThanOrEqual(40);
		const [created] = provider.lab.seen('POST /v1/fine_tuning/jobs').slice(-1);
		expect(created.body).toMatchObject({ training_file: upload.id });
	});

	describe('in Slack', () => {
		const lastAnswer = async () => (await slack.rows('slack_answers')).at(-1);

		test('the new model answers, asked as the old one was', async () => {
			expect(await modelInSlack()).toBe(newModel);
			const [asked] = provider.lab.seen('POST /v1/chat/completions').slice(-1);
			expect(asked.body).toMatchObject({
				model: newModel,
				messages: [
					{ role: 'system', content: expect.stringContaining('Alderbrook') as string },
					{ role: 'user', content: Q3 },
				],
			});
			expect(await lastAnswer()).toMatchObject({ model: newModel, fellBack: false });
		});

		test('the old model answers while the new provider has none, and the log says so', async () => {
			provider.lab.models.delete(newModel);
			expect(await modelInSlack()).toBe(oldModel);
			provider.lab.models.add(newModel);
			expect(await lastAnswer()).toMatchObject({ model: oldModel, fellBack: true });
		});

		test('the row decides which old model answers, too', async () => {
			const row = { model: 'gpt-4.1-mini', account: 'old' };
			await stage.rest.request('POST', `${await pathOfTable(stage, 'models')}/upsert`, {
				filter: { filters: [{ columnName: 'name', value: 'support' }] },
				data: { name: 'support', ...row },
			});
			expect(await currentModel()).toMatch(/^gpt-4\.1-mini/);
			expect(await modelInSlack()).toMatch(/^gpt-4\.1-mini/);
			expect(await lastAnswer()).toMatchObject({ fellBack: false });
		});
	});

	describe('the report', () => {
		let browser: Browser;

		beforeAll(async () => {
			browser = await chromium.launch({
				executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
				args: ['--no-sandbox', '--disable-dev-shm-usage'],
			});
		});
		afterAll(async () => await browser?.close());

		test.each([
			['light', 1200],
			['dark', 1200],
			['light', 400],
		] as const)('shows what differs, %s at %i pixels', async (colorScheme, width) => {
			const page = await browser.newPage({ colorScheme, viewport: { width, height: 1320 } });
			const loaded: string[] = [];
			page.on('request', (request) => loaded.push(request.url()));
			await page.setContent(report);
			expect(await page.getByText('Different (1)').isVisible()).toBe(true);
			expect(await page.locator('details[open] del').count()).toBeGreaterThan(0);
			expect(await page.locator('details:not([open])').count()).toBe(11);
			const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
			expect(wide).toBeLessThanOrEqual(0);
			expect(loaded).toEqual([]);
			if (SCREENSHOTS) {
				await page.screenshot({
					path: join(SCREENSHOTS, `golden-set-report-${colorScheme}-${width}.png`),
				});
			}
			await page.close();
		});
	});
});

/** The new model answers as the training examples do; to one question of the golden set it says something else. */
function teach(lab: Lab): void {
	const pairs = JSON.parse(
		readFileSync(join(ROOT, 'workflows', 'samples', 'alderbrook-training.json'), 'utf8'),
	) as Array<{ question: string; answer: string }>;
	const answers = new Map(pairs.map(({ question, answer }) => [question, answer]));
	const complete = lab.complete.bind(lab);
	const uploaded = [...lab.files.values()][0].content.toString('utf8');
	const heldOut = pairs.filter(({ question }) => !uploaded.includes(JSON.stringify(question)));
	lab.complete = (body: Json) => {
		const completion = complete(body);
		const last = (body.messages as Json[]).at(-1)?.content as string;
		const [choice] = (completion?.choices ?? []) as Array<{ message: Json }>;
		if (!choice) return completion;
		const answer = answers.get(last) ?? 'I do not know.';
		choice.message.content =
			last === heldOut[0].question
				? `${answer.split(' ').slice(0, 4).join(' ')} something else altogether, please ask your team lead.`
				: last === heldOut[1].question
					? answer.toUpperCase()
					: answer;
		return completion;
	};
}

async function reportOf(execution: Execution): Promise<string> {
	const item = execution.resultData.runData.Compare[0].data!.main[1]![0];
	const { report } = item.binary as { report: { id?: string; data: string } };
	return report.id === undefined
		? Buffer.from(report.data, 'base64').toString('utf8')
		: await stage.rest.fileText(report.id);
}

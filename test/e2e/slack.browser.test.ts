import type { Locator, Page } from 'playwright-core';

import { Editor } from './editor';
import { picture } from './pictures';
import { ONBOARDING, openSlackStage, Q3, type SlackStage, untilThere } from './slackStage';
import { workflowOf } from './workflows';

jest.setTimeout(240_000);

const PHONE = { width: 360, height: 740 };

let slack: SlackStage;
let editor: Editor;
let page: Page;

beforeAll(async () => {
	slack = await openSlackStage('slack-browser');
	editor = await Editor.open(slack.stage.n8n.url);
	page = await openPage();
});

afterAll(async () => {
	await editor?.close();
	await slack?.close();
});

async function openPage(more: { colorScheme?: 'dark'; viewport?: typeof PHONE } = {}) {
	const opened = await editor.browser.newPage({
		viewport: { width: 1180, height: 800 },
		colorScheme: 'light',
		...more,
	});
	opened.setDefaultTimeout(30_000);
	await opened.goto(slack.url);
	await opened.getByRole('heading', { level: 2 }).waitFor();
	return opened;
}

/** The thread that begins with a text, the newest of them. */
const thread = (text: string): Locator => page.locator('article').filter({ hasText: text }).last();

async function shot(of: Page, name: string): Promise<void> {
	await of.screenshot({ path: picture(name) });
}

describe('a newcomer at the chat page', () => {
	test('types a question, sees that the app thinks, and reads the answer in the thread', async () => {
		slack.stage.server.addFault({ path: '^/v1/chat', delayMs: 1_500 });
		await page.getByLabel('Ask a question').fill(Q3);
		await page.keyboard.press('Enter');
		await thread(Q3)
			.getByText(/is thinking/)
			.waitFor();
		await thread(Q3).getByText('Meeting room availability was rated lowest').waitFor();
		expect(
			await thread(Q3)
				.getByText(/is thinking/)
				.count(),
		).toBe(0);
	});

	test('asks the other question by keyboard alone', async () => {
		await page.keyboard.type(ONBOARDING);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await thread(ONBOARDING).getByText('Late laptops: 38 percent').waitFor();
	});

	test('asks a follow-up that only makes sense in its thread', async () => {
		await thread(Q3).getByRole('button', { name: 'Reply in thread' }).click();
		await page.keyboard.type('And the best one?');
		await page.keyboard.press('Enter');
		await thread(Q3).getByText('Support from direct colleagues came first').waitFor();
	});

	test('presses a button, and the rating is in the data table', async () => {
		const button = { name: /good/i };
		await thread(ONBOARDING).getByRole('button', button).click();
		await thread(ONBOARDING)
			.getByRole('button', { ...button, pressed: true })
			.waitFor();
		const rows = await untilThere(async () => {
			const found = await slack.rows('slack_ratings');
			return found.length > 0 ? found : undefined;
		});
		expect(rows).toMatchObject([{ question: ONBOARDING, rating: 'good' }]);
		await shot(page, 'slack-chat.png');
	});

	test('mentions the app in the channel', async () => {
		await page.getByRole('button', { name: '# help-desk' }).click();
		await page.getByRole('button', { name: 'Mention the app' }).click();
		await page.keyboard.type(Q3);
		await page.keyboard.press('Enter');
		await thread(Q3).getByText('Meeting room availability').waitFor();
	});

	test('finds the page in the dark and on a phone, without a scroll bar below', async () => {
		const dark = await openPage({ colorScheme: 'dark' });
		await shot(dark, 'slack-chat-dark.png');
		await dark.close();
		const phone = await openPage({ viewport: PHONE });
		await shot(phone, 'slack-chat-phone.png');
		const width = await phone.evaluate('document.documentElement.scrollWidth');
		expect(width).toBe(PHONE.width);
		await phone.close();
	});

	test('reads what a model writes as text, whatever it writes', async () => {
		const text =
			'<img src=x onerror="document.title=1"> [a](javascript:alert(1)) **bold** <b>b</b>';
		slack.desk.workspace.post({
			...{ channel: 'D0ASKMAYA01', user: slack.desk.app.botUserId, text },
			blocks: [{ type: 'markdown', text }],
		});
		await page.getByRole('button', { name: 'Ask Alderbrook' }).click();
		const shown = page.locator('.message').filter({ hasText: 'onerror' });
		expect(await shown.locator('.body strong').textContent()).toBe('bold');
		expect(await shown.locator('.body').locator('img, b, a').count()).toBe(0);
	});
});

describe('in the editor', () => {
	test('the workflow shows what it does', async () => {
		await editor.page.setViewportSize({ width: 1500, height: 900 });
		await editor.openWorkflow(slack.main.id);
		await editor.screenshot(picture('slack-workflow.png'));
		await editor.openWorkflow('FineTuneSlackAI1');
		await editor.screenshot(picture('slack-answer-workflow.png'));
	});

	test('one node asks, streams the answer and keeps the thread', async () => {
		const [{ model }] = await slack.rows('slack_answers');
		const workflow = workflowOf('Slack in two nodes', {
			name: 'Slack Answer',
			type: 'slackAnswer',
			parameters: { operation: 'answer', model: { __rl: true, mode: 'id', value: model } },
			credential: slack.stage.credential,
		});
		const [trigger, answer] = workflow.nodes;
		const main = slack.main.nodes.find(({ name }) => name === 'Slack Question Trigger')!;
		Object.assign(trigger, { ...main, id: trigger.id, webhookId: trigger.id });
		answer.credentials = { ...answer.credentials, ...main.credentials };
		const { connections } = workflow as { connections: Record<string, unknown> };
		workflow.connections = { [main.name]: Object.values(connections)[0] };
		const saved = await slack.stage.rest.createWorkflow(workflow);
		await slack.stage.rest.publish(saved);
		await slack.connect(saved);
		await page.getByLabel('Ask a question').fill(`${ONBOARDING} Once more.`);
		await page.keyboard.press('Enter');
		await thread('Once more.').getByText('Late laptops: 38 percent').waitFor();
		await thread('Once more.').getByRole('button', { name: /good/i }).waitFor();
		const methods = slack.desk.calls.map(({ method }) => method);
		expect(methods).toEqual(expect.arrayContaining(['chat.startStream', 'chat.stopStream']));
		await shot(page, 'slack-chat-stream.png');
	});
});

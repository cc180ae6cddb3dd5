import {
	assertSucceeded,
	type Execution,
	followExecution,
	outputOf,
	type SavedWorkflow,
} from '../../sandbox/n8n';
import { ARTICLES } from '../../sandbox/tickets/samples';

import { notionId, type NotionPage, type NotionStandIn, startNotionStandIn } from './notionStandIn';
import { openStage, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

jest.setTimeout(240_000);

const PUBLISHED = ARTICLES.filter(({ published }) => published);
const MAIL = 'helpdesk.team@alderbrook.example';
const CARD = '4111 1111 1111 1111';
const WITH_PERSONAL_DATA: NotionPage = {
	...PUBLISHED[0],
	number: 90,
	title: 'Paying with the company card',
	body: `Send the receipt to ${MAIL}. The card of the front desk is ${CARD}.`,
};
const DOUBLE: NotionPage = { ...PUBLISHED[7], number: 91 };
const EMPTY: NotionPage = { ...PUBLISHED[8], number: 92, title: 'To be written', body: '' };
const PAGES: NotionPage[] = [
	...ARTICLES.map((article, index) => ({ ...article, ...whyNotPublished(article, index) })),
	WITH_PERSONAL_DATA,
	DOUBLE,
	EMPTY,
];

let notion: NotionStandIn;
let stage: Stage;
let workflow: SavedWorkflow;

beforeAll(async () => {
	notion = await startNotionStandIn(PAGES);
	stage = await openStage('knowledge', {}, notion.env);
	await stage.rest.putCredential({
		name: 'Notion account',
		type: 'notionApi',
		data: { apiKey: notion.secret },
	});
	workflow = await stage.rest.createWorkflow(
		exportedWorkflow('generate-training-data-notion.json'),
	);
});

afterAll(async () => {
	await stage?.close();
	await notion?.close();
});

beforeEach(() => {
	notion.requests.splice(0);
});

describe('from a Notion knowledge base to a file, with the workflow as exported', () => {
	let execution: Execution;

	beforeAll(async () => {
		execution = await run();
	});

	test('every published page with a text becomes one example', async () => {
		const [{ json, binary }] = outputOf(execution, 'Write Report');
		const examples = await linesOf(binary);
		expect(examples.map(questionOf).sort()).toEqual(
			[...PUBLISHED, WITH_PERSONAL_DATA].map(({ title }) => title).sort(),
		);
		expect(json.report).toMatchObject({
			tickets: PAGES.length,
			pairs: PUBLISHED.length + 2,
			examples: PUBLISHED.length + 1,
		});
		expect(fileNameOf(binary)).toBe('knowledge-training.jsonl');
	});

	test('what is left out is counted by reason, and is not in the file', async () => {
		const [{ json, binary }] = outputOf(execution, 'Write Report');
		expect((json.report as { leftOut: object }).leftOut).toEqual({
			not_published: ARTICLES.length - PUBLISHED.length,
			no_agent_answer: 1,
			exact_duplicate: 1,
		});
		expect(JSON.stringify(await linesOf(binary))).not.toContain('UNPUBLISHED');
	});

	test('tables, code and text beyond ASCII arrive as they were written', async () => {
		const examples = await linesOf(outputOf(execution, 'Write Report')[0].binary);
		for (const title of ['Printers in Berlin', 'Passwort zurücksetzen']) {
			const { body } = PUBLISHED.find((page) => page.title === title)!;
			expect(answerOf(examples.find((one) => questionOf(one) === title)!)).toBe(body);
		}
	});

	test('mail addresses and card numbers are masked', async () => {
		const text = JSON.stringify(await linesOf(outputOf(execution, 'Write Report')[0].binary));
		expect(text).not.toContain(MAIL);
		expect(text).not.toContain(CARD);
		expect(text).toMatch(/Send the receipt to \[EMAIL/i);
	});
});

describe('what Notion sees', () => {
	test('the list page by page, then each page once, with its secret and version', async () => {
		assertSucceeded(await run());
		const searches = notion.requests.filter(({ path }) => path === '/v1/search');
		expect(searches.map(({ body }) => body?.start_cursor === undefined)).toEqual([
			true,
			...Array.from({ length: Math.ceil(PAGES.length / 5) - 1 }, () => false),
		]);
		expect(searches[0].body?.filter).toEqual({ property: 'object', value: 'page' });
		expect(pathsOfTexts()).toEqual(PAGES.map(textPath).sort());
		for (const { authorization, version } of notion.requests) {
			expect(authorization.trim()).toBe(`Bearer ${notion.secret}`);
			expect(version).toBe('2026-03-11');
		}
	});

	test('nobody else hears of it', async () => {
		assertSucceeded(await run());
		expect(notion.requests.length).toBeGreaterThan(PAGES.length);
		expect(notion.strays).toEqual([]);
	});
});

describe('when Notion refuses', () => {
	test('a rate limit in the middle costs a second look, not a page', async () => {
		notion.limitOnce(textPath(PAGES[5]), 1);
		const execution = await run();
		assertSucceeded(execution);
		expect(outputOf(execution, 'Page With Text').map(({ json }) => json.id)).toEqual(
			PAGES.map(notionId),
		);
		const askedFor = (page: NotionPage) =>
			pathsOfTexts().filter((path) => path === textPath(page)).length;
		expect(askedFor(PAGES[5])).toBe(2);
		// Pages are asked for ten at a time: the others need not be asked for again.
		expect(PAGES.slice(10).map(askedFor)).toEqual(PAGES.slice(10).map(() => 1));
	});

	test('a secret that has died stops the run, and is not in what n8n keeps of it', async () => {
		const credential = { name: 'Notion account', type: 'notionApi' };
		await stage.rest.putCredential({ ...credential, data: { apiKey: 'ntn_died_last_year' } });
		const { status, resultData } = await run();
		await stage.rest.putCredential({ ...credential, data: { apiKey: notion.secret } });
		expect(status).toBe('error');
		expect(resultData.lastNodeExecuted).toBe('Find Pages');
		expect(JSON.stringify(resultData)).not.toContain('ntn_died_last_year');
	});
});

async function run(): Promise<Execution> {
	const execution = await stage.rest.runWorkflow(workflow.id, 'Start Here');
	return await followExecution(stage.rest, execution, { timeoutMs: 120_000 });
}

/** One way of not being published after the other. */
function whyNotPublished({ published }: { published: boolean }, index: number) {
	if (published) return {};
	return index % 2 === 0 ? { status: 'Draft' as const } : { inTrash: true };
}

const textPath = (page: NotionPage) => `/v1/pages/${notionId(page)}/markdown`;

function pathsOfTexts(): string[] {
	return notion.requests
		.map(({ path }) => path)
		.filter((path) => path.endsWith('/markdown'))
		.sort();
}

interface Example {
	messages: Array<{ role: string; content: string }>;
}

const questionOf = ({ messages }: Example) => messages.find(({ role }) => role === 'user')!.content;
const answerOf = ({ messages }: Example) =>
	messages.find(({ role }) => role === 'assistant')!.content;

const fileNameOf = (binary: unknown) => (binary as { data: { fileName: string } }).data.fileName;

/** The file itself, which n8n keeps apart from the execution. */
async function linesOf(binary: unknown): Promise<Example[]> {
	const { data } = binary as { data: { id?: string; data: string } };
	const text = data.id
		? await stage.rest.fileText(data.id)
		: Buffer.from(data.data, 'base64').toString('utf8');
	return text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Example);
}

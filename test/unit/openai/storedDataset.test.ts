import type { Transport } from '../../../lib/http/types';
import { storedCompletions } from '../../../lib/openai/storedCompletions';
import { type StoredDatasetOptions, storedExamples } from '../../../lib/openai/storedDataset';

const OPTIONS: StoredDatasetOptions = {
	finishReasons: new Set(['stop']),
	includeTools: true,
	minAnswerLength: 0,
};

interface Kept {
	question: string;
	finish?: string;
}

const same = (count: number): Kept[] => Array.from({ length: count }, () => ({ question: 'Why?' }));
const different = (count: number): Kept[] =>
	Array.from({ length: count }, (_, index) => ({ question: `Question ${index}?` }));

/** A provider that keeps these, a hundred a page; `asked` has every path. */
function provider(kept: Kept[]) {
	const asked: string[] = [];
	const completions = kept.map(({ finish = 'stop' }, index) => ({
		id: `chatcmpl-${index}`,
		choices: [{ message: { content: 'Because.' }, finish_reason: finish }],
	}));
	const transport = (async ({ path, query }) => {
		asked.push(path);
		const messagesOf = /chatcmpl-(\d+)\/messages$/.exec(path)?.[1];
		if (messagesOf !== undefined) {
			const { question } = kept[Number(messagesOf)];
			return { data: { data: [{ id: 'm', role: 'user', content: question }] } };
		}
		const start = completions.findIndex(({ id }) => id === query?.after) + 1;
		const data = completions.slice(start, start + 100);
		return { data: { data, has_more: start + 100 < completions.length } };
	}) as Transport;
	return { transport, asked };
}

async function exported(kept: Kept[], limit: number) {
	const { transport, asked } = provider(kept);
	const examples = storedExamples(transport, storedCompletions(transport), OPTIONS, limit);
	const lines: string[] = [];
	let next = await examples.next();
	for (; !next.done; next = await examples.next()) lines.push(next.value.line);
	return {
		lines,
		report: next.value,
		messages: asked.filter((path) => path.endsWith('/messages')).length,
		pages: asked.filter((path) => path === '/chat/completions').length,
	};
}

it.each([1, 3, 49, 50, 51, 120])(
	'reads the messages of %i completions for as many',
	async (limit) => {
		const { lines, report, messages, pages } = await exported(different(300), limit);
		expect(lines).toHaveLength(limit);
		expect(messages).toBe(limit);
		expect(pages).toBe(Math.ceil(limit / 100));
		expect(report).toEqual({ read: limit, examples: limit, left_out: {} });
	},
);

it('reads on for those that make no example of their own', async () => {
	const unfinished = { question: 'Half?', finish: 'length' };
	const kept = [...same(3), unfinished, ...different(9)];
	const { lines, report, messages } = await exported(kept, 2);
	expect(lines.map((line) => JSON.parse(line).messages[0].content)).toEqual([
		'Why?',
		'Question 0?',
	]);
	expect(messages).toBe(4);
	expect(report).toEqual({ read: 5, examples: 2, left_out: { duplicate: 2, not_finished: 1 } });
});

it('reads all there is without a limit', async () => {
	const { lines, report, messages, pages } = await exported(different(230), Infinity);
	expect([lines.length, messages, pages]).toEqual([230, 230, 3]);
	expect(report).toEqual({ read: 230, examples: 230, left_out: {} });
});

it('asks for nothing when nothing is wanted', async () => {
	expect(await exported(different(3), 0)).toMatchObject({ lines: [], messages: 0, pages: 0 });
});

import { useNock } from '../harness';
import { question, World } from './support';

useNock();
const world = new World();
beforeAll(async () => await world.start());
beforeEach(() => world.reset());
afterAll(async () => await world.stop());

const ROOT = '1700000000.000100';
const followUp = () =>
	question({
		text: 'And the second?',
		ts: '1700000003.000300',
		threadTs: ROOT,
		replyThreadTs: ROOT,
	});
const messages = [
	{ ts: ROOT, user: 'U1', text: '<@UBOT> What was the main complaint?' },
	{ ts: '1700000001.000200', user: 'UBOT', bot_id: 'BBOT', text: 'Noise levels' },
	{ ts: '1700000002.000200', user: 'UX', bot_id: 'BX', text: 'Reminder!' },
	{ ts: '1700000003.000300', user: 'U1', text: 'And the second?' },
];
const asked = () => world.of('chat/completions')[0].messages;

function fakeMemory(remembered: object[] = []) {
	const saved: unknown[] = [];
	return {
		saved,
		response: {
			memoryKey: 'chat_history',
			loadMemoryVariables: async () => ({ chat_history: remembered }),
			saveContext: async (...turn: unknown[]) => void saved.push(turn),
		},
	};
}

describe('the thread as memory', () => {
	it('gives the model what was said before the question', async () => {
		world.answer('conversations.replies', { ok: true, messages });
		world.says('Parking');
		await world.run({}, { items: [followUp()] });
		expect(world.of('conversations.replies')).toEqual([
			{
				channel: 'D0001',
				ts: ROOT,
				latest: '1700000003.000300',
				limit: '200',
				include_all_metadata: 'true',
			},
		]);
		expect(asked()).toEqual([
			{ role: 'user', content: 'What was the main complaint?' },
			{ role: 'assistant', content: 'Noise levels' },
			{ role: 'user', content: 'And the second?' },
		]);
	});

	it('keeps to the limit', async () => {
		world.answer('conversations.replies', { ok: true, messages });
		world.says('Parking');
		await world.run({ threadLimit: 1 }, { items: [followUp()] });
		expect(asked()).toEqual([
			{ role: 'assistant', content: 'Noise levels' },
			{ role: 'user', content: 'And the second?' },
		]);
	});

	it('asks Slack for nothing when the question begins the thread, or none is wanted', async () => {
		world.says('One', 'Two');
		await world.run();
		await world.run({ memorySource: 'none' }, { items: [followUp()] });
		expect(world.methods()).not.toContain('conversations.replies');
	});

	it('tells the person when the thread cannot be read', async () => {
		world.answer('conversations.replies', {
			ok: false,
			error: 'missing_scope',
			needed: 'im:history',
		});
		const { error } = await world.run({}, { items: [followUp()] });
		expect(error?.message).toContain('lacks the scope im:history');
		expect(world.of('chat.postMessage')).toHaveLength(1);
		expect(world.of('chat/completions')).toEqual([]);
	});
});

describe('a connected memory', () => {
	it('is used in place of the thread, and told of the turn', async () => {
		world.says('Parking');
		const memory = fakeMemory([{ role: 'user', content: 'Before' }]);
		await world.run({}, { items: [followUp()], subNodes: { ai_memory: [memory] } });
		expect(world.methods()).not.toContain('conversations.replies');
		expect(asked()).toEqual([
			{ role: 'user', content: 'Before' },
			{ role: 'user', content: 'And the second?' },
		]);
		expect(memory.saved).toEqual([[{ input: 'And the second?' }, { output: 'Parking' }]]);
	});

	it('is told nothing of a question without an answer', async () => {
		world.answer('chat/completions', (response) => {
			response.writeHead(400).end('{"error":{"message":"no"}}');
		});
		const memory = fakeMemory();
		await world.run({ memorySource: 'memory' }, { subNodes: { ai_memory: [memory] } });
		expect(memory.saved).toEqual([]);
	});
});

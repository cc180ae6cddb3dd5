import { type ChatMemory, isChatMemory, loadMemory } from '../../../../lib/openai/chat/memory';

function memoryWith(variables: Record<string, unknown>, memoryKey?: string): ChatMemory {
	return {
		memoryKey,
		loadMemoryVariables: async () => variables,
		saveContext: async () => undefined,
	};
}

/** As LangChain's message classes look from outside. */
class Message {
	constructor(
		private readonly kind: string,
		readonly content: unknown,
		extra: object = {},
	) {
		Object.assign(this, extra);
	}

	getType() {
		return this.kind;
	}
}

describe('loadMemory', () => {
	it('reads LangChain messages', async () => {
		const memory = memoryWith({
			chat_history: [
				new Message('system', 'S'),
				new Message('human', [{ type: 'text', text: 'Q' }]),
				new Message('ai', '', { tool_calls: [{ id: 'c', name: 'f', args: { a: 1 } }] }),
				new Message('tool', 'R', { tool_call_id: 'c' }),
				new Message('ai', 'A'),
			],
		});
		expect(await loadMemory(memory, 'next')).toEqual([
			{ role: 'system', content: 'S' },
			{ role: 'user', content: [{ type: 'text', text: 'Q' }] },
			{
				role: 'assistant',
				content: null,
				tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
			},
			{ role: 'tool', tool_call_id: 'c', content: 'R' },
			{ role: 'assistant', content: 'A' },
		]);
	});

	it('finds the messages under whatever name the memory uses', async () => {
		const messages = [new Message('human', 'Q')];
		expect(await loadMemory(memoryWith({ past: messages }, 'past'), '')).toHaveLength(1);
		expect(await loadMemory(memoryWith({ other: messages }), '')).toHaveLength(1);
		expect(await loadMemory(memoryWith({}), '')).toEqual([]);
	});

	it('takes a summary as an instruction', async () => {
		expect(await loadMemory(memoryWith({ chat_history: 'They spoke of pay.' }), '')).toEqual([
			{ role: 'system', content: 'They spoke of pay.' },
		]);
	});

	it('drops a tool result whose call fell out of the window', async () => {
		const memory = memoryWith({
			chat_history: [new Message('tool', 'R', { tool_call_id: 'c' }), new Message('ai', 'A')],
		});
		expect(await loadMemory(memory, '')).toEqual([{ role: 'assistant', content: 'A' }]);
	});
});

describe('isChatMemory', () => {
	it('tells memories from other things', () => {
		expect(isChatMemory(memoryWith({}))).toBe(true);
		expect([undefined, null, {}, 'x', []].some(isChatMemory)).toBe(false);
	});
});

import type { JsonObject, JsonValue } from '../../../../lib/dataset/types';

/** One good example of each format, with everything in it that the format allows. */
export const PLAIN: JsonObject = {
	messages: [
		{ role: 'system', content: 'Answer briefly.' },
		{ role: 'user', content: 'Where is my order?' },
		{ role: 'assistant', content: 'It left our warehouse yesterday.' },
	],
};

export const ORDER_TOOL: JsonObject = {
	type: 'function',
	function: {
		name: 'get_order',
		description: 'Looks an order up',
		parameters: {
			type: 'object',
			properties: { id: { type: 'integer', minimum: 1 }, lang: { enum: ['en', 'de'] } },
			required: ['id'],
			additionalProperties: false,
		},
		strict: true,
	},
};

export const WITH_TOOLS: JsonObject = {
	messages: [
		{ role: 'user', content: 'Where is order 7?' },
		{
			role: 'assistant',
			content: null,
			tool_calls: [
				{ id: 'call_1', type: 'function', function: { name: 'get_order', arguments: '{"id": 7}' } },
			],
		},
		{ role: 'tool', tool_call_id: 'call_1', content: '{"state": "sent"}' },
		{ role: 'assistant', content: 'It is on its way.', weight: 1 },
	],
	tools: [ORDER_TOOL],
	parallel_tool_calls: false,
};

export const PNG = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==';

export const WITH_IMAGES: JsonObject = {
	messages: [
		{
			role: 'user',
			content: [
				{ type: 'text', text: 'What is broken here?' },
				{ type: 'image_url', image_url: { url: 'https://example.com/a.jpg', detail: 'low' } },
				{ type: 'image_url', image_url: { url: PNG } },
			],
		},
		{ role: 'assistant', content: 'The hinge.' },
	],
};

export const PREFERENCE: JsonObject = {
	input: { messages: [{ role: 'user', content: 'Thank the customer.' }], tools: [ORDER_TOOL] },
	preferred_output: [{ role: 'assistant', content: 'Thank you very much!' }],
	non_preferred_output: [{ role: 'assistant', content: 'ok' }],
};

export const REINFORCEMENT: JsonObject = {
	messages: [
		{ role: 'developer', content: 'Answer with one word.' },
		{ role: 'user', content: 'Capital of France?' },
	],
	reference_answer: 'Paris',
};

export const PAIR: JsonObject = { prompt: 'Capital of France?', completion: ' Paris' };

export const GOOD = { PLAIN, WITH_TOOLS, WITH_IMAGES, PREFERENCE, REINFORCEMENT, PAIR };

/** A deep copy with the value at a path of names and indexes changed; `undefined` takes it away. */
export function withChange(
	value: JsonObject,
	path: Array<string | number>,
	change: JsonValue | undefined,
): JsonObject {
	const copy = structuredClone(value);
	let place = copy as Record<string | number, never>;
	for (const name of path.slice(0, -1)) place = place[name];
	const last = path[path.length - 1];
	if (change !== undefined) (place as Record<string | number, unknown>)[last] = change;
	else if (Array.isArray(place)) place.splice(Number(last), 1);
	else delete place[last];
	return copy;
}

/** Bytes in chunks cut at the given places. */
export function* chunked(bytes: Uint8Array, cuts: number[] = []): Generator<Uint8Array> {
	const borders = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
	for (let index = 1; index < borders.length; index++) {
		const chunk = bytes.subarray(borders[index - 1], borders[index]);
		if (chunk.length > 0) yield chunk;
	}
}

export function utf8(text: string): Buffer {
	return Buffer.from(text, 'utf8');
}

/** A file of that many times the same line. */
export function jsonl(example: JsonObject, lines = 10): string {
	return `${JSON.stringify(example)}\n`.repeat(lines);
}

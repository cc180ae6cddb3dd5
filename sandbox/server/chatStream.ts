import type { Answer, Choice } from './answer';
import type { Body } from './check';

/** The lines of a streamed answer: each choice's role, its text word by word or its tool call in pieces, its end; the usage if asked for; `[DONE]`. */
export function* streamLines(head: Body, answer: Answer, includeUsage: boolean): Generator<string> {
	const base = { ...head, object: 'chat.completion.chunk', ...(includeUsage && { usage: null }) };
	for (const choice of answer.choices) {
		for (const delta of deltasOf(choice)) yield line(base, choice.index, delta, null);
		yield line(base, choice.index, {}, choice.finish_reason);
	}
	if (includeUsage) yield event({ ...base, choices: [], usage: answer.usage });
	yield 'data: [DONE]\n\n';
}

function* deltasOf({ message }: Choice): Generator<Body> {
	const { content, tool_calls: calls } = message;
	if (!calls) {
		yield { role: 'assistant', content: '', refusal: null };
		for (const word of (content ?? '').match(/\s*\S+|\s+$/g) ?? []) yield { content: word };
		return;
	}
	yield { role: 'assistant', content: null };
	for (const [index, call] of (calls as Array<Body & { function: Body }>).entries()) {
		const { name, arguments: json } = call.function;
		yield { tool_calls: [{ ...call, index, function: { name, arguments: '' } }] };
		for (const piece of String(json).match(/[\s\S]{1,12}/g) ?? []) {
			yield { tool_calls: [{ index, function: { arguments: piece } }] };
		}
	}
}

function line(base: Body, index: number, delta: Body, finish_reason: string | null): string {
	return event({ ...base, choices: [{ index, delta, logprobs: null, finish_reason }] });
}

function event(data: Body): string {
	return `data: ${JSON.stringify(data)}\n\n`;
}

import type { ChatMessage, JsonObject, JsonValue } from '../types';
import { writeConversation } from './sharegpt';
import {
	type Convertible,
	isDpo,
	type PlainConversation,
	type Refusal,
	type TargetFormat,
	type WriteResult,
} from './types';

/** One writer a format: from a chat example or a preference pair to its record. */
const WRITERS: { [format in TargetFormat]: (example: Convertible) => WriteResult } = {
	alpaca: writeAlpaca,
	chat: writeChat,
	csv: writeRow,
	dpo: writeDpo,
	openai: (example) => ({ record: example as unknown as JsonObject }),
	promptCompletion: writePromptCompletion,
	sharegpt: writeShareGpt,
	trl: writeTrl,
};

export function writeRecord(example: Convertible, format: TargetFormat): WriteResult {
	return WRITERS[format](example);
}

function writeChat(example: Convertible): WriteResult {
	if (!isDpo(example)) return { record: example as unknown as JsonObject };
	const { input, preferred_output: preferred } = example;
	const record = { ...input, messages: [...input.messages, ...preferred] };
	return { record: record as unknown as JsonObject, lost: ['non_preferred_output'] };
}

function writeDpo(example: Convertible): WriteResult {
	if (isDpo(example)) return { record: example as unknown as JsonObject };
	return {
		finding: {
			code: 'no_preference',
			message: 'The example has one answer; a preference pair needs a better and a worse one.',
			fix: 'Convert it to chat, or build pairs with the Build operation.',
		},
	};
}

function writeTrl(example: Convertible): WriteResult {
	if (!isDpo(example)) return { record: example as unknown as JsonObject };
	const { input, preferred_output: chosen, non_preferred_output: rejected } = example;
	const { messages: prompt, ...settings } = input;
	const { tools, ...others } = settings;
	const record = { prompt, chosen, rejected, ...(tools ? { tools } : {}) };
	return { record: record as unknown as JsonObject, lost: Object.keys(others) };
}

function writeShareGpt(example: Convertible): WriteResult {
	const { messages, tools, outputs, lost } = partsOf(example);
	const [first] = messages;
	const hasSystem = first?.role === 'system' || first?.role === 'developer';
	const conversations = writeConversation(hasSystem ? messages.slice(1) : messages);
	const answers = outputs.map((output) => writeConversation(output));
	if (
		!conversations ||
		(hasSystem && typeof first.content !== 'string') ||
		answers.some((turns) => turns?.length !== 1)
	) {
		return {
			finding: notRepresentable('ShareGPT', 'images, several calls at once, or a call beside text'),
		};
	}
	const record: JsonObject = { conversations };
	if (hasSystem) record.system = first.content as string;
	if (tools) record.tools = JSON.stringify(tools.map((tool) => tool.function));
	const [chosen, rejected] = answers;
	if (chosen && rejected) [record.chosen, record.rejected] = [chosen[0], rejected[0]];
	return { record, lost };
}

function writeAlpaca(example: Convertible): WriteResult {
	const plain = plainConversation(example);
	if ('code' in plain) return { finding: plain };
	const { conversation, answers, lost } = plain;
	const record: JsonObject = { instruction: conversation.question, input: '' };
	if (answers.length === 2) [record.chosen, record.rejected] = answers;
	else [record.output] = answers;
	if (conversation.system !== undefined) record.system = conversation.system;
	if (conversation.history.length > 0) record.history = conversation.history;
	return { record, lost };
}

function writePromptCompletion(example: Convertible): WriteResult {
	const plain = plainConversation(example);
	if ('code' in plain) return { finding: plain };
	const { conversation, answers, lost } = plain;
	if (conversation.history.length > 0)
		return { finding: severalTurns('A prompt and a completion') };
	const { system, question } = conversation;
	const prompt = system === undefined ? question : `${system}\n\n${question}`;
	return {
		record: { prompt, completion: answers[0] },
		lost: [...lost, ...(answers.length === 2 ? ['non_preferred_output'] : [])],
	};
}

/** Columns of a written table; the first example of a file decides between the two. */
export const TABLE_COLUMNS = {
	chat: ['system', 'question', 'answer'],
	dpo: ['system', 'prompt', 'chosen', 'rejected'],
};

function writeRow(example: Convertible): WriteResult {
	const plain = plainConversation(example);
	if ('code' in plain) return { finding: plain };
	const { conversation, answers, lost } = plain;
	if (conversation.history.length > 0) return { finding: severalTurns('A row') };
	const cells = [conversation.system ?? '', conversation.question, ...answers];
	const columns = isDpo(example) ? TABLE_COLUMNS.dpo : TABLE_COLUMNS.chat;
	return {
		record: Object.fromEntries(
			columns.map((column, index): [string, JsonValue] => [column, cells[index]]),
		),
		lost,
	};
}

interface Parts {
	messages: ChatMessage[];
	tools?: Array<{ function: object }>;
	/** The two answers of a preference pair; none for chat. */
	outputs: ChatMessage[][];
	/** Settings that other formats have no place for. */
	lost: string[];
}

function partsOf(example: Convertible): Parts {
	const { messages, tools, ...settings } = isDpo(example) ? example.input : example;
	const outputs = isDpo(example) ? [example.preferred_output, example.non_preferred_output] : [];
	const lost = Object.keys(settings);
	for (const key of ['weight', 'name'] as const) {
		if ([...messages, ...outputs.flat()].some((message) => message[key] !== undefined))
			lost.push(key);
	}
	return { messages, tools, outputs, lost };
}

/** Question and answer in text and in turn, as the simple formats have it; or why the example is not like that. */
function plainConversation(
	example: Convertible,
): { conversation: PlainConversation; answers: string[]; lost: string[] } | Refusal {
	const { messages, tools, outputs, lost } = partsOf(example);
	const texts = messages.map(({ content }) => textOf(content));
	const isSystem = messages[0]?.role === 'system' || messages[0]?.role === 'developer';
	const turns = isSystem ? messages.slice(1) : messages;
	const turnTexts = isSystem ? texts.slice(1) : texts;
	const inTurn = turns.every(
		({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'),
	);
	const answers =
		outputs.length > 0
			? outputs.map((output) => (output.length === 1 ? textOf(output[0].content) : undefined))
			: [turnTexts.pop()];
	const evenOut = turnTexts.length % 2 === 1;
	const allTexts = [...texts, ...answers];
	const hasCalls = messages.some((message) => message.tool_calls ?? message.function_call);
	if (tools || hasCalls || !inTurn || !evenOut || allTexts.some((text) => text === undefined)) {
		return notRepresentable(
			'This format',
			'tools, images, or messages that are not question and answer in turn',
		);
	}
	const question = turnTexts.pop() ?? '';
	const history: PlainConversation['history'] = [];
	for (let at = 0; at < turnTexts.length; at += 2)
		history.push([turnTexts[at] ?? '', turnTexts[at + 1] ?? '']);
	return {
		conversation: { system: isSystem ? texts[0] : undefined, history, question },
		answers: answers as string[],
		lost,
	};
}

/** The text of a message, also when it stands in parts; undefined when there is more than text. */
function textOf(content: ChatMessage['content']): string | undefined {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return undefined;
	const texts = content.map((part) => (part.type === 'text' ? part.text : undefined));
	return texts.includes(undefined) ? undefined : texts.join('');
}

function notRepresentable(format: string, what: string): Refusal {
	return {
		code: 'not_representable',
		message: `${format} has no place for ${what}.`,
		fix: 'Choose another format, or keep the example in OpenAI’s.',
	};
}

function severalTurns(what: string): Refusal {
	return {
		code: 'several_turns',
		message: `${what} can hold one question and its answer; the example has several turns.`,
		fix: 'Choose Alpaca, ShareGPT or TRL, which can hold whole conversations.',
	};
}

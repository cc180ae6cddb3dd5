/** Between the messages of n8n's AI nodes and those of the chat completions API. */
import type { GenerateResult, Message, MessageContent, Tool, TokenUsage } from '@n8n/ai-node-sdk';
import type {
	ChatCompletionContentPart,
	ChatCompletionMessageParam,
	ChatCompletionTool,
} from 'openai/resources/chat/completions';

import type { Answer, AnswerChoice } from '../../lib/openai/chat/answer';
import { SettingError } from '../../lib/openai/settingError';

import type { Sdk } from './sdk';

type FinishReason = NonNullable<GenerateResult['finishReason']>;
type Content<T extends MessageContent['type']> = Extract<MessageContent, { type: T }>;

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
	['stop', 'stop'],
	['length', 'length'],
	['content_filter', 'content-filter'],
	['tool_calls', 'tool-calls'],
	['function_call', 'tool-calls'],
]);

/** One of n8n's messages; the results of several tools are several messages of the API. */
export function toApiMessages({ role, content, name }: Message): ChatCompletionMessageParam[] {
	if (role === 'tool') return ofType(content, 'tool-result').map(toolMessage);
	const label = name ? { name } : {};
	if (role === 'system') return [{ role, content: textOf(content), ...label }];
	if (role === 'assistant') return [assistantMessage(content)];
	const files = ofType(content, 'file').flatMap(filePart);
	if (files.length === 0) return [{ role: 'user', content: textOf(content), ...label }];
	const text: ChatCompletionContentPart[] = [{ type: 'text', text: textOf(content) }];
	return [{ role: 'user', content: [...text, ...files], ...label }];
}

/** Tools that run at the provider are left out: chat completions do not have them. */
export function toApiTools(
	tools: readonly Tool[],
	schemaOf: Sdk['getParametersJsonSchema'],
): ChatCompletionTool[] {
	return tools
		.filter((tool) => tool.type === 'function')
		.map((tool) => ({
			type: 'function',
			function: {
				name: tool.name,
				...(tool.description ? { description: tool.description } : {}),
				parameters: parametersOf(schemaOf(tool)),
				...(tool.strict === undefined ? {} : { strict: tool.strict }),
			},
		}));
}

/** A second copy of the SDK does not know the schemas of n8n's own, and hands them over unread. */
function parametersOf(schema: object): Record<string, unknown> {
	if (!('_def' in schema)) return schema as Record<string, unknown>;
	throw new SettingError(
		"The tools of the AI node cannot be read: this package has found another @n8n/ai-node-sdk than n8n's own",
		'Remove the folder @n8n/ai-node-sdk from the folder of the community nodes (by default .n8n/nodes/node_modules) and restart n8n.',
	);
}

/** The first choice as one of n8n's messages. */
export function toMessage({ output, refusal, reasoning, tool_calls = [] }: AnswerChoice): Message {
	const content: MessageContent[] = [];
	if (reasoning) content.push({ type: 'reasoning', text: reasoning });
	const text = output || refusal;
	if (text || tool_calls.length === 0) content.push({ type: 'text', text: text ?? '' });
	for (const call of tool_calls) {
		content.push({
			type: 'tool-call',
			toolCallId: call.id,
			toolName: call.name,
			input: argumentsText(call.arguments),
		});
	}
	return { role: 'assistant', content };
}

export function finishReason({ finish_reason: reason }: AnswerChoice): FinishReason {
	return FINISH_REASONS.get(reason) ?? 'other';
}

export function tokenUsage({ usage }: Answer): TokenUsage | undefined {
	if (!usage) return undefined;
	return {
		promptTokens: usage.prompt_tokens,
		completionTokens: usage.completion_tokens,
		totalTokens: usage.total_tokens,
		...(usage.cached_tokens ? { inputTokenDetails: { cacheRead: usage.cached_tokens } } : {}),
		...(usage.reasoning_tokens
			? { outputTokenDetails: { reasoning: usage.reasoning_tokens } }
			: {}),
	};
}

/** Arguments that are not JSON are handed on as they came, for the agent to complain about. */
export function argumentsText(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function toolMessage({ toolCallId, result }: Content<'tool-result'>): ChatCompletionMessageParam {
	return { role: 'tool', tool_call_id: toolCallId, content: resultText(result) };
}

/** The SDK hands over a tool's content blocks as a list, and everything else as text. */
function resultText(result: unknown): string {
	if (typeof result === 'string') return result;
	const isContent = Array.isArray(result) && result.every((part) => part?.type === 'text');
	return isContent ? textOf(result as MessageContent[]) : (JSON.stringify(result) ?? '');
}

function assistantMessage(content: MessageContent[]): ChatCompletionMessageParam {
	const calls = ofType(content, 'tool-call').map(({ toolCallId, toolName, input }) => ({
		id: toolCallId ?? '',
		type: 'function' as const,
		function: { name: toolName, arguments: input },
	}));
	const text = textOf(content);
	if (calls.length === 0) return { role: 'assistant', content: text };
	return { role: 'assistant', content: text || null, tool_calls: calls };
}

function filePart({ mediaType, data, providerMetadata }: Content<'file'>) {
	const url = imageAddress(mediaType ?? '', data, providerMetadata?.url);
	return url ? [{ type: 'image_url' as const, image_url: { url } }] : [];
}

function imageAddress(type: string, data: unknown, url: unknown): string | undefined {
	if (typeof url === 'string' && url !== '') return url;
	if (!type.startsWith('image/')) return undefined;
	if (typeof data === 'string' && data !== '') return `data:${type};base64,${data}`;
	if (!(data instanceof Uint8Array)) return undefined;
	return `data:${type};base64,${Buffer.from(data).toString('base64')}`;
}

function textOf(content: readonly MessageContent[]): string {
	return ofType(content, 'text')
		.map(({ text }) => text)
		.join('');
}

function ofType<T extends MessageContent['type']>(
	content: readonly MessageContent[],
	type: T,
): Array<Content<T>> {
	return content.filter((part): part is Content<T> => part.type === type);
}

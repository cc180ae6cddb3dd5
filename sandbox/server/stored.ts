import type { Answer } from './answer';
import type { Body } from './check';
import type { ChatRequest } from './chatRules';
import type { StoredRecord } from './records';
import type { Store } from './store';

type Completion = Answer & { id: string; created: number; model: string };

/** Keeps an answer as OpenAI does for `store: true`; here without an end. */
export function keep(store: Store, request: ChatRequest, completion: Completion): void {
	const { id } = completion;
	const messages = request.messages.map((message, index) => storedMessage(message, id, index));
	const tools = request.tools.length > 0 ? request.tools : null;
	store.put('stored', {
		id,
		completion: { ...completion, tools } as unknown as StoredRecord['completion'],
		metadata: request.metadata,
		messages,
	});
}

/** https://developers.openai.com/api/reference/resources/chat/subresources/completions */
export function presentStored({ id, completion, metadata }: StoredRecord) {
	return {
		object: 'chat.completion',
		...completion,
		id,
		request_id: `req_${id.slice('chatcmpl-'.length)}`,
		tool_choice: null,
		seed: null,
		top_p: 1,
		temperature: 1,
		presence_penalty: 0,
		frequency_penalty: 0,
		input_user: null,
		metadata,
		response_format: null,
	};
}

function storedMessage(message: Body, completionId: string, index: number): Body {
	const { content = null, name = null, ...more } = message;
	const isText = typeof content === 'string' || content === null;
	return {
		...more,
		id: `${completionId}-${index}`,
		content: isText ? content : null,
		content_parts: isText ? null : content,
		name,
		refusal: null,
	};
}

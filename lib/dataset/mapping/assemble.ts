import { quoted } from '../paths';
import type { ChatMessage, Example, JsonValue } from '../types';
import { Conversation, optionalPath, path, Question } from './conversation';
import type { FieldReader } from './fields';
import type {
	DpoMapping,
	JsonMapping,
	Mapping,
	MessagesMapping,
	PromptCompletionMapping,
	QuestionAnswerMapping,
	RftMapping,
	TurnsMapping,
} from './types';

/**
 * The example of some records. What it returns counts only when the readers have found no fault; several
 * readers are the turns of one conversation, which the first one's instructions and tools hold for.
 */
export type Assemble = (readers: readonly FieldReader[]) => Example | undefined;

export function assembler(mapping: Mapping): Assemble {
	switch (mapping.kind) {
		case 'questionAnswer':
			return questionAnswer(mapping);
		case 'messages':
			return wholeConversation(mapping);
		case 'turns':
			return turns(mapping);
		case 'promptCompletion':
			return promptCompletion(mapping);
		case 'dpo':
			return preferencePair(mapping);
		case 'rft':
			return reinforcement(mapping);
		case 'json':
			return wholeExample(mapping);
	}
}

function questionAnswer(mapping: QuestionAnswerMapping): Assemble {
	const conversation = new Conversation(mapping);
	const question = new Question(path(mapping.questionField), mapping);
	const answerField = path(mapping.answerField);
	const weightField = optionalPath(mapping.weightField);
	return (readers) => {
		const messages: ChatMessage[] = [];
		for (const reader of readers) {
			messages.push({ role: 'user', content: question.content(reader) });
			messages.push(answer(reader.text(answerField), reader.weight(weightField)));
		}
		return conversation.example(readers[0], messages);
	};
}

function wholeConversation(mapping: MessagesMapping): Assemble {
	const conversation = new Conversation(mapping);
	const field = path(mapping.messagesField);
	return (readers) => {
		const messages = readers.flatMap((reader) => {
			const list = reader.requiredJson(field);
			if (list === undefined || Array.isArray(list)) return list ?? [];
			reader.add(
				'messages_not_a_list',
				field,
				`The field ${quoted(field.text)} holds no list of messages.`,
				'Give it a list of objects with role and content, or choose another input.',
			);
			return [];
		});
		return conversation.example(readers[0], messages as unknown as ChatMessage[]);
	};
}

function turns(mapping: TurnsMapping): Assemble {
	const conversation = new Conversation(mapping);
	const roleField = path(mapping.roleField);
	const content = new Question(path(mapping.contentField), mapping);
	const weightField = optionalPath(mapping.weightField);
	return (readers) => {
		const messages = readers.map((reader) => {
			const role = reader.text(roleField).trim();
			const text = content.content(reader);
			const weight = reader.weight(weightField);
			const message = { role, content: text } as ChatMessage;
			return weight === undefined ? message : { ...message, weight };
		});
		return conversation.example(readers[0], messages);
	};
}

function promptCompletion(mapping: PromptCompletionMapping): Assemble {
	const promptField = path(mapping.promptField);
	const completionField = path(mapping.completionField);
	return ([reader]) => ({
		prompt: reader.text(promptField),
		completion: reader.text(completionField),
	});
}

function preferencePair(mapping: DpoMapping): Assemble {
	const conversation = new Conversation(mapping);
	const question = path(mapping.questionField);
	const preferred = path(mapping.preferredField);
	const other = path(mapping.nonPreferredField);
	return ([reader]) => ({
		input: conversation.example(reader, conversation.opening(reader, question)),
		preferred_output: conversation.closing(reader, preferred),
		non_preferred_output: conversation.closing(reader, other),
	});
}

function reinforcement(mapping: RftMapping): Assemble {
	const conversation = new Conversation(mapping, 'developer');
	const question = path(mapping.questionField);
	const references = mapping.referenceFields.map((reference) =>
		typeof reference === 'string'
			? { field: path(reference), name: path(reference).name }
			: { field: path(reference.field), name: reference.name },
	);
	return ([reader]) => {
		const example = conversation.example(reader, conversation.opening(reader, question));
		const known: Array<[string, JsonValue]> = [];
		for (const { field, name } of references) {
			const value = reader.raw(field);
			if (value === undefined) reader.missing(field);
			else if (Object.hasOwn(example, name)) {
				reader.add(
					'reserved_name',
					field,
					`A reference cannot be called ${quoted(name)}; the example has that key already.`,
					'Give the reference another name.',
				);
			} else known.push([name, value]);
		}
		// fromEntries makes own members even of a name such as `__proto__`.
		return { ...example, ...Object.fromEntries(known) };
	};
}

function wholeExample(mapping: JsonMapping): Assemble {
	const field = optionalPath(mapping.exampleField);
	return ([reader]) => {
		const value = field ? reader.requiredJson(field) : reader.whole();
		if (value === undefined) return undefined;
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			return value as unknown as Example;
		}
		if (field) {
			reader.add(
				'example_not_an_object',
				field,
				`The field ${quoted(field.text)} holds no JSON object.`,
				'Give it one example, e.g. {"messages": […]}.',
			);
		}
		return undefined;
	};
}

function answer(content: string, weight: 0 | 1 | undefined): ChatMessage {
	return weight === undefined
		? { role: 'assistant', content }
		: { role: 'assistant', content, weight };
}

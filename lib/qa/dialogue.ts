import type { PairSource, SourceMessage } from './types';

/** One thing that was said in a ticket. */
export interface Statement {
	from: 'requester' | 'agent' | 'system';
	/** False for internal notes. */
	public: boolean;
	text: string;
	createdAt?: string;
	/** What was written down on closing. */
	isResolution?: true;
}

/**
 * Everything that was said in a ticket, in order: the question, the messages, the closing note. What a system keeps
 * twice (the description and the first message, the closing note and the last one) comes once.
 */
export function dialogueOf(source: PairSource, options: { internalNotes: boolean }): Statement[] {
	const said = source.messages
		.filter((message) => message.text.trim() !== '' && (message.public || options.internalNotes))
		.map(toStatement);
	const question = source.question.trim();
	const asksItself = said.some(({ from, text }) => from === 'requester' && text === question);
	const resolution = source.resolutionText?.trim() ?? '';
	const answersItself = said.some(({ from, text }) => from === 'agent' && text === resolution);
	return [
		...(question && !asksItself
			? [{ from: 'requester', public: true, text: question } as const]
			: []),
		...said,
		...(resolution && !answersItself
			? [{ from: 'agent', public: true, text: resolution, isResolution: true } as const]
			: []),
	];
}

/** Whether somebody other than the requester has said something that everybody may read. */
export function hasAnswer(dialogue: readonly Statement[]): boolean {
	return dialogue.some((statement) => statement.from === 'agent' && statement.public);
}

function toStatement({ role, public: isPublic, text, createdAt }: SourceMessage): Statement {
	return {
		from: role,
		public: isPublic,
		text: text.trim(),
		...(createdAt ? { createdAt } : {}),
	};
}

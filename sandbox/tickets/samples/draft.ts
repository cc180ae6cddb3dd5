import type { SampleMessage, SampleTicket } from './types';

/** A ticket without what follows from its messages. */
export interface Draft extends Omit<SampleTicket, 'number' | 'createdAt' | 'language'> {
	/** English unless it says otherwise. */
	language?: string;
}

type Extra = Partial<Pick<SampleMessage, 'html' | 'attachments'>>;

/** A comment that everybody sees. `at` is `2026-01-12 08:04`, in UTC. */
export function said(from: string, at: string, body: string, extra: Extra = {}): SampleMessage {
	return { from, public: true, at: instant(at), body, ...extra };
}

/** An internal note. */
export function note(from: string, at: string, body: string): SampleMessage {
	return { from, public: false, at: instant(at), body };
}

export function paragraphs(...texts: string[]): string {
	return texts.join('\n\n');
}

export function lines(...texts: string[]): string {
	return texts.join('\n');
}

/** Numbers the tickets by the time of their request and fills in what follows from the messages. */
export function numbered(drafts: Draft[]): SampleTicket[] {
	return drafts
		.map((draft) => ({ ...draft, createdAt: draft.messages[0].at }))
		.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
		.map((draft, index) => ({
			language: 'en',
			...draft,
			...(isDone(draft) ? { resolvedAt: draft.resolvedAt ?? lastAnswer(draft) } : {}),
			number: index + 1,
		}));
}

function isDone({ status }: Draft): boolean {
	return status === 'solved' || status === 'closed';
}

function lastAnswer({ messages, requester }: Draft): string {
	const answers = messages.filter(({ from, public: open }) => open && from !== requester);
	return (answers.at(-1) ?? messages[messages.length - 1]).at;
}

function instant(at: string): string {
	return `${at.replace(' ', 'T')}:00Z`;
}

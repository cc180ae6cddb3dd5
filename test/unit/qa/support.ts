import type { PairSource } from '../../../lib/qa/types';
import type { TicketRole } from '../../../lib/tickets/types';

type Said = [role: TicketRole, text: string, isPublic?: boolean];

/** A ticket with nothing in it but what is given. */
export function source({
	messages = [],
	...more
}: Partial<Omit<PairSource, 'messages'>> & { messages?: Said[] } = {}): PairSource {
	return {
		title: '',
		question: '',
		messages: messages.map(([role, text, isPublic = true]) => ({ role, text, public: isPublic })),
		origin: {},
		...more,
	};
}

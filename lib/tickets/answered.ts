import type { Ticket } from './types';

/** Whether an agent said something for everybody to see, or wrote an answer down on closing. */
export function isAnswered({ messages, resolutionText }: Ticket): boolean {
	if (resolutionText?.trim()) return true;
	return messages.some(
		(message) => message.role === 'agent' && message.public && message.text.trim() !== '',
	);
}

import { child } from '../paths';
import { CHAT, WITH_MESSAGES, type MessageList, type Rule } from './types';
import { nameMessage } from './view';

/** The order of the messages, and what a conversation needs to be worth training on. */
export const conversationRules: Rule[] = [
	{
		code: 'missing_assistant_message',
		severity: 'error',
		formats: CHAT,
		check({ lists: [list] }, report) {
			if (isEmpty(list) || has(list, 'assistant')) return;
			report(
				list.path,
				'No message has the role assistant, so there is no answer to learn.',
				'Add the answer as a last message with the role assistant; for reinforcement data choose that format.',
			);
		},
	},
	{
		code: 'last_message_not_assistant',
		severity: 'error',
		formats: CHAT,
		check({ lists: [list] }, report) {
			const last = list.messages[list.messages.length - 1];
			if (!last || !has(list, 'assistant') || last.role === 'assistant') return;
			report(
				child(last.path, 'role'),
				`${nameMessage(last)} is the last one; the last message must be the answer of the assistant.`,
				'Remove what follows the last answer, or add the missing answer.',
			);
		},
	},
	{
		code: 'missing_user_message',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check({ lists: [list] }, report) {
			if (isEmpty(list) || has(list, 'user')) return;
			report(
				list.path,
				'No message has the role user, so the model never sees a question.',
				'Add the question as a message with the role user.',
			);
		},
	},
	{
		code: 'instructions_not_first',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check({ lists: [list] }, report) {
			const begun = list.messages.findIndex(({ role }) => !isInstruction(role));
			for (const view of begun === -1 ? [] : list.messages.slice(begun)) {
				if (!isInstruction(view.role)) continue;
				report(
					child(view.path, 'role'),
					`${nameMessage(view)} comes after the conversation has begun.`,
					'Move the instructions to the first message.',
				);
			}
		},
	},
	{
		code: 'consecutive_roles',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check({ lists }, report) {
			for (const { messages } of lists) {
				messages.forEach((view, index) => {
					const alternates = view.role === 'user' || view.role === 'assistant';
					if (!alternates || messages[index - 1]?.role !== view.role) return;
					report(
						child(view.path, 'role'),
						`${nameMessage(view)} follows a message of the same role; OpenAI accepts that, Together does not.`,
						'Join the two messages.',
					);
				});
			}
		},
	},
];

function isEmpty(list: MessageList): boolean {
	return list.messages.length === 0;
}

function has(list: MessageList, role: string): boolean {
	return list.messages.some((view) => view.role === role);
}

function isInstruction(role: unknown): boolean {
	return role === 'system' || role === 'developer';
}

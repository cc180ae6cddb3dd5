import { type Draft, note, said } from './draft';

/** Tickets that hold nothing to learn from, or not yet. */
export const UNANSWERED: Draft[] = [
	{
		subject: 'Screen flickers when the heating starts',
		requester: 'mira',
		status: 'open',
		category: 'hardware',
		tags: ['monitor'],
		priority: 'low',
		traits: ['unresolved', 'noAnswer'],
		messages: [
			said(
				'mira',
				'2025-12-15 15:44',
				'Every afternoon at about four my left screen flickers for a minute, just when the heating comes on. Could somebody have a look?',
			),
		],
	},
	{
		subject: 'Request for a standing desk',
		requester: 'yuki',
		agent: 'hana',
		status: 'pending',
		category: 'facilities',
		tags: ['desk', 'ergonomics'],
		priority: 'normal',
		traits: ['unresolved'],
		messages: [
			said('yuki', '2025-12-18 10:10', 'I would like a desk that can be raised, my back hurts.'),
			said(
				'hana',
				'2025-12-18 11:25',
				'Could you tell me your room and whether you have a note from the company doctor? With a note the desk is ordered at once, otherwise it waits for the next round in March.',
			),
		],
	},
	{
		// Closed by the system; the only agent text is internal.
		subject: 'Old laptop still at home',
		requester: 'noah',
		status: 'closed',
		resolution: 'wontFix',
		category: 'hardware',
		tags: ['laptop', 'return'],
		priority: 'low',
		traits: ['noAnswer', 'internalNote'],
		messages: [
			said('noah', '2025-12-22 12:00', 'Where do I send the old laptop? It lies around here.'),
			note('tomas', '2025-12-22 13:00', 'Spoke to him in the kitchen, he brings it along.'),
			said('system', '2026-01-12 03:00', 'This ticket was closed after 21 days without an answer.'),
		],
	},
	{
		subject: 'Badge works again',
		requester: 'grace',
		agent: 'hana',
		status: 'closed',
		resolution: 'cannotReproduce',
		category: 'facilities',
		tags: ['badge'],
		priority: 'normal',
		traits: ['emptyAnswer'],
		messages: [
			said(
				'grace',
				'2026-01-07 08:31',
				'My badge did not open the garage this morning, but now it does.',
			),
			said('hana', '2026-01-07 08:50', 'Thank you!'),
		],
	},
];
